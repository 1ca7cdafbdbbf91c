"""What a case holds besides its reports, and one's own tasks. The caller may open the case."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, or_, select
from sqlalchemy import case as when
from sqlalchemy.orm import Session

from store.domain.case import CaseState
from store.domain.case_file import (
    CaseFile,
    LinkedCase,
    PersonFacts,
    PersonRole,
    PersonView,
    TaskLine,
    TaskView,
)
from store.domain.place import Location
from store.domain.reference import Restriction
from store.domain.staff import Role, Staff, may_open
from store.queries.visible import Reach, check_worker, open_to, reach_of, within
from store.tables.case import CaseRow
from store.tables.case_file import CaseLinkRow, CasePersonRow, CaseTagRow, TaskRow
from store.tables.staff import StaffGrantRow, StaffRow

_ROLES = {role.value: place for place, role in enumerate(PersonRole)}
MOST_TASKS = 50
_MERGED = CaseRow.merged_into_id.is_not(None).label("merged")
_OF: BindParameter[str] = bindparam("case_id")
_PEOPLE = (
    select(CasePersonRow)
    .where(CasePersonRow.case_id == _OF, CasePersonRow.ended_at.is_(None))
    .order_by(when(_ROLES, value=CasePersonRow.role), CasePersonRow.created_at, CasePersonRow.id)
)
_GRANTED = (
    select(StaffGrantRow.staff_id)
    .where(StaffGrantRow.staff_id == StaffRow.id, StaffGrantRow.restriction == CaseRow.restriction)
    .exists()
)
_TASKS = (
    select(TaskRow, StaffRow.name, StaffRow.role, StaffRow.disabled_at, CaseRow.restriction, _GRANTED)
    .join(StaffRow, StaffRow.id == TaskRow.assignee_id)
    .join(CaseRow, CaseRow.id == TaskRow.case_id)
    .where(TaskRow.case_id == _OF)
    .order_by(
        TaskRow.done_at.is_not(None), TaskRow.due_on.is_(None), TaskRow.due_on, TaskRow.created_at, TaskRow.id
    )
)
_TAGS = select(CaseTagRow.tag).where(CaseTagRow.case_id == _OF).order_by(CaseTagRow.tag)


def case_file(session: Session, staff: Staff, case: CaseRow) -> CaseFile:
    """Return the file of a case that `staff` may open; related cases only where they may open those too."""
    return CaseFile(
        people=_people(session, case.id),
        tasks=_tasks(session, case.id),
        review_on=case.review_on,
        legal_hold=case.legal_hold,
        place=Location(case.place_words or "", case.lat, case.lon, case.ward, case.area),
        tags=tuple(session.scalars(_TAGS, {"case_id": case.id})),
        links=_links(session, staff, case.id),
    )


def warned_of(session: Session, case_id: str) -> tuple[PersonFacts, ...]:
    """Return the people of a case with a contact warning; the caller may open the case."""
    return tuple(one.facts for one in _people(session, case_id) if one.facts.warning)


def my_tasks(session: Session, staff: Staff) -> list[TaskLine]:
    """Return this person's open tasks of cases they may open, by day, those without a day last."""
    check_worker(staff)
    rows = session.execute(
        select(TaskRow.id, TaskRow.text, CaseRow.reference, CaseRow.category, TaskRow.due_on)
        .join(CaseRow, CaseRow.id == TaskRow.case_id)
        .where(
            TaskRow.assignee_id == staff.id, TaskRow.done_at.is_(None), open_to(staff, CaseRow.restriction)
        )
        .order_by(TaskRow.due_on.is_(None), TaskRow.due_on, TaskRow.created_at, TaskRow.id)
        .limit(MOST_TASKS)
    )
    return [TaskLine(*row) for row in rows]


def _people(session: Session, case_id: str) -> tuple[PersonView, ...]:
    rows = session.scalars(_PEOPLE, {"case_id": case_id})
    return tuple(
        PersonView(
            row.id,
            facts_of(row),
            row.version,
        )
        for row in rows
    )


def facts_of(row: CasePersonRow) -> PersonFacts:
    """Return what is written down of a person."""
    return PersonFacts(PersonRole(row.role), row.name, row.contact, row.note, row.warning, row.under_18)


def _tasks(session: Session, case_id: str) -> tuple[TaskView, ...]:
    tasks: list[TaskView] = []
    for row, name, role, disabled_at, restriction, granted in session.execute(_TASKS, {"case_id": case_id}):
        kind = Restriction(restriction) if restriction else None
        grants = frozenset({kind}) if kind and granted else frozenset[Restriction]()
        theirs = Staff(row.assignee_id, name, Role(role), grants=grants, disabled=disabled_at is not None)
        stranded = row.done_at is None and not may_open(theirs, kind)
        view = TaskView(
            row.id, row.text, row.assignee_id, name, row.due_on, row.done_at, row.version, stranded
        )
        tasks.append(view)
    return tuple(tasks)


def _links(session: Session, staff: Staff, case_id: str) -> tuple[LinkedCase, ...]:
    rows = session.execute(_linked(reach_of(staff)), {"case_id": case_id})
    return tuple(
        LinkedCase(row.reference, row.category, CaseState(row.state), row.ward, row.merged) for row in rows
    )


@cache
def _linked(reach: Reach) -> Select[*tuple[Any, ...]]:
    return (
        select(CaseRow.reference, CaseRow.category, CaseRow.state, CaseRow.ward, _MERGED)
        .join(
            CaseLinkRow,
            or_(
                (CaseLinkRow.case_id == _OF) & (CaseLinkRow.other_id == CaseRow.id),
                (CaseLinkRow.other_id == _OF) & (CaseLinkRow.case_id == CaseRow.id),
            ),
        )
        .where(within(reach, CaseRow.restriction))
        .order_by(CaseRow.opened_at, CaseRow.id)
    )
