"""What colleagues do that concerns one of them: named in a note, given a case. Never their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from notifications import cards, recipients
from store.domain.actor import ActorKind
from store.domain.delivery import STAFF_KIND, Lane, Outgoing
from store.domain.event import Action, Event
from store.domain.mention import Untold
from store.engine import Session
from store.queries import staff

Details = Mapping[str, Any]
KIND = STAFF_KIND + "colleague"
NAMED = "named you in a note on"
GAVE = "gave you"


def of(session: Session, event: Event, details: Details, public_url: str) -> Iterable[Outgoing]:
    """Return what to tell the people whom an event concerns, but for whoever did it."""
    told, did = _concerned(event, details)
    if not told or event.actor.kind is not ActorKind.STAFF:
        return
    name = staff.by_id(session, event.actor.id).staff.name
    restricted = details.get("restriction") is not None
    record = event.subject_kind, details.get("case_reference") or details["reference"]
    for staff_id in told:
        person = recipients.officer(session, {**details, "officer_id": staff_id})
        if person is not None and person.chat_id is not None:
            params = cards.colleague_did(
                person.chat_id, f"{name} {did}", record, public_url, restricted=restricted
            )
            key = f"{event.id}:{person.id}:{KIND}"
            yield Outgoing(Lane.CASE, person.chat_id, KIND, "sendMessage", params, key)


def not_told(untold: Untold) -> str:
    """Return sentences for whoever wrote a note on whom it names in vain; empty where it names nobody so."""
    why = ((untold.unknown, "there is no such account"), (untold.closed, "it is not open to them"))
    return "".join(f" @{name} was not told: {reason}." for names, reason in why for name in names)


def _concerned(event: Event, details: Details) -> tuple[list[str], str]:
    """Return the ids of the people whom this concerns, and what was done to them."""
    if event.action == Action.NOTE_ADDED:
        return list(details.get("mentioned", ())), NAMED
    given = details.get("officer_after")
    if given and given != event.actor.id:
        return [given], GAVE
    return [], ""
