"""Meetings as they are read: what everybody may know of them, and what staff see besides."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.domain.errors import NotFound
from store.domain.meeting import Meeting, MeetingState, unpacked
from store.tables.meeting import MeetingRow

KNOWN = (MeetingState.PUBLISHED.value, MeetingState.CANCELLED.value)
"""States of meetings that everybody may know of; one that was cancelled as a draft was never published."""
PUBLIC = (MeetingRow.state.in_(KNOWN), MeetingRow.published_at.is_not(None))


def view(row: MeetingRow) -> Meeting:
    """Return a row as it is read."""
    return Meeting(
        id=row.id,
        reference=row.reference,
        state=MeetingState(row.state),
        starts_at=row.starts_at,
        facts=unpacked(row.facts),
        version=row.version,
        sequence=row.sequence,
        series_id=row.series_id,
        slot=row.slot,
        publish_at=row.publish_at,
        published_at=row.published_at,
        cancel_reason=row.cancel_reason,
    )


def public(session: Session, reference: str) -> Meeting:
    """Return a meeting that everybody may know of. Refusal: `meeting.not_found`."""
    row = session.scalar(select(MeetingRow).where(MeetingRow.reference == reference, *PUBLIC))
    if row is None:
        raise NotFound("meeting.not_found", reference=reference)
    return view(row)


def known(session: Session, reference: str) -> MeetingRow:
    """Return the row of a meeting, whatever its state. Refusal: `meeting.not_found`."""
    row = session.scalar(select(MeetingRow).where(MeetingRow.reference == reference))
    if row is None:
        raise NotFound("meeting.not_found", reference=reference)
    return row
