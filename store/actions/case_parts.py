"""What goes along when reports change their case: people, tasks, tags, notes, links, what search finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.orm import Session

from store.actions import case_link, event, search
from store.actions.case_row import told
from store.actions.rows import case_for_update
from store.domain.errors import NotFound
from store.domain.event import Action
from store.domain.message import MessageKind
from store.domain.staff import By
from store.engine import now
from store.tables.case import CaseRow
from store.tables.case_file import CaseMergeRow, CasePersonRow, CaseTagRow, TaskRow
from store.tables.message import MessageRow
from store.tables.report import ReportRow

HELD_ELSEWHERE = "Held with a case that it was part of."
_PARTS: Mapping[str, Any] = {
    "people": CasePersonRow,
    "tasks": TaskRow,
    "notes": MessageRow,
}


def two_for_update(session: Session, by: By, reference: str, other_reference: str) -> tuple[CaseRow, CaseRow]:
    """Return two cases, locked in the same order whoever asks.

    Refusals: `case.not_found`, `case.other_not_found`, also for what is not theirs to see.
    """
    found: dict[str, CaseRow] = {}
    for one in sorted({reference, other_reference}):
        with suppress(NotFound):
            found[one] = case_for_update(session, by, one, merged_too=True)
    if reference not in found:
        raise NotFound("case.not_found", reference=reference)
    if other_reference not in found:
        raise NotFound("case.other_not_found", reference=other_reference)
    return found[reference], found[other_reference]


def lock_reports(session: Session, case_reference: str) -> None:
    """Lock the reports of a case before the case itself: the order of everybody who locks both."""
    case_id = select(CaseRow.id).where(CaseRow.reference == case_reference).scalar_subquery()
    session.execute(
        select(ReportRow.id).where(ReportRow.case_id == case_id).order_by(ReportRow.id).with_for_update()
    )


def reports_in(session: Session, case: CaseRow, ids: Iterable[str] | None = None) -> list[ReportRow]:
    """Return the reports of a case, oldest first; of these ids only, where they are given."""
    wanted = select(ReportRow).where(ReportRow.case_id == case.id)
    if ids is not None:
        wanted = wanted.where(ReportRow.id.in_(list(ids)))
    order = (ReportRow.created_at, ReportRow.id)
    fresh = wanted.order_by(*order).with_for_update().execution_options(populate_existing=True)
    return list(session.scalars(fresh))


def send_reports(session: Session, reports: Iterable[ReportRow], case: CaseRow) -> None:
    """Put reports into another case."""
    at = now(session)
    for report in reports:
        report.case_id, report.updated_at = case.id, at
    session.flush()


def index_both(session: Session, case: CaseRow, other: CaseRow) -> None:
    """Let two cases be found by what each holds now, always in the same order."""
    for case_id in sorted((case.id, other.id)):
        search.index_case(session, case_id)


def take_along(session: Session, case: CaseRow, other: CaseRow) -> dict[str, list[Any]]:
    """Let the other case have what belongs to this one; return the ids of what moved, by kind.

    Words that reporters were told stay: they are not for the reporters of the other case. Tags are
    copied where the other case lacks them.
    """
    moved: dict[str, list[Any]] = {}
    for kind, table in _PARTS.items():
        moved[kind] = list(session.scalars(select(table.id).where(*_of(kind, table, case))))
        _send(session, table, table.id.in_(moved[kind]), other)
    moved["tags"] = sorted(_tags(session, case) - _tags(session, other))
    if moved["tags"]:
        rows = [{"case_id": other.id, "tag": tag} for tag in moved["tags"]]
        session.execute(insert(CaseTagRow), rows)
    moved["links"] = case_link.carry(session, case, other)
    return moved


def give_back(session: Session, merged: CaseMergeRow, case: CaseRow, other: CaseRow) -> None:
    """Take back what a merge moved and the other case still has; copied tags go where they went."""
    for kind, table in _PARTS.items():
        _send(session, table, table.id.in_(merged.moved[kind]) & (table.case_id == other.id), case)
    copied = (CaseTagRow.case_id == merged.into_id, CaseTagRow.tag.in_(merged.moved["tags"]))
    session.execute(delete(CaseTagRow).where(*copied))
    case_link.bring_back(session, merged.moved.get("links", ()), case, other)


def carry_hold(session: Session, by: By, case: CaseRow, other: CaseRow) -> None:
    """Let the legal hold of a case go along with its reports: nothing of them may be deleted.

    Why goes along only where whoever may open the other case may open this one too.
    """
    if case.legal_hold is None or other.legal_hold is not None:
        return
    open_to_all = case.restriction in {None, other.restriction}
    other.legal_hold = case.legal_hold if open_to_all else HELD_ELSEWHERE
    details = told(session, other) | {"reason": other.legal_hold}
    event.record(session, by.actor, Action.CASE_HELD, ("case", other.id), details)


def _of(kind: str, table: Any, case: CaseRow) -> list[ColumnElement[bool]]:
    mine = [table.case_id == case.id]
    return [*mine, MessageRow.kind == MessageKind.NOTE.value] if kind == "notes" else mine


def _send(session: Session, table: Any, which: ColumnElement[bool], case: CaseRow) -> None:
    session.execute(update(table).where(which).values(case_id=case.id))


def _tags(session: Session, case: CaseRow) -> set[str]:
    return set(session.scalars(select(CaseTagRow.tag).where(CaseTagRow.case_id == case.id)))
