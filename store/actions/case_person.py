"""People of a case: add, change, take off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import event, search
from store.actions.case_row import told
from store.actions.rows import case_for_update, check_part_version
from store.domain.case_file import PersonFacts, checked_person, told_change
from store.domain.errors import NotFound
from store.domain.event import Action
from store.domain.staff import By
from store.engine import now
from store.queries.case_file import facts_of
from store.tables.case import CaseRow
from store.tables.case_file import CasePersonRow


def add(session: Session, by: By, reference: str, facts: PersonFacts) -> str:
    """Write down a person and return their id. The same role and name again is the same person.

    Refusals: `case.not_found`, `person.needs_name`, `person.too_long`.
    """
    case, facts = case_for_update(session, by, reference), checked_person(facts)
    row = session.scalars(
        select(CasePersonRow).where(
            CasePersonRow.case_id == case.id,
            CasePersonRow.role == facts.role.value,
            CasePersonRow.name == facts.name,
            CasePersonRow.ended_at.is_(None),
        )
    ).first()
    if row is None:
        row = CasePersonRow(case_id=case.id, created_by=by.staff.id, created_at=now(session))
        _write(row, facts)
        session.add(row)
        session.flush()
        _record(session, by, case, Action.PERSON_ADDED, row)
    return row.id


def change(
    session: Session,
    by: By,
    reference: str,
    person_id: str,
    facts: PersonFacts,
    version: int | None = None,
) -> None:
    """Change what is written of a person; `version` is the person's. What it is already is harmless.

    Refusals as for `add`, and `person.not_found`, `case.changed`.
    """
    case, facts = case_for_update(session, by, reference), checked_person(facts)
    row = _of(session, case, person_id)
    before = facts_of(row)
    if before == facts:
        return
    check_part_version(session, case, row, version)
    _write(row, facts)
    session.flush()
    more = {"person_before": asdict(before), "change": told_change(before, facts)}
    _record(session, by, case, Action.PERSON_CHANGED, row, more)


def take_off(session: Session, by: By, reference: str, person_id: str, version: int | None = None) -> None:
    """Take a person off a case; the record stays. `version` is the person's. Again is harmless.

    Refusals: `case.not_found`, `person.not_found`, `case.changed`.
    """
    case = case_for_update(session, by, reference)
    row = _of(session, case, person_id)
    if row.ended_at is None:
        check_part_version(session, case, row, version)
        row.ended_at = now(session)
        _record(session, by, case, Action.PERSON_TAKEN_OFF, row)


def _of(session: Session, case: CaseRow, person_id: str) -> CasePersonRow:
    row = session.get(CasePersonRow, person_id, with_for_update=True, populate_existing=True)
    if row is None or row.case_id != case.id:
        raise NotFound("person.not_found")
    return row


def _write(row: CasePersonRow, facts: PersonFacts) -> None:
    row.role, row.name, row.contact = facts.role.value, facts.name, facts.contact
    row.note, row.warning, row.under_18 = facts.note, facts.warning, facts.under_18


def _record(
    session: Session,
    by: By,
    case: CaseRow,
    action: Action,
    row: CasePersonRow,
    more: Mapping[str, object] | None = None,
) -> None:
    details = (
        told(session, case) | {"person_id": row.id, "role": row.role, "name": row.name} | dict(more or {})
    )
    search.index_case(session, case.id)
    event.record(session, by.actor, action, ("case", case.id), details)
