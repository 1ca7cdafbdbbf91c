"""Case files in the store's tests: filled through rows where no action is about it, and read whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from store.actions import message, triage
from store.actions.case_link import linked_to
from store.actions.search import index_case
from store.domain.staff import By
from store.engine import now
from store.tables.case import CaseRow
from store.tables.case_file import CasePersonRow, CaseTagRow, TaskRow
from store.tables.message import MessageRow
from store.tables.report import ReportRow
from store.tables.search import CasePageRow
from tests.support.triage_factory import Town


@dataclass(slots=True)
class CaseFile:
    """What belongs to a case: references, names and words."""

    state: str
    merged: bool
    reports: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    searched: frozenset[str] = frozenset()


async def a_case(town: Town, by: By, **answers: Any) -> str:
    return (await town.write(triage.open_case, by, await town.report(**answers))).reference


async def another_report(town: Town, by: By, case_reference: str, **answers: Any) -> str:
    reference = await town.report(**answers)
    await town.write(triage.add_to_case, by, reference, case_reference)
    return reference


async def filled(town: Town, by: By, name: str, **answers: Any) -> str:
    """Return a case with one of everything, called `name`, with the tags `both` and `name`."""
    reference = await a_case(town, by, **answers)
    await town.write(message.note, by, reference, name)
    await town.write(_fill, by, reference, name)
    return reference


def file_of(session: Session, reference: str) -> CaseFile:
    case = session.scalars(select(CaseRow).where(CaseRow.reference == reference)).one()

    def found(column: Any, table: Any) -> list[str]:
        return sorted(session.scalars(select(column).where(table.case_id == case.id)))

    return CaseFile(
        state=case.state,
        merged=case.merged_into_id is not None,
        reports=found(ReportRow.reference, ReportRow),
        people=found(CasePersonRow.name, CasePersonRow),
        tasks=found(TaskRow.text, TaskRow),
        tags=found(CaseTagRow.tag, CaseTagRow),
        notes=found(MessageRow.text, MessageRow),
        links=sorted(linked_to(session, case.id)),
        searched=frozenset(session.scalars(_SEARCHED, {"case_id": case.id}).one().split()),
    )


def case_row(session: Session, reference: str) -> dict[str, Any]:
    table = CaseRow.__table__
    found = session.execute(select(table).where(table.c.reference == reference)).mappings()
    return dict(found.one())


def _fill(session: Session, by: By, reference: str, name: str) -> None:
    case_id = session.scalars(select(CaseRow.id).where(CaseRow.reference == reference)).one()
    made: dict[str, Any] = {"created_by": by.staff.id, "created_at": now(session)}
    session.add_all(
        [
            CasePersonRow(case_id=case_id, role="witness", name=name, **made),
            TaskRow(case_id=case_id, text=name, assignee_id=by.staff.id, **made),
            CaseTagRow(case_id=case_id, tag="both"),
            CaseTagRow(case_id=case_id, tag=name),
        ]
    )
    index_case(session, case_id)


_SEARCHED = select(CasePageRow.text).where(CasePageRow.record_id == bindparam("case_id"))
