"""Make meetings, say when and where they are, publish them, call them off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import event
from store.domain import reference_number
from store.domain.errors import NotFound, Refusal
from store.domain.event import Action
from store.domain.meeting import Meeting, MeetingFacts, MeetingState, checked, may, packed
from store.domain.message import checked_text
from store.domain.staff import By
from store.engine import now
from store.queries import meetings
from store.queries.visible import check_worker
from store.tables.meeting import MeetingRow


def make(session: Session, by: By, starts_at: datetime, facts: MeetingFacts) -> Meeting:
    """Make a single meeting, as a draft. Refusals: `staff.not_allowed`, those of `checked`."""
    check_worker(by.staff)
    row = new_row(session, by, starts_at, checked(facts))
    session.add(row)
    session.flush()
    record(session, by, row, Action.MEETING_MADE)
    return meetings.view(row)


def publish(session: Session, by: By, reference: str, version: int | None = None) -> Meeting:
    """Let everybody know of a draft. Publishing again is harmless.

    Refusals: `meeting.not_found`, `meeting.cannot_move`, `meeting.over`, `meeting.changed`.
    """
    row = for_update(session, by, reference)
    if row.state == MeetingState.PUBLISHED:
        return meetings.view(row)
    check_version(row, version)
    _check_may(row, MeetingState.PUBLISHED)
    if row.ends_at <= now(session):
        raise Refusal("meeting.over")
    row.state, row.published_at, row.publish_at = MeetingState.PUBLISHED.value, now(session), None
    return _changed(session, by, row, Action.MEETING_PUBLISHED)


def cancel(session: Session, by: By, reference: str, reason: str, version: int | None = None) -> Meeting:
    """Call a meeting off; `reason` is told to everybody. Cancelling again is harmless.

    Refusals: `meeting.not_found`, `meeting.needs_reason`, `meeting.cannot_move`, `meeting.over`,
    `message.too_long`, `meeting.changed`.
    """
    row = for_update(session, by, reference)
    if row.state == MeetingState.CANCELLED:
        return meetings.view(row)
    check_version(row, version)
    _check_may(row, MeetingState.CANCELLED)
    if row.starts_at <= now(session):
        raise Refusal("meeting.over")
    if not reason.strip():
        raise Refusal("meeting.needs_reason")
    row.state, row.cancelled_at = MeetingState.CANCELLED.value, now(session)
    row.cancel_reason, row.publish_at = checked_text(reason), None
    row.sequence += 1
    return _changed(session, by, row, Action.MEETING_CANCELLED, reason=row.cancel_reason)


def new_row(session: Session, by: By, starts_at: datetime, facts: MeetingFacts) -> MeetingRow:
    """Return the row of a new draft."""
    row = MeetingRow(
        reference=reference_number.new(),
        state=MeetingState.DRAFT.value,
        sequence=0,
        created_by=by.staff.id,
        created_at=now(session),
    )
    put(session, row, starts_at, facts)
    return row


def put(session: Session, row: MeetingRow, starts_at: datetime, facts: MeetingFacts) -> None:
    """Let the row say when it is and what of it."""
    row.starts_at, row.ends_at = starts_at, starts_at + facts.lasts
    row.title, row.area, row.facts = facts.title.strip(), facts.area, packed(facts)
    row.lat, row.lon, row.updated_at = facts.venue.lat, facts.venue.lon, now(session)


def for_update(session: Session, by: By, reference: str) -> MeetingRow:
    """Return the row, locked. Refusals: `staff.not_allowed`, `meeting.not_found`."""
    check_worker(by.staff)
    row = session.scalar(
        select(MeetingRow)
        .where(MeetingRow.reference == reference)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound("meeting.not_found", reference=reference)
    return row


def check_version(row: MeetingRow, version: int | None) -> None:
    """Refuse (`meeting.changed`) when this is not the version that was seen."""
    if version is not None and version != row.version:
        raise Refusal("meeting.changed", reference=row.reference, version=row.version)


def record(session: Session, by: By, row: MeetingRow, action: Action, **more: str | None) -> None:
    """Write down what was done to it."""
    told = {"reference": row.reference, "starts_at": row.starts_at.isoformat(), "area": row.area}
    event.record(session, by.actor, action, ("meeting", row.id), told | more)


def _changed(session: Session, by: By, row: MeetingRow, action: Action, **more: str | None) -> Meeting:
    row.updated_at = now(session)
    session.flush()
    record(session, by, row, action, **more)
    return meetings.view(row)


def _check_may(row: MeetingRow, to: MeetingState) -> None:
    if not may(MeetingState(row.state), to):
        raise Refusal("meeting.cannot_move", state=row.state)
