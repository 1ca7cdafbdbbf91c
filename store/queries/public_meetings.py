"""Meetings as everybody finds them: what comes up, page by page, and what calendars are told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from store.domain.errors import NotFound
from store.domain.meeting import Meeting
from store.engine import now
from store.queries.meetings import PUBLIC, view
from store.tables.meeting import MeetingRow, SeriesRow

MOST = 500
"""More meetings than so many are never looked through at once."""
CALENDAR_GOES_BACK = timedelta(days=366)
_IN_ORDER = (MeetingRow.starts_at, MeetingRow.id)


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting as a calendar is told of it: with its last change and the rule of its series.

    `rule` (RFC 5545, without DTSTART) is None for a single meeting.
    """

    meeting: Meeting
    changed_at: datetime
    rule: str | None = None


def coming(
    session: Session, areas: Collection[str] = (), offset: int = 0, limit: int = MOST
) -> Sequence[Meeting]:
    """Return what everybody may know of that is not over, the next first; cancelled ones too.

    With areas: those in them, and those for the whole district.
    """
    wanted = select(MeetingRow).where(*PUBLIC, MeetingRow.ends_at > now(session))
    if areas:
        wanted = wanted.where(MeetingRow.area.in_(areas) | MeetingRow.area.is_(None))
    rows = session.scalars(wanted.order_by(*_IN_ORDER).offset(offset).limit(limit))
    return [view(row) for row in rows]


def calendar(session: Session, area: str | None = None) -> Sequence[Entry]:
    """Return what a calendar holds: what comes up, and what was in the last year; cancelled ones too.

    With an area: those in it, and those for the whole district.
    """
    since = now(session) - CALENDAR_GOES_BACK
    wanted = _with_rules().where(MeetingRow.ends_at > since)
    if area is not None:
        wanted = wanted.where((MeetingRow.area == area) | MeetingRow.area.is_(None))
    found = session.execute(wanted.order_by(*_IN_ORDER))
    return [Entry(view(row), row.updated_at, rule) for row, rule in found]


def entry(session: Session, reference: str) -> Entry:
    """Return one meeting as a calendar is told of it. Refusal: `meeting.not_found`."""
    found = session.execute(_with_rules().where(MeetingRow.reference == reference)).one_or_none()
    if found is None:
        raise NotFound("meeting.not_found", reference=reference)
    row, rule = found
    return Entry(view(row), row.updated_at, rule)


def _with_rules() -> Select[MeetingRow, str]:
    rules = select(MeetingRow, SeriesRow.rule).outerjoin(SeriesRow, SeriesRow.id == MeetingRow.series_id)
    return rules.where(*PUBLIC)
