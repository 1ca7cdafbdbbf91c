"""What waits, or came too late, as whoever it is for had as many campaigns as anybody gets in a week."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.domain.delivery import DeliveryState
from store.domain.frequency_cap import Capped
from store.tables.delivery import IS_CAPPED, DeliveryRow


def capped(session: Session, prefix: str) -> Capped:
    """Return how many messages whose keys begin so wait for that reason, or came too late."""
    counted = (
        select(DeliveryRow.state, func.count())
        .where(IS_CAPPED, DeliveryRow.key >= prefix, DeliveryRow.key < f"{prefix}\x7f")
        .group_by(DeliveryRow.state)
    )
    counts: dict[str, int] = dict(session.execute(counted).all())
    waiting = sum(counts.get(state.value, 0) for state in (DeliveryState.QUEUED, DeliveryState.HELD))
    return Capped(waiting, counts.get(DeliveryState.EXPIRED.value, 0))
