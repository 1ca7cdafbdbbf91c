"""Say to supervisors that a target was missed: to those who may open the record, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from notifications import cards, recipients
from store.domain.delivery import STAFF_KIND, Lane, Outgoing
from store.domain.event import Action, Event
from store.domain.reference import Profile
from store.engine import Session

Details = Mapping[str, Any]
KIND = STAFF_KIND + "escalation"


def of(
    session: Session, event: Event, details: Details, profile: Profile, public_url: str
) -> Iterable[Outgoing]:
    """Return what a missed target gives to say; of a restricted record no more than its reference."""
    if event.action != Action.TARGET_MISSED:
        return
    for person in recipients.supervisors(session, details["restriction"]):
        chat_id = person.chat_id or 0
        params = cards.missed(chat_id, event.subject_kind, details, profile, public_url)
        key = f"{event.id}:{person.id}:{KIND}"
        yield Outgoing(Lane.CASE, chat_id, KIND, "sendMessage", params, key)
