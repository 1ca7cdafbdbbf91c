"""Get to know a resident, and remember what they asked of us."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import update
from sqlalchemy.orm import Session

from store.actions import event
from store.domain.actor import Actor, ActorKind, Channel
from store.domain.event import Action
from store.domain.resident import Resident
from store.engine import now
from store.tables.resident import ResidentRow

NAME_MAX_CHARACTERS = 200


def as_actor(resident: Resident) -> Actor:
    """Return the resident as somebody who does things."""
    return Actor(ActorKind.RESIDENT, resident.id, Channel.CHAT)


def meet(session: Session, chat_id: int, name: str | None, language: str) -> Resident:
    """Remember somebody who writes for the first time.

    No event is recorded and no name is asked for: a first word, followed by an anonymous report,
    would say who the reporter is. Both come with the first report that is not anonymous.
    """
    row = ResidentRow(
        chat_id=chat_id,
        name=name[:NAME_MAX_CHARACTERS] if name else None,
        language=language,
        relay=False,
        do_not_contact=False,
        created_at=now(session),
    )
    session.add(row)
    session.flush()
    return Resident(row.id, chat_id, row.name, language)


def set_language(session: Session, resident: Resident, language: str) -> Resident:
    """Speak this language to the resident (and their relays) from now on; return them so."""
    session.execute(
        update(ResidentRow)
        .where(ResidentRow.chat_id == resident.chat_id)
        .values(language=language, language_asked=True)
    )
    event.record(
        session,
        as_actor(resident),
        Action.LANGUAGE_CHANGED,
        ("resident", resident.id),
        {"before": resident.language, "after": language},
    )
    return replace(resident, language=language, language_asked=True)


def mark_language_asked(session: Session, resident: Resident) -> Resident:
    """Remember that another language was offered, so that it is not done again; return them so.

    No event, as for `meet`: before an anonymous report it would say who the reporter is.
    """
    session.execute(
        update(ResidentRow).where(ResidentRow.chat_id == resident.chat_id).values(language_asked=True)
    )
    return replace(resident, language_asked=True)


def set_do_not_contact(session: Session, resident: Resident, wish: bool) -> Resident:  # noqa: FBT001
    """Write to the resident (and their relays) only when they wrote, or as usual again; return them so.

    What waits for them is looked at again before it is sent: see `store.actions.delivery.lease`.
    """
    session.execute(
        update(ResidentRow).where(ResidentRow.chat_id == resident.chat_id).values(do_not_contact=wish)
    )
    event.record(
        session,
        as_actor(resident),
        Action.DO_NOT_CONTACT_CHANGED,
        ("resident", resident.id),
        {"before": resident.do_not_contact, "after": wish},
    )
    return replace(resident, do_not_contact=wish)


def hidden(session: Session, resident: Resident, messages: int) -> None:
    """Write down that the resident had this many messages of the chat taken away."""
    subject = ("resident", resident.id)
    event.record(session, as_actor(resident), Action.PRIVACY_HIDDEN, subject, {"messages": messages})


def mark_blocked(session: Session, chat_id: int, *, blocked: bool) -> None:
    """Remember that this chat blocked the bot, or took that back."""
    session.execute(
        update(ResidentRow)
        .where(ResidentRow.chat_id == chat_id)
        .values(blocked_at=now(session) if blocked else None)
    )
