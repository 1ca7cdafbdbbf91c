"""Name colleagues in a note, and let them have read it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from store.domain.mention import named_in
from store.domain.message import MessageKind, MessageView
from store.domain.reference import Restriction
from store.domain.staff import By, Staff, may_open
from store.engine import now
from store.queries import staff
from store.tables.desk import MentionRow


def name_in_note(
    session: Session, by: By, message_id: str, text: str, restriction: Restriction | None
) -> list[str]:
    """Keep whom a note names; return their ids.

    Nobody is named who may not open the record: that there is one would tell them of it.
    """
    people = staff.by_usernames(session, named_in(text))
    ids = [one.id for one in people if one.id != by.staff.id and may_open(one, restriction)]
    if ids:
        at = now(session)
        rows = [{"message_id": message_id, "staff_id": one, "created_at": at} for one in ids]
        session.execute(insert(MentionRow), rows)
    return ids


def mark_read(session: Session, person: Staff, messages: Iterable[MessageView]) -> None:
    """Write down that this person has now seen the notes in which they were named."""
    notes = [message.id for message in messages if message.kind is MessageKind.NOTE and "@" in message.text]
    if notes:
        session.execute(
            update(MentionRow)
            .where(
                MentionRow.message_id.in_(notes),
                MentionRow.staff_id == person.id,
                MentionRow.read_at.is_(None),
            )
            .values(read_at=now(session))
        )
