"""Series of meetings as they are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.domain.meeting import Meeting, unpacked
from store.domain.recurrence import parse
from store.domain.series import Series
from store.queries import meetings
from store.tables.meeting import MeetingRow, SeriesRow


def view(row: SeriesRow) -> Series:
    """Return a row as it is read."""
    first = datetime.fromisoformat(row.first_start)
    return Series(
        id=row.id,
        rule=parse(row.rule, first),
        first_start=first,
        facts=unpacked(row.facts),
        version=row.version,
        published_at=row.published_at,
        ended_at=row.ended_at,
    )


def of(session: Session, meeting: Meeting) -> Series | None:
    """Return the series that a meeting belongs to."""
    row = session.get(SeriesRow, meeting.series_id) if meeting.series_id else None
    return view(row) if row else None


def all_of(session: Session, series_id: str) -> Sequence[Meeting]:
    """Return every meeting of a series that was made, whatever its state, by its slot.

    A date of the rule with no published meeting here is none: it is cancelled, or not yet known.
    """
    wanted = select(MeetingRow).where(MeetingRow.series_id == series_id).order_by(MeetingRow.slot)
    return [meetings.view(row) for row in session.scalars(wanted)]


def going_on(session: Session) -> Sequence[str]:
    """Return the ids of the series that have not ended."""
    return session.scalars(
        select(SeriesRow.id).where(SeriesRow.ended_at.is_(None)).order_by(SeriesRow.id)
    ).all()
