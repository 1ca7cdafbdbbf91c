"""Tasks of a case: set one, do it, set it again; and the day on which to look at the case again."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import event, search
from store.actions.case_row import told
from store.actions.rows import case_for_update, check_case_version, check_part_version, restriction_of
from store.domain.case_file import checked_task
from store.domain.errors import NotAllowed, NotFound
from store.domain.event import Action
from store.domain.staff import By, may_open
from store.engine import now
from store.queries import staff
from store.tables.case import CaseRow
from store.tables.case_file import TaskRow


def add(session: Session, by: By, reference: str, text: str, assignee_id: str, due_on: date | None) -> str:
    """Set a task and return its id. The same open task for the same person is one.

    Refusals: `case.not_found`, `task.needs_text`, `task.too_long`, `staff.not_found`,
    `assignment.not_open_to_them` (`who`).
    """
    case, said = case_for_update(session, by, reference), checked_task(text)
    person = staff.by_id(session, assignee_id).staff
    if not may_open(person, restriction_of(case)):
        raise NotAllowed("assignment.not_open_to_them", who=person.name)
    same = (TaskRow.case_id == case.id, TaskRow.text == said, TaskRow.assignee_id == assignee_id)
    row = session.scalars(select(TaskRow).where(*same, TaskRow.done_at.is_(None))).first()
    if row is None:
        row = TaskRow(
            case_id=case.id,
            text=said,
            assignee_id=assignee_id,
            due_on=due_on,
            created_by=by.staff.id,
            created_at=now(session),
        )
        session.add(row)
        session.flush()
        search.add_to_case(session, case.id, said)
        _record(session, by, case, Action.TASK_SET, row)
    return row.id


def finish(session: Session, by: By, reference: str, task_id: str, version: int | None = None) -> None:
    """Say that a task is done; `version` is the task's. Again is harmless.

    Refusals: `case.not_found`, `task.not_found`, `case.changed`.
    """
    case = case_for_update(session, by, reference)
    row = _of(session, case, task_id)
    if row.done_at is None:
        check_part_version(session, case, row, version)
        row.done_at, row.done_by = now(session), by.staff.id
        _record(session, by, case, Action.TASK_DONE, row)


def reopen(session: Session, by: By, reference: str, task_id: str, version: int | None = None) -> None:
    """Say that a task is not done after all; `version` is the task's. Refusals as for `finish`."""
    case = case_for_update(session, by, reference)
    row = _of(session, case, task_id)
    if row.done_at is not None:
        check_part_version(session, case, row, version)
        row.done_at = row.done_by = None
        _record(session, by, case, Action.TASK_REOPENED, row)


def set_review(
    session: Session, by: By, reference: str, day: date | None, version: int | None = None
) -> None:
    """Set the London day on which to look at a case again; None: no day. The same day again is harmless.

    Refusals: `case.not_found`, `case.changed`.
    """
    case = case_for_update(session, by, reference)
    if case.review_on == day:
        return
    check_case_version(session, case, version)
    before, case.review_on = case.review_on, day
    days = {"review_before": before and before.isoformat(), "review_on": day and day.isoformat()}
    event.record(session, by.actor, Action.CASE_REVIEW_SET, ("case", case.id), told(session, case) | days)


def _of(session: Session, case: CaseRow, task_id: str) -> TaskRow:
    row = session.get(TaskRow, task_id, with_for_update=True, populate_existing=True)
    if row is None or row.case_id != case.id:
        raise NotFound("task.not_found")
    return row


def _record(session: Session, by: By, case: CaseRow, action: Action, row: TaskRow) -> None:
    details = {"task_id": row.id, "text": row.text, "assignee_id": row.assignee_id}
    event.record(session, by.actor, action, ("case", case.id), told(session, case) | details)
