"""Staff accounts: add and disable them, grant kinds of restricted records, link their chat."""

from __future__ import annotations

import pyotp
from sqlalchemy import delete, select, update
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from store.actions import event
from store.actions.hand_back import hand_back
from store.domain.actor import Actor, ActorKind, Channel
from store.domain.errors import NotFound, Refusal
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.sign_in import LIFETIMES, Purpose, new_token, token_hash
from store.domain.staff import Role, Staff
from store.engine import now
from store.queries import staff as accounts
from store.tables.base import new_id
from store.tables.staff import SignInTokenRow, StaffGrantRow, StaffRow, StaffSessionRow

NAME_MAX_CHARACTERS = 200
USERNAME_MAX_CHARACTERS = 64


def add(
    session: Session,
    by: Actor,
    username: str,
    name: str,
    role: Role,
    password_hash: str | None = None,
) -> Staff:
    """Add an account with a fresh TOTP secret. Without a password it opens by one-time link only.

    Refusals: `staff.username_wrong`, `staff.name_missing`, `staff.username_taken`.
    """
    username, name = username.strip().lower(), name.strip()
    if not username or len(username) > USERNAME_MAX_CHARACTERS or any(c.isspace() for c in username):
        raise Refusal("staff.username_wrong", username=username)
    if not name or len(name) > NAME_MAX_CHARACTERS:
        raise Refusal("staff.name_missing")
    if accounts.find(session, username):
        raise Refusal("staff.username_taken", username=username)
    row = StaffRow(
        id=new_id(),
        username=username,
        name=name,
        role=role.value,
        password_hash=password_hash,
        totp_secret=pyotp.random_base32(),
        created_at=now(session),
    )
    session.add(row)
    event.record(
        session, by, Action.STAFF_ADDED, ("staff", row.id), {"username": username, "role": role.value}
    )
    return Staff(row.id, name, role)


def disable(session: Session, by: Actor, staff_id: str) -> None:
    """Close an account: sessions and chat end, its work is free for others. Harmless when repeated."""
    row = _locked(session, staff_id)
    if row.disabled_at is not None:
        return
    row.disabled_at, row.chat_id = now(session), None
    _end_sessions(session, staff_id)
    session.execute(delete(SignInTokenRow).where(SignInTokenRow.staff_id == staff_id))
    event.record(session, by, Action.STAFF_DISABLED, ("staff", staff_id))
    hand_back(session, by, staff_id)


def set_password(session: Session, by: Actor, staff_id: str, password_hash: str) -> None:
    """Replace the password (already hashed) and end every session."""
    row = _locked(session, staff_id)
    row.password_hash, row.failed_sign_ins, row.locked_until = password_hash, 0, None
    _end_sessions(session, staff_id)
    event.record(session, by, Action.STAFF_PASSWORD_CHANGED, ("staff", staff_id))


def renew_second_factor(session: Session, by: Actor, staff_id: str) -> None:
    """Replace the TOTP secret (a lost phone) and end every session."""
    row = _locked(session, staff_id)
    row.totp_secret, row.totp_confirmed = pyotp.random_base32(), False
    _end_sessions(session, staff_id)
    event.record(session, by, Action.STAFF_SECOND_FACTOR_RENEWED, ("staff", staff_id))


def grant(session: Session, by: Actor, staff_id: str, restriction: Restriction) -> None:
    """Let this person, by name, open records under `restriction`. Harmless when repeated."""
    row = _locked(session, staff_id)
    if session.get(StaffGrantRow, (row.id, restriction.value)) is not None:
        return
    session.add(StaffGrantRow(staff_id=row.id, restriction=restriction.value))
    event.record(session, by, Action.STAFF_GRANTED, ("staff", row.id), {"restriction": restriction.value})


