"""How many came to meetings, against how many had said so: numbers, never who."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.domain.attendance import AttendanceState
from store.domain.meeting import MeetingState
from store.domain.staff import Staff
from store.domain.turnout import Held, Turnout
from store.engine import now
from store.queries import meetings
from store.queries.meeting_desk import within
from store.queries.visible import check_worker
from store.tables.attendance import AttendanceRow
from store.tables.meeting import MeetingRow
from store.tables.turnout import TurnoutRow

_SAID = (
    select(func.coalesce(func.sum(AttendanceRow.people), 0))
    .where(AttendanceRow.meeting_id == MeetingRow.id, AttendanceRow.state == AttendanceState.COMING.value)
    .scalar_subquery()
)


def of(session: Session, staff: Staff, meeting_id: str) -> Turnout | None:
    """Return what was written down of a meeting. Refusal: `staff.not_allowed`."""
    check_worker(staff)
    row = session.get(TurnoutRow, meeting_id)
    return view(row) if row else None


def held(session: Session, staff: Staff, days: tuple[date, date]) -> Sequence[Held]:
    """Return the meetings that were held from one London day up to another, the last first."""
    check_worker(staff)
    rows = session.execute(
        select(MeetingRow, _SAID, TurnoutRow)
        .outerjoin(TurnoutRow, TurnoutRow.meeting_id == MeetingRow.id)
        .where(
            *within(days),
            MeetingRow.state == MeetingState.PUBLISHED.value,
            MeetingRow.ends_at <= now(session),
        )
        .order_by(MeetingRow.starts_at.desc(), MeetingRow.id)
    )
    return [Held(meetings.view(row), said, view(told) if told else None) for row, said, told in rows]


def view(row: TurnoutRow) -> Turnout:
    """Return a row as it is read."""
    return Turnout(row.in_person, row.online, row.partners)
