"""Cases that have to do with each other: link them, unlink them. Either again is harmless.

When a case goes into another one its links go along.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from store.actions import event
from store.actions.case_row import name_beside, told
from store.actions.rows import case_for_update, check_case_version, touch
from store.domain.errors import NotFound, Refusal
from store.domain.event import Action
from store.domain.staff import By
from store.engine import now
from store.tables.case import CaseRow
from store.tables.case_file import CaseLinkRow


def link(session: Session, by: By, reference: str, other_reference: str) -> None:
    """Link two cases. Refusals: `case.not_found`, `case.other_not_found`, `case.same` (one and the same)."""
    case, other = _both(session, by, reference, other_reference)
    if not _linked(session, case, other):
        pair = _pair(case.id, other.id)
        values = {"case_id": pair[0], "other_id": pair[1]}
        session.execute(insert(CaseLinkRow), values | {"created_by": by.staff.id, "created_at": now(session)})
        _record(session, by, Action.CASE_LINKED, case, other)


def unlink(
    session: Session, by: By, reference: str, other_reference: str, version: int | None = None
) -> None:
    """Unlink two cases. Refusals as for `link`, and `case.changed` (the first)."""
    case, other = _both(session, by, reference, other_reference)
    if _linked(session, case, other):
        check_case_version(session, case, version)
        first, second = _pair(case.id, other.id)
        session.execute(
            delete(CaseLinkRow).where(CaseLinkRow.case_id == first, CaseLinkRow.other_id == second)
        )
        _record(session, by, Action.CASE_UNLINKED, case, other)


def carry(session: Session, case: CaseRow, other: CaseRow) -> list[str]:
    """Let the other case have this one's links, as they are; return to which cases (ids) they lead.

    A link between the two stays, and so does one that the other has already.
    """
    mine, its = linked_to(session, case.id), linked_to(session, other.id)
    moving = sorted(mine - its - {other.id})
    for id_ in moving:
        _turn(session, case.id, other.id, id_)
    return moving


def bring_back(session: Session, ids: Collection[str], case: CaseRow, other: CaseRow) -> None:
    """Take back what `carry` moved and the other case still has."""
    for id_ in sorted(linked_to(session, other.id).intersection(ids)):
        _turn(session, other.id, case.id, id_)


def linked_to(session: Session, case_id: str) -> set[str]:
    """Return the ids of the cases that this one is linked to."""
    either = or_(CaseLinkRow.case_id == case_id, CaseLinkRow.other_id == case_id)
    rows = session.execute(select(CaseLinkRow.case_id, CaseLinkRow.other_id).where(either))
    return {id_ for pair in rows for id_ in pair} - {case_id}


def _turn(session: Session, from_id: str, to_id: str, far_id: str) -> None:
    """Let the link between two cases lead from the far one to a third."""
    (first, second), (now_first, now_second) = _pair(from_id, far_id), _pair(to_id, far_id)
    session.execute(
        update(CaseLinkRow)
        .where(CaseLinkRow.case_id == first, CaseLinkRow.other_id == second)
        .values(case_id=now_first, other_id=now_second)
    )


def _both(session: Session, by: By, reference: str, other_reference: str) -> tuple[CaseRow, CaseRow]:
    """Return both cases, locked in an order that two people cannot meet crosswise."""
    if reference == other_reference:
        raise Refusal("case.same")
    rows: dict[str, CaseRow] = {}
    for one in sorted((reference, other_reference)):
        try:
            rows[one] = case_for_update(session, by, one)
        except NotFound as error:
            if one == reference:
                raise
            raise NotFound("case.other_not_found", reference=one) from error
    return rows[reference], rows[other_reference]


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _linked(session: Session, case: CaseRow, other: CaseRow) -> bool:
    return other.id in linked_to(session, case.id)


def _record(session: Session, by: By, action: Action, case: CaseRow, other: CaseRow) -> None:
    """Tell it on both; each names the other, by its reference, to those who may open that too."""
    for one, another in ((case, other), (other, case)):
        touch(session, one)
        details = told(session, one) | {"other_id": another.id, "other": name_beside(one, another)}
        event.record(session, by.actor, action, ("case", one.id), details)
