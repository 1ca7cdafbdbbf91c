"""Which cases went into which: what a page tells of it, and the refusal of deeds on one that did."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.domain.errors import Refusal
from store.domain.reference import Restriction
from store.domain.staff import Staff, may_open
from store.domain.triage import Merged
from store.queries.visible import open_to
from store.tables.case import CaseRow
from store.tables.case_file import CaseMergeRow
from store.tables.staff import StaffRow

_WENT = (
    select(CaseMergeRow.created_at, StaffRow.name)
    .join(StaffRow, StaffRow.id == CaseMergeRow.created_by)
    .where(CaseMergeRow.undone_at.is_(None))
)


def went_into(session: Session, staff: Staff, case_id: str) -> Mapping[str, str]:
    """Return id and reference of the cases that went into this one, also by way of others.

    Those that `staff` may not open are left out.
    """
    inside = select(CaseRow.id).where(CaseRow.merged_into_id == case_id).cte("inside", recursive=True)
    inside = inside.union_all(select(CaseRow.id).join(inside, CaseRow.merged_into_id == inside.c.id))
    found = select(CaseRow.id, CaseRow.reference).where(
        CaseRow.id.in_(select(inside.c.id)), open_to(staff, CaseRow.restriction)
    )
    return {row.id: row.reference for row in session.execute(found)}


def merged(session: Session, staff: Staff, case: CaseRow) -> Merged | None:
    """Return where a case went, when and by whom; None where it did not."""
    if case.merged_into_id is None:
        return None
    other = session.get_one(CaseRow, case.merged_into_id)
    last = other
    while last.merged_into_id is not None:
        last = session.get_one(CaseRow, last.merged_into_id)
    at, name = session.execute(_WENT.where(CaseMergeRow.from_id == case.id)).one()
    into = other.reference if _opens(staff, other) else None
    return Merged(into, at, name, may_undo=_opens(staff, last))


def check_still_apart(session: Session, staff: Staff, reference: str) -> None:
    """Refuse as `check_not_merged` does what somebody is about to do to the case with this reference."""
    case = session.scalar(select(CaseRow).where(CaseRow.reference == reference))
    if case is not None and _opens(staff, case):
        check_not_merged(session, staff, case)


def check_not_merged(session: Session, staff: Staff, case: CaseRow) -> None:
    """Refuse (`case.merged`; `reference`, `into` where they may open that) to work what went elsewhere."""
    if case.merged_into_id is None:
        return
    other = session.get_one(CaseRow, case.merged_into_id)
    into = {"into": other.reference} if _opens(staff, other) else {}
    raise Refusal("case.merged", reference=case.reference, **into)


def _opens(staff: Staff, case: CaseRow) -> bool:
    return may_open(staff, Restriction(case.restriction) if case.restriction else None)
