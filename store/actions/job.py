"""Keep what is known of each thing of the timetable: that it is wanted, in hand, or has run."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from store.actions import event
from store.domain.actor import SYSTEM
from store.domain.errors import NotAllowed
from store.domain.event import Action
from store.domain.job import BUSY_FOR, DID_CHARACTERS, Run
from store.domain.staff import By, may_manage_people
from store.engine import now
from store.tables.job import JobRow

SUBJECT = "job"


def learn(session: Session, codes: Iterable[str]) -> None:
    """Know these jobs from now on: what they missed before is not made up for."""
    for code in codes:
        _row(session, code)


def ask(session: Session, by: By, code: str) -> None:
    """Ask for a job to run now, wherever the scheduler is; asked for already, it is not asked again.

    `NotAllowed("staff.not_allowed")` for anybody but an administrator.
    """
    if not may_manage_people(by.staff):
        raise NotAllowed("staff.not_allowed")
    row = _row(session, code)
    if row.asked_at is not None:
        return
    row.asked_at, row.asked_by = now(session), by.staff.id
    event.record(session, by.actor, Action.JOB_ASKED, (SUBJECT, code))


def take(session: Session, code: str, seen: datetime | None) -> bool:
    """Take a job in hand; False where somebody else has it, or it ran since.

    `seen` is when its last run began, as it was known to whoever found it due.
    """
    row = _row(session, code)
    if row.ran_at != seen or (row.busy_until is not None and row.busy_until > now(session)):
        return False
    row.busy_until = now(session) + BUSY_FOR
    return True


def finish(session: Session, code: str, run: Run) -> None:
    """Write down a run; it is in nobody's hand any more. The first failure and the end of them are events."""
    row = _row(session, code)
    row.ran_at, row.took_ms, row.error, row.busy_until = run.began_at, run.took_ms, run.error, None
    if run.did:
        row.did, row.did_at = run.did[:DID_CHARACTERS], run.began_at
    if row.asked_at is not None and row.asked_at <= run.began_at:
        row.asked_at = row.asked_by = None
    if run.error and row.failing_since is None:
        row.failing_since = run.began_at
        event.record(session, SYSTEM, Action.JOB_FAILED, (SUBJECT, code), {"error": run.error})
    elif not run.error and row.failing_since is not None:
        row.failing_since = None
        event.record(session, SYSTEM, Action.JOB_MENDED, (SUBJECT, code))


def _row(session: Session, code: str) -> JobRow:
    """Return the job's row, locked; a new one where it was not known."""
    row = session.get(JobRow, code, with_for_update=True, populate_existing=True)
    if row is None:
        row = JobRow(code=code, known_at=now(session))
        session.add(row)
        session.flush()
    return row
