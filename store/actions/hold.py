"""Legal hold: while a court or the police may ask for a case, nothing of it is deleted."""

from __future__ import annotations

from sqlalchemy.orm import Session

from store.actions import event
from store.actions.case_facts import reason_of
from store.actions.case_row import told
from store.actions.rows import case_for_update, check_case_version
from store.domain.case import CaseView
from store.domain.errors import NotAllowed
from store.domain.event import Action
from store.domain.staff import By, Role
from store.engine import now
from store.queries import cases
from store.tables.case import CaseRow


def hold(session: Session, by: By, reference: str, reason: str, version: int | None = None) -> CaseView:
    """Let nothing of a case be deleted from now on; another reason replaces the one before.

    The same again is harmless. Refusals: `case.not_found`, `record.needs_reason`, `case.changed`,
    `message.too_long`.
    """
    row = case_for_update(session, by, reference)
    said = reason_of(reason)
    if row.legal_hold == said:
        return cases.view(row)
    check_case_version(session, row, version)
    row.legal_hold = said
    return _changed(session, by, row, Action.CASE_HELD, said)


def lift_hold(session: Session, by: By, reference: str, reason: str, version: int | None = None) -> CaseView:
    """Let a case be deleted in its time again; only a supervisor says so.

    Lifting again is harmless. Refusals: `case.not_found`, `case.supervisor_only`,
    `record.needs_reason`, `case.changed`, `message.too_long`.
    """
    row = case_for_update(session, by, reference)
    if by.staff.role is not Role.SUPERVISOR:
        raise NotAllowed("case.supervisor_only")
    if row.legal_hold is None:
        return cases.view(row)
    check_case_version(session, row, version)
    said = reason_of(reason)
    row.legal_hold = None
    return _changed(session, by, row, Action.CASE_HOLD_LIFTED, said)


def _changed(session: Session, by: By, row: CaseRow, action: Action, reason: str) -> CaseView:
    row.updated_at = now(session)
    details = told(session, row) | {"reason": reason}
    event.record(session, by.actor, action, ("case", row.id), details)
    return cases.view(row)
