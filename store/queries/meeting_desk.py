"""Meetings for staff: lists, a month, one whole, and a year against the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from store.domain.meeting import Meeting, MeetingPriority, MeetingState
from store.domain.meeting_desk import (
    WHOLE_DISTRICT,
    MeetingPage,
    Wanted,
    When,
    YearLine,
    year_bounds,
    year_lines,
)
from store.domain.recurrence import instant_of
from store.domain.series import is_exception
from store.domain.staff import Staff
from store.engine import now
from store.queries import meetings, series, timeline
from store.queries.visible import check_worker
from store.tables.meeting import MeetingRow, PriorityRow


def listing(session: Session, staff: Staff, wanted: Wanted, limit: int) -> Sequence[Meeting]:
    """Return the meetings of a filter, the next first; of past ones the last first.

    Drafts that were dropped are in no list unless cancelled ones are asked for.
    """
    check_worker(staff)
    rows = _narrowed(wanted)
    if wanted.when is When.COMING:
        rows = rows.where(MeetingRow.ends_at > now(session))
    elif wanted.when is When.PAST:
        rows = rows.where(MeetingRow.ends_at <= now(session))
    start = MeetingRow.starts_at.desc() if wanted.when is When.PAST else MeetingRow.starts_at
    return [meetings.view(row) for row in session.scalars(rows.order_by(start, MeetingRow.id).limit(limit))]


def between(session: Session, staff: Staff, wanted: Wanted, days: tuple[date, date]) -> Sequence[Meeting]:
    """Return the meetings of a filter from one London day up to another, whatever its `when`."""
    check_worker(staff)
    rows = _narrowed(wanted).where(*within(days)).order_by(MeetingRow.starts_at, MeetingRow.id)
    return [meetings.view(row) for row in session.scalars(rows)]


def year(session: Session, staff: Staff, areas: list[str], starts: int, planned: int) -> Sequence[YearLine]:
    """Return the plan year that begins in `starts`, a line for each area, of which `planned` are asked."""
    check_worker(staff)
    rows = session.scalars(select(MeetingRow).where(*within(year_bounds(starts))))
    at = now(session)
    return year_lines(areas, [(one, one.ends_at <= at) for one in map(meetings.view, rows)], planned)


def page(session: Session, staff: Staff, reference: str) -> MeetingPage:
    """Return one meeting with all that belongs to it. Refusals: `staff.not_allowed`, `meeting.not_found`."""
    check_worker(staff)
    row = meetings.known(session, reference)
    meeting = meetings.view(row)
    story = timeline.story(session, ("meeting", row.id))
    alone = MeetingPage(meeting, story, priorities(session, row.id))
    its = series.of(session, meeting)
    if its is None:
        return alone
    of_series = timeline.story(session, ("series", its.id))
    return replace(
        alone,
        story=tuple(sorted((*story, *of_series), key=lambda line: line.id)),
        series=its,
        exception=is_exception(meeting, its),
        rest=_rest(session, row),
    )


def priorities(session: Session, meeting_id: str) -> tuple[MeetingPriority, ...]:
    """Return what a meeting chose, in its order."""
    rows = session.scalars(
        select(PriorityRow).where(PriorityRow.meeting_id == meeting_id).order_by(PriorityRow.place)
    )
    return tuple(MeetingPriority(row.text, row.owner, row.result) for row in rows)


def _rest(session: Session, row: MeetingRow) -> tuple[Meeting, ...]:
    alive = MeetingRow.state != MeetingState.CANCELLED.value
    its = select(MeetingRow).where(MeetingRow.series_id == row.series_id, MeetingRow.slot >= row.slot, alive)
    return tuple(map(meetings.view, session.scalars(its.order_by(MeetingRow.slot))))


def _narrowed(wanted: Wanted) -> Select[MeetingRow]:
    rows = select(MeetingRow)
    if wanted.area == WHOLE_DISTRICT:
        rows = rows.where(MeetingRow.area.is_(None))
    elif wanted.area is not None:
        rows = rows.where(MeetingRow.area == wanted.area)
    if wanted.state is not None:
        return rows.where(MeetingRow.state == wanted.state.value)
    dropped = (MeetingRow.state == MeetingState.CANCELLED.value) & MeetingRow.published_at.is_(None)
    return rows.where(~dropped)


def within(days: tuple[date, date]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return what meetings fulfil that start from one London day up to another."""
    first, end = (instant_of(datetime.combine(day, time())) for day in days)
    return MeetingRow.starts_at >= first, MeetingRow.starts_at < end
