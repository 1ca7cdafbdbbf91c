"""News of the end of a report or case that waits for the morning: taken back when it goes on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.domain.delivery import STAFF_KIND, DeliveryState
from store.domain.event import Action
from store.engine import now
from store.tables.delivery import DeliveryRow
from store.tables.event import EventDetailRow, EventRow

_ENDS = (Action.REPORT_SIGNPOSTED.value, Action.REPORT_REJECTED.value, Action.CASE_CLOSED.value)


@dataclass(frozen=True, slots=True)
class Unsaid:
    """An end of which the reporters of these reports never hear: when it was and the details of its event.

    `whole`: nobody heard of it.
    """

    at: datetime
    body: dict[str, Any]
    report_ids: tuple[str, ...]
    whole: bool


def take_back(session: Session, subject: tuple[str, str]) -> Unsaid | None:
    """Cancel what says that this ended to those who did not hear of it yet.

    `subject` is the kind ("report" or "case") and id. None where all reporters were told (in part),
    or there was nobody to tell.
    """
    ended = session.execute(
        select(EventRow.id, EventRow.at, EventDetailRow.body)
        .join(EventDetailRow, EventDetailRow.event_id == EventRow.id)
        .where(
            EventRow.subject_kind == subject[0],
            EventRow.subject_id == subject[1],
            EventRow.action.in_(_ENDS),
        )
        .order_by(EventRow.id.desc())
        .limit(1)
    ).one_or_none()
    news = _news(session, ended.id) if ended is not None else {}
    waiting = {id_: keys for id_, keys in news.items() if set(keys.values()) == {DeliveryState.QUEUED}}
    if ended is None or not waiting:
        return None
    keys = [key for keys in waiting.values() for key in keys]
    session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.key.in_(keys), DeliveryRow.state == DeliveryState.QUEUED.value)
        .values(state=DeliveryState.CANCELLED.value, params=None, finished_at=now(session))
        .execution_options(synchronize_session=False)
    )
    return Unsaid(ended.at, ended.body, tuple(waiting), len(waiting) == len(news))


def _news(session: Session, event_id: int) -> dict[str, dict[str, str]]:
    """Return what tells reporters of an event: by report, the state of each message by its key."""
    rows = session.execute(
        select(DeliveryRow.key, DeliveryRow.state)
        .where(DeliveryRow.key.like(f"{event_id}:%"), ~DeliveryRow.kind.startswith(STAFF_KIND))
        .with_for_update()
    )
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for key, state in rows:
        found[str(key).split(":")[1]][str(key)] = state
    return found
