"""Sign staff in and out: a password or a one-time link, then a code, then a session.

A failure is a value, not an error: the count of failures must be committed.
"""

from __future__ import annotations

import pyotp
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from store.actions import event
from store.actions.staff import issue, redeem
from store.domain.actor import Actor, ActorKind, Channel
from store.domain.event import Action
from store.domain.sign_in import (
    LONGEST,
    Failure,
    HalfWay,
    NewSession,
    Purpose,
    SignedIn,
    after_failure,
    is_locked,
    new_token,
    same,
    token_hash,
    totp_steps,
)
from store.engine import now
from store.queries.staff import by_id
from store.tables.staff import SignInTokenRow, StaffRow, StaffSessionRow


def by_password(session: Session, username: str, *, right: bool) -> HalfWay | Failure:
    """Go on after a password was compared (outside, it is slow): return the half-way token.

    An unknown or disabled account fails like a wrong password.
    """
    row = session.scalar(
        select(StaffRow).where(StaffRow.username == username.strip().lower()).with_for_update()
    )
    if row is None or row.disabled_at is not None:
        return Failure.WRONG
    if is_locked(row.locked_until, now(session)):
        return Failure.LOCKED
    if not right:
        return _fail(session, row, "password")
    return HalfWay(issue(session, row.id, Purpose.SECOND_FACTOR))


def by_link(session: Session, token: str) -> HalfWay | Failure:
    """Use up a one-time link in place of a password: return the half-way token."""
    staff_id = redeem(session, token, Purpose.LINK)
    if staff_id is None:
        return Failure.EXPIRED
    row = session.scalars(select(StaffRow).where(StaffRow.id == staff_id).with_for_update()).one()
    if is_locked(row.locked_until, now(session)):
        return Failure.LOCKED
    return HalfWay(issue(session, staff_id, Purpose.SECOND_FACTOR))


def second_factor(session: Session, half_way: str, code: str) -> NewSession | Failure:
    """Check the code of the authenticator app and begin a session.

    A wrong code leaves the half-way token good, so that a slip of the finger costs nothing but a
    failure; the token is used up with the right one. No code works twice.
    """
    row = session.scalar(
        select(StaffRow)
        .join(SignInTokenRow, SignInTokenRow.staff_id == StaffRow.id)
        .where(
            SignInTokenRow.token_hash == token_hash(half_way),
            SignInTokenRow.purpose == Purpose.SECOND_FACTOR.value,
            SignInTokenRow.used_at.is_(None),
            SignInTokenRow.expires_at > now(session),
            StaffRow.disabled_at.is_(None),
        )
        .with_for_update(of=StaffRow)
    )
    if row is None:
        return Failure.EXPIRED
    if is_locked(row.locked_until, now(session)):
        return Failure.LOCKED
    step = _step_of(session, row, code)
    if step is None:
        return _fail(session, row, "code")
    redeem(session, half_way, Purpose.SECOND_FACTOR)
    row.totp_step, row.totp_confirmed = step, True
    row.failed_sign_ins, row.locked_until = 0, None
    return _begin(session, row)


def _step_of(session: Session, row: StaffRow, code: str) -> int | None:
    """Return the time step whose code this is, if it lies after every step used before."""
    typed = "".join(code.split())
    totp = pyotp.TOTP(row.totp_secret or "")
    for step in totp_steps(now(session)):
        if row.totp_secret and step > row.totp_step and same(totp.generate_otp(step), typed):
            return step
    return None


def _fail(session: Session, row: StaffRow, what: str) -> Failure:
    row.failed_sign_ins, row.locked_until = after_failure(row.failed_sign_ins, now(session))
    event.record(
        session,
        _actor(row.id),
        Action.STAFF_SIGN_IN_FAILED,
        ("staff", row.id),
        {"what": what, "locked": row.locked_until is not None},
    )
    return Failure.LOCKED if row.locked_until else Failure.WRONG


def _begin(session: Session, row: StaffRow) -> NewSession:
    token, at = new_token(), now(session)
    session.add(
        StaffSessionRow(
            token_hash=token_hash(token),
            staff_id=row.id,
            csrf=new_token(),
            created_at=at,
            seen_at=at,
            expires_at=at + LONGEST,
        )
    )
    event.record(session, _actor(row.id), Action.STAFF_SIGNED_IN, ("staff", row.id))
    return NewSession(token, by_id(session, row.id).staff)


def touch(session: Session, signed: SignedIn) -> None:
    """Remember that this session is in use."""
    session.execute(
        update(StaffSessionRow).where(StaffSessionRow.token_hash == signed.id).values(seen_at=now(session))
    )


def sign_out(session: Session, signed: SignedIn) -> None:
    """End this session."""
    _end(session, signed, StaffSessionRow.token_hash == signed.id)


def sign_out_others(session: Session, signed: SignedIn) -> int:
    """End this person's sessions in other browsers; return how many there were."""
    return _end(session, signed, StaffSessionRow.token_hash != signed.id)


def _end(session: Session, signed: SignedIn, which: ColumnElement[bool]) -> int:
    ended = session.execute(
        update(StaffSessionRow)
        .where(StaffSessionRow.staff_id == signed.staff.id, StaffSessionRow.revoked_at.is_(None), which)
        .values(revoked_at=now(session))
        .returning(StaffSessionRow.token_hash)
    ).all()
    if ended:
        event.record(
            session,
            _actor(signed.staff.id),
            Action.STAFF_SIGNED_OUT,
            ("staff", signed.staff.id),
            {"sessions": len(ended)},
        )
    return len(ended)


def _actor(staff_id: str) -> Actor:
    return Actor(ActorKind.STAFF, staff_id, Channel.WEB)
