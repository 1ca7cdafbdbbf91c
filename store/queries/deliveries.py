"""What is still to be sent, and what did not get through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.domain.delivery import MAY_HAVE_GOT, DeliveryState, Lane
from store.tables.delivery import IS_QUEUED, DeliveryRow

_TROUBLE = (DeliveryState.UNCERTAIN.value, DeliveryState.FAILED.value)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A message that failed, or may or may not have arrived; never its content or its reader."""

    id: int
    lane: Lane
    kind: str
    state: DeliveryState
    tries: int
    error: str
    created_at: datetime


def trouble(session: Session, limit: int = 50) -> list[Trouble]:
    """Return the failed and uncertain deliveries, newest first."""
    rows = session.execute(
        select(
            DeliveryRow.id,
            DeliveryRow.lane,
            DeliveryRow.kind,
            DeliveryRow.state,
            DeliveryRow.tries,
            DeliveryRow.error,
            DeliveryRow.created_at,
        )
        .where(DeliveryRow.state.in_(_TROUBLE))
        .order_by(DeliveryRow.id.desc())
        .limit(limit)
    )
    return [
        Trouble(r.id, Lane(r.lane), r.kind, DeliveryState(r.state), r.tries, r.error or "", r.created_at)
        for r in rows
    ]


def count_queued(session: Session) -> int:
    """Return how many deliveries wait to be sent."""
    return session.scalar(select(func.count(DeliveryRow.id)).where(IS_QUEUED)) or 0


def said_any(session: Session, keys: Sequence[str]) -> bool:
    """Tell whether something with one of these keys was queued; its row is kept for a while after."""
    return session.scalar(select(DeliveryRow.id).where(DeliveryRow.key.in_(keys)).limit(1)) is not None


def reached(session: Session, first: str) -> tuple[bool, bool]:
    """Tell whether messages whose keys begin so reached somebody, or may have, and whether others wait."""
    its = (DeliveryRow.key >= first, DeliveryRow.key < f"{first}\x7f")
    states = set(session.scalars(select(DeliveryRow.state).where(*its).distinct()))
    return not states.isdisjoint(MAY_HAVE_GOT), DeliveryState.QUEUED.value in states
