"""Say to supervisors what the plan asks for at this time of the year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from notifications import recipients
from notifications.cards import NO_PREVIEW
from store.domain.delivery import STAFF_KIND, Lane, Outgoing
from store.domain.event import Action, Event
from store.engine import Session

Details = Mapping[str, Any]
KIND = STAFF_KIND + "cycle"


def of(session: Session, event: Event, details: Details, public_url: str) -> Iterable[Outgoing]:
    """Return what a round of the plan's year gives to say to each whom it names."""
    if event.action != Action.CYCLE_TOLD:
        return
    text = (
        f"The plan's year: {details['name']}, {_in_words(details['begins'])} to "
        f"{_in_words(details['ends'])}\n{details['what']}\n"
        f"Mark it done on your desk once it is: {public_url}/console"
    )
    told = set(details["staff_ids"])
    for person in recipients.supervisors(session, None):
        if person.id in told:
            chat_id = person.chat_id or 0
            params = {"chat_id": chat_id, "text": text, "link_preview_options": NO_PREVIEW}
            key = f"{KIND}:{event.subject_id}:{person.id}"
            yield Outgoing(Lane.REMINDER, chat_id, KIND, "sendMessage", params, key)


def _in_words(written: str) -> str:
    day = date.fromisoformat(written)
    return f"{day.day} {day:%B %Y}"
