"""How what the program does by itself stands."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.domain.job import Job, Run
from store.tables.job import JobRow
from store.tables.staff import StaffRow


def standing(session: Session) -> dict[str, Job]:
    """Return every job that is known, by its code."""
    rows = session.execute(select(JobRow, StaffRow.name).outerjoin(StaffRow, StaffRow.id == JobRow.asked_by))
    return {row.code: _job(row, asker) for row, asker in rows}


def _job(row: JobRow, asker: str | None) -> Job:
    last = (
        Run(row.ran_at, row.took_ms or 0, row.did if row.did_at == row.ran_at else "", row.error)
        if row.ran_at
        else None
    )
    return Job(
        row.code,
        row.known_at,
        last,
        row.did,
        row.did_at,
        row.failing_since,
        row.asked_at,
        asker,
        row.busy_until,
    )