def revoke(session: Session, by: Actor, staff_id: str, restriction: Restriction) -> None:
    """Take a grant back; what they had of this kind is free for others. Harmless when there is none."""
    row = _locked(session, staff_id)
    held = session.get(StaffGrantRow, (row.id, restriction.value))
    if held is None:
        return
    session.delete(held)
    event.record(session, by, Action.STAFF_GRANT_ENDED, ("staff", row.id), {"restriction": restriction.value})
    hand_back(session, by, row.id)


def start_link(session: Session, staff_id: str, by: Actor | None = None) -> str:
    """Return a code (24 hours, once) that links this account to the chat that sends it."""
    row = _locked(session, staff_id)
    code = issue(session, row.id, Purpose.CHAT)
    event.record(session, by or _self(row.id, Channel.CLI), Action.STAFF_CODE_MADE, ("staff", row.id))
    return code


def link(session: Session, code: str, chat_id: int) -> Staff:
    """Link the private chat `chat_id` to the account of `code`; other links of both end.

    Refusal: `staff.link_unknown` for a code that is wrong, used up or too old.
    """
    staff_id = redeem(session, code, Purpose.CHAT)
    if staff_id is None:
        raise NotFound("staff.link_unknown")
    session.execute(update(StaffRow).where(StaffRow.chat_id == chat_id).values(chat_id=None))
    _locked(session, staff_id).chat_id = chat_id
    event.record(session, _self(staff_id, Channel.CHAT), Action.STAFF_LINKED, ("staff", staff_id))
    return accounts.by_id(session, staff_id).staff


def sign_in_link(session: Session, staff: Staff) -> str:
    """Return a token (10 minutes, once) that replaces the password; a second factor still follows.

    Refusal: `staff.not_found` for an account that is gone or disabled.
    """
    row = _locked(session, staff.id)
    if row.disabled_at is not None:
        raise NotFound("staff.not_found")
    token = issue(session, row.id, Purpose.LINK)
    event.record(session, _self(row.id, Channel.CHAT), Action.STAFF_LINK_MADE, ("staff", row.id))
    return token


def issue(session: Session, staff_id: str, purpose: Purpose) -> str:
    """Return a fresh one-time token; the earlier ones of the same purpose and account die."""
    session.execute(
        delete(SignInTokenRow).where(
            SignInTokenRow.staff_id == staff_id, SignInTokenRow.purpose == purpose.value
        )
    )
    token = new_token()
    session.add(
        SignInTokenRow(
            token_hash=token_hash(token),
            purpose=purpose.value,
            staff_id=staff_id,
            expires_at=now(session) + LIFETIMES[purpose],
        )
    )
    return token


def redeem(session: Session, token: str, purpose: Purpose) -> str | None:
    """Use a one-time token up and return whose it is; None when it is no good."""
    row = session.scalar(
        select(SignInTokenRow)
        .join(StaffRow, StaffRow.id == SignInTokenRow.staff_id)
        .where(
            SignInTokenRow.token_hash == token_hash(token),
            SignInTokenRow.purpose == purpose.value,
            SignInTokenRow.used_at.is_(None),
            SignInTokenRow.expires_at > now(session),
            StaffRow.disabled_at.is_(None),
        )
        .with_for_update(of=SignInTokenRow)
    )
    if row is None:
        return None
    row.used_at = now(session)
    return row.staff_id


def _end_sessions(session: Session, staff_id: str) -> None:
    session.execute(
        update(StaffSessionRow)
        .where(StaffSessionRow.staff_id == staff_id, StaffSessionRow.revoked_at.is_(None))
        .values(revoked_at=now(session))
    )


def _locked(session: Session, staff_id: str) -> StaffRow:
    try:
        return session.scalars(select(StaffRow).where(StaffRow.id == staff_id).with_for_update()).one()
    except NoResultFound as error:
        raise NotFound("staff.not_found") from error


def _self(staff_id: str, channel: Channel) -> Actor:
    return Actor(ActorKind.STAFF, staff_id, channel)
