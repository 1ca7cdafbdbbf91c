"""How many people come to a meeting, and what they need there: for staff, without names."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.domain.attendance import AttendanceState, Crowd
from store.domain.staff import Staff
from store.queries.visible import check_worker
from store.tables.attendance import AttendanceRow


def crowd(session: Session, staff: Staff, meeting_id: str) -> Crowd:
    """Return who comes and waits, as numbers. Refusal: `staff.not_allowed`."""
    check_worker(staff)
    rows = session.execute(
        select(AttendanceRow.state, AttendanceRow.people, AttendanceRow.needs, AttendanceRow.here_at)
        .where(AttendanceRow.meeting_id == meeting_id)
        .order_by(AttendanceRow.asked_at, AttendanceRow.resident_id)
    ).all()
    coming = [row for row in rows if row.state == AttendanceState.COMING]
    waiting = sum(row.people for row in rows if row.state == AttendanceState.WAITING)
    needs = tuple(row.needs for row in coming if row.needs)
    here = sum(row.here_at is not None for row in rows)
    return Crowd(sum(row.people for row in coming), waiting, needs, here)
