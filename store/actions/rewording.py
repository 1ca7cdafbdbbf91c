"""Take back what waits to be told of a meeting once it is not true any more, to be told in other words."""

from __future__ import annotations

from typing import cast

from sqlalchemy import ColumnElement, Table, and_, exists, func, select, update
from sqlalchemy.orm import Session

from store.actions import reminder
from store.domain.delivery import DeliveryState
from store.domain.meeting_sharing import SharingState
from store.engine import now
from store.tables.delivery import DeliveryRow
from store.tables.meeting import MeetingRow, SharingRow

TELL, AGAIN = "said:", "again:"
"""How the keys of messages begin: of those that wait or went, and of those that are to be worded anew."""
_TABLE = cast("Table", DeliveryRow.__table__)
_AGAIN = {
    "state": DeliveryState.OVERTAKEN.value,
    "params": None,
    "key": func.replace(_TABLE.c.key, TELL, AGAIN),
}


def follow(session: Session, meeting: MeetingRow) -> None:
    """Let what waits say what is so now; what is on its way goes no second time with the old words.

    So does the last reminder of the next meeting. Nothing happens where nothing of this one was shared.
    """
    meeting_id = meeting.id
    row = for_update(session, meeting_id)
    if row is None:
        return
    session.execute(
        update(_TABLE)
        .where(keys(TELL, meeting_id), _TABLE.c.state == DeliveryState.QUEUED.value)
        .values(finished_at=now(session), **_AGAIN)
    )
    session.execute(update(_TABLE).where(_on_its_way(meeting_id)).values(expires_at=now(session)))
    row.state, row.due_at = SharingState.REWORDING.value, now(session)
    session.flush()
    reminder.follow_last_time(session, meeting)


def take_back_returned(session: Session, meeting_id: str) -> bool:
    """Take back what was on its way and came back unsent; False while any of it may still go."""
    if session.scalar(select(exists().where(_on_its_way(meeting_id)))):
        return False
    waits = _TABLE.c.state.in_([DeliveryState.QUEUED.value, DeliveryState.EXPIRED.value])
    session.execute(
        update(_TABLE)
        .where(keys(TELL, meeting_id), waits, _TABLE.c.expires_at.is_not(None))
        .values(finished_at=now(session), **_AGAIN)
    )
    return True


def for_update(session: Session, meeting_id: str) -> SharingRow | None:
    """Return how far a meeting is shared, locked: nobody is told meanwhile."""
    return session.scalar(
        select(SharingRow)
        .where(SharingRow.meeting_id == meeting_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def keys(start: str, meeting_id: str, first: str = "", last: str = "") -> ColumnElement[bool]:
    """Return what holds for messages about a meeting, to all people or to those from `first` to `last`."""
    about = f"{start}{meeting_id}:"
    return and_(_TABLE.c.key >= f"{about}{first}", _TABLE.c.key < f"{about}{last}\x7f")


def _on_its_way(meeting_id: str) -> ColumnElement[bool]:
    return and_(keys(TELL, meeting_id), _TABLE.c.state == DeliveryState.LEASED.value)
