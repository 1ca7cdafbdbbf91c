"""Cases that have to do with each other: link them, unlink them. Either again is harmless."""

from __future__ import annotations

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from store.actions import event
from store.actions.case_row import told
from store.actions.rows import case_for_update
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.staff import By
from store.engine import now
from store.tables.case import CaseRow
from store.tables.case_file import CaseLinkRow


def link(session: Session, by: By, reference: str, other_reference: str) -> None:
    """Link two cases. Refusals: `case.not_found` (either), `case.same` (one and the same)."""
    case, other = _both(session, by, reference, other_reference)
    if not _linked(session, case, other):
        pair = _pair(case, other)
        values = {"case_id": pair[0], "other_id": pair[1]}
        session.execute(insert(CaseLinkRow), values | {"created_by": by.staff.id, "created_at": now(session)})
        _record(session, by, Action.CASE_LINKED, case, other)


def unlink(session: Session, by: By, reference: str, other_reference: str) -> None:
    """Unlink two cases. Refusals: `case.not_found` (either), `case.same` (one and the same)."""
    case, other = _both(session, by, reference, other_reference)
    if _linked(session, case, other):
        first, second = _pair(case, other)
        session.execute(
            delete(CaseLinkRow).where(CaseLinkRow.case_id == first, CaseLinkRow.other_id == second)
        )
        _record(session, by, Action.CASE_UNLINKED, case, other)


def _both(session: Session, by: By, reference: str, other_reference: str) -> tuple[CaseRow, CaseRow]:
    """Return both cases, locked in an order that two people cannot meet crosswise."""
    if reference == other_reference:
        raise Refusal("case.same")
    rows = {ref: case_for_update(session, by, ref) for ref in sorted((reference, other_reference))}
    return rows[reference], rows[other_reference]


def _pair(case: CaseRow, other: CaseRow) -> tuple[str, str]:
    return (case.id, other.id) if case.id < other.id else (other.id, case.id)


def _linked(session: Session, case: CaseRow, other: CaseRow) -> bool:
    first, second = _pair(case, other)
    wanted = select(CaseLinkRow.case_id).where(CaseLinkRow.case_id == first, CaseLinkRow.other_id == second)
    return session.scalar(wanted) is not None


def _record(session: Session, by: By, action: Action, case: CaseRow, other: CaseRow) -> None:
    """Tell it on both; each names the other only by its reference."""
    for one, another in ((case, other), (other, case)):
        details = told(session, one) | {"other": another.reference}
        event.record(session, by.actor, action, ("case", one.id), details)
