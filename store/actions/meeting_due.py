"""Publish a meeting later: once, at its time, and never after it has begun."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions.meeting import for_update, open_up, record
from store.actions.rows import check_version
from store.domain.actor import SYSTEM
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.meeting import Meeting, MeetingState, checked, unpacked
from store.domain.meeting_change import NOTHING, when
from store.domain.staff import By
from store.engine import now
from store.queries import meetings
from store.tables.meeting import MeetingRow

AT_ONCE = 50
TOO_LATE = "The time to publish it came after its start: it stays a draft"


def publish_later(
    session: Session, by: By, reference: str, at: datetime | None, version: int | None = None
) -> Meeting:
    """Let a draft be published at this instant; None: not by itself. The same time again is harmless.

    Refusals: `meeting.not_found`, `meeting.cannot_move`, `meeting.publish_when` (in the past, or not
    before the start), `record.changed`, those of `checked`.
    """
    row = for_update(session, by, reference)
    if row.publish_at == at:
        return meetings.view(row)
    check_version(session, "meeting", row, version)
    if row.state != MeetingState.DRAFT:
        raise Refusal("meeting.cannot_move", state=row.state)
    if at is not None:
        checked(unpacked(row.facts))
        if not now(session) < at < row.starts_at:
            raise Refusal("meeting.publish_when")
    words = f"{when(row.publish_at) if row.publish_at else NOTHING} → {when(at) if at else NOTHING}"
    row.publish_at, row.updated_at = at, now(session)
    session.flush()
    record(session, by.actor, row, Action.MEETING_PUBLISHING_SET, change=words)
    return meetings.view(row)


def publish_due(session: Session, limit: int = AT_ONCE) -> int:
    """Publish up to `limit` drafts whose time has come; return how many were looked at.

    Rows that another process has in hand are left to it. What has begun already, or lacks its venue
    by now, stays a draft.
    """
    rows = session.scalars(
        select(MeetingRow)
        .where(MeetingRow.state == MeetingState.DRAFT.value, MeetingRow.publish_at <= now(session))
        .order_by(MeetingRow.publish_at, MeetingRow.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        _publish(session, row)
    return len(rows)


def _publish(session: Session, row: MeetingRow) -> None:
    try:
        if row.starts_at > now(session):
            open_up(session, SYSTEM, row)
            return
        words = TOO_LATE
    except Refusal as refusal:
        words = f"It could not be published ({refusal.key}): it stays a draft"
    row.publish_at, row.updated_at = None, now(session)
    record(session, SYSTEM, row, Action.MEETING_PUBLISHING_SET, change=words)
