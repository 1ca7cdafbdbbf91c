"""Who is signed in, and whom a one-time token belongs to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from store.domain.reference import Restriction
from store.domain.sign_in import IDLE, Purpose, SignedIn, token_hash
from store.engine import now
from store.queries.staff import as_staff
from store.tables.staff import SignInTokenRow, StaffGrantRow, StaffRow, StaffSessionRow


def session_of(session: Session, token: str) -> SignedIn | None:
    """Return who this browser is, in one statement; None when it is not signed in (any more).

    A session ends by itself, by being revoked, and with its account.
    """
    rows = session.execute(
        select(StaffSessionRow, StaffRow, StaffGrantRow.restriction)
        .join(StaffRow, StaffRow.id == StaffSessionRow.staff_id)
        .outerjoin(StaffGrantRow, StaffGrantRow.staff_id == StaffRow.id)
        .where(
            StaffSessionRow.token_hash == token_hash(token),
            _alive(now(session)),
            StaffRow.disabled_at.is_(None),
        )
    ).all()
    if not rows:
        return None
    row, staff = rows[0][0], rows[0][1]
    grants = frozenset(Restriction(r[2]) for r in rows if r[2])
    return SignedIn(row.token_hash, as_staff(staff, grants), row.csrf, row.created_at, row.seen_at)


def of_staff(session: Session, signed: SignedIn) -> list[SignedIn]:
    """Return this person's own live sessions, last used first."""
    rows = session.scalars(
        select(StaffSessionRow)
        .where(StaffSessionRow.staff_id == signed.staff.id, _alive(now(session)))
        .order_by(StaffSessionRow.seen_at.desc())
    )
    return [SignedIn(row.token_hash, signed.staff, row.csrf, row.created_at, row.seen_at) for row in rows]


def token_is_good(session: Session, token: str, purpose: Purpose) -> bool:
    """Tell whether this one-time token can still be used."""
    found = session.scalar(
        select(SignInTokenRow.staff_id)
        .join(StaffRow, and_(StaffRow.id == SignInTokenRow.staff_id, StaffRow.disabled_at.is_(None)))
        .where(
            SignInTokenRow.token_hash == token_hash(token),
            SignInTokenRow.purpose == purpose.value,
            SignInTokenRow.used_at.is_(None),
            SignInTokenRow.expires_at > now(session),
        )
    )
    return found is not None


def _alive(at: datetime) -> ColumnElement[bool]:
    return and_(
        StaffSessionRow.revoked_at.is_(None),
        StaffSessionRow.expires_at > at,
        StaffSessionRow.seen_at > at - IDLE,
    )
