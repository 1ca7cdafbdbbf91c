"""Write down what was done, in the same transaction as the doing."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Table, delete
from sqlalchemy.orm import Session

from store.domain.actor import Actor
from store.domain.event import Action, Event, digest
from store.engine import now, unit
from store.tables.event import EventDetailRow, EventRow
from store.tables.ids import rising_ids

SALT_BYTES = 16
_EVENT, _DETAILS = (cast("Table", row.__table__).insert() for row in (EventRow, EventDetailRow))


def record(
    session: Session,
    actor: Actor,
    action: Action,
    subject: tuple[str, str],
    details: Mapping[str, Any] | None = None,
) -> Event:
    """Record that `actor` did `action` to `subject` (kind, id).

    `details` (plain JSON values; words, before and after) are kept apart and can be erased; the
    event itself carries only their salted digest.
    """
    session.flush()
    salt = secrets.token_bytes(SALT_BYTES)
    body = dict(details or {})
    event = Event(
        id=rising_ids.next(),
        at=now(session),
        actor=actor,
        action=action,
        subject_kind=subject[0],
        subject_id=subject[1],
        digest=digest(salt, body),
    )
    session.execute(
        _EVENT,
        {
            "id": event.id,
            "at": event.at,
            "actor_kind": actor.kind.value,
            "actor_id": actor.id,
            "channel": actor.channel.value,
            "action": event.action,
            "subject_kind": event.subject_kind,
            "subject_id": event.subject_id,
            "digest": event.digest,
        },
    )
    session.execute(_DETAILS, {"event_id": event.id, "salt": salt, "body": body})
    unit(session).events.append((event, body))
    unit(session).woken.add("sealer")
    return event


def erase_details(session: Session, event_ids: list[int]) -> None:
    """Erase the words and salts of these events; the events and their chain stay."""
    session.execute(delete(EventDetailRow).where(EventDetailRow.event_id.in_(event_ids)))
