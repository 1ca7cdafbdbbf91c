"""News of the end of a report that waits for the morning: taken back when the report goes on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.domain.delivery import DeliveryState
from store.domain.event import Action
from store.engine import now
from store.tables.delivery import DeliveryRow
from store.tables.event import EventDetailRow, EventRow

_ENDS = (Action.REPORT_SIGNPOSTED.value, Action.REPORT_REJECTED.value)


def take_back(session: Session, report_id: str) -> tuple[datetime, dict[str, Any]] | None:
    """Cancel what says that this report ended; return when it ended and the details of that event.

    None where its reporter was told (in part), or there was nobody to tell.
    """
    ended = session.execute(
        select(EventRow.id, EventRow.at, EventDetailRow.body)
        .join(EventDetailRow, EventDetailRow.event_id == EventRow.id)
        .where(
            EventRow.subject_kind == "report", EventRow.subject_id == report_id, EventRow.action.in_(_ENDS)
        )
        .order_by(EventRow.id.desc())
        .limit(1)
    ).one_or_none()
    if ended is None:
        return None
    news = DeliveryRow.key.like(f"{ended.id}:{report_id}:%")
    states = set(session.scalars(select(DeliveryRow.state).where(news).with_for_update()))
    if states != {DeliveryState.QUEUED.value}:
        return None
    session.execute(
        update(DeliveryRow)
        .where(news, DeliveryRow.state == DeliveryState.QUEUED.value)
        .values(state=DeliveryState.CANCELLED.value, params=None, finished_at=now(session))
        .execution_options(synchronize_session=False)
    )
    return ended.at, ended.body
