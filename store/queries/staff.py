"""Staff accounts: for the people who manage them, and for signing in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from store.domain.errors import NotFound
from store.domain.reference import Restriction
from store.domain.sign_in import Account, AccountLine
from store.domain.staff import Role, Staff, may_work_reports
from store.queries.visible import check_worker
from store.tables.staff import StaffGrantRow, StaffRow


def _wanted() -> Select[StaffRow, str]:
    """Return one row per grant, or one without, of each account."""
    return select(StaffRow, StaffGrantRow.restriction).outerjoin(
        StaffGrantRow, StaffGrantRow.staff_id == StaffRow.id
    )


def _grouped(
    session: Session, wanted: Select[StaffRow, str]
) -> list[tuple[StaffRow, frozenset[Restriction]]]:
    rows: dict[str, StaffRow] = {}
    grants: dict[str, set[Restriction]] = {}
    for row, restriction in session.execute(wanted):
        rows[row.id] = row
        kinds = grants.setdefault(row.id, set())
        if restriction:
            kinds.add(Restriction(restriction))
    return [(row, frozenset(grants[row.id])) for row in rows.values()]


def as_staff(row: StaffRow, grants: frozenset[Restriction]) -> Staff:
    """Return the person this row is about."""
    return Staff(row.id, row.name, Role(row.role), row.chat_id, grants, row.disabled_at is not None)


def listing(session: Session) -> list[AccountLine]:
    """Return every account, disabled ones too, by username."""
    return [
        AccountLine(as_staff(row, grants), row.username, row.totp_confirmed, row.locked_until, row.created_at)
        for row, grants in _grouped(session, _wanted().order_by(StaffRow.username))
    ]


def find(session: Session, username: str) -> Account | None:
    """Return the account of this name, whatever its letters' case; None when there is none."""
    found = _grouped(session, _wanted().where(StaffRow.username == username.strip().lower()))
    return _account(*found[0]) if found else None


def by_username(session: Session, username: str) -> Account:
    """Return the account of this name. Refusal: `staff.not_found`."""
    account = find(session, username)
    if account is None:
        raise NotFound("staff.not_found", username=username)
    return account


def by_id(session: Session, staff_id: str) -> Account:
    """Return the account with this id. Refusal: `staff.not_found`."""
    found = _grouped(session, _wanted().where(StaffRow.id == staff_id))
    if not found:
        raise NotFound("staff.not_found")
    return _account(*found[0])


def by_usernames(session: Session, usernames: Sequence[str]) -> list[Staff]:
    """Return the people behind these names who may still sign in; unknown names are left out."""
    if not usernames:
        return []
    wanted = _wanted().where(StaffRow.username.in_(usernames), StaffRow.disabled_at.is_(None))
    return [as_staff(*found) for found in _grouped(session, wanted.order_by(StaffRow.username))]


def workers(session: Session, staff: Staff) -> list[Staff]:
    """Return everybody who works reports, by name. Refusal: `staff.not_allowed`."""
    check_worker(staff)
    roles = [role.value for role in Role if may_work_reports(replace(staff, role=role, disabled=False))]
    wanted = _wanted().where(StaffRow.disabled_at.is_(None), StaffRow.role.in_(roles))
    return [as_staff(*found) for found in _grouped(session, wanted.order_by(StaffRow.name, StaffRow.id))]


def _account(row: StaffRow, grants: frozenset[Restriction]) -> Account:
    return Account(
        as_staff(row, grants),
        row.username,
        row.password_hash,
        row.totp_secret,
        row.totp_confirmed,
        row.totp_step,
        row.failed_sign_ins,
        row.locked_until,
    )
