"""Say to supervisors that a target was missed: to those who may open the record, one by one.

Where no supervisor may open it, those hear who were granted its kind; those who oversee the
desk hear of its kind alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from notifications import cards, recipients
from store.domain.delivery import STAFF_KIND, Lane, Outgoing
from store.domain.event import Action, Event
from store.domain.reference import Profile, Restriction
from store.domain.staff import Staff
from store.engine import Session

Details = Mapping[str, Any]
KIND = STAFF_KIND + "escalation"


def of(
    session: Session, event: Event, details: Details, profile: Profile, public_url: str
) -> Iterable[Outgoing]:
    """Return what a missed target gives to say; of a restricted record no more than its reference."""
    if event.action != Action.TARGET_MISSED:
        return
    people, others = recipients.supervisors(session, details["restriction"]), []
    if details["restriction"] and not people:
        people = recipients.granted(session, Restriction(details["restriction"]))
        trusted = {person.id for person in people}
        others = [person for person in recipients.overseers(session) if person.id not in trusted]
    for person in people:
        params = cards.missed(person.chat_id or 0, event.subject_kind, details, profile, public_url)
        yield _to(person, event, params)
    for person in others:
        kind = Restriction(details["restriction"])
        yield _to(person, event, cards.missed_unseen(person.chat_id or 0, event.subject_kind, kind))


def _to(person: Staff, event: Event, params: dict[str, Any]) -> Outgoing:
    key = f"{event.id}:{person.id}:{KIND}"
    return Outgoing(Lane.CASE, person.chat_id or 0, KIND, "sendMessage", params, key)
