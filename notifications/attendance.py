"""Say to somebody who waited for room at a meeting that they come now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from notifications import meeting_card
from notifications.buttons import markup
from notifications.coming_row import coming_row
from notifications.wording import say
from store.actions.reminder import told_of
from store.domain.delivery import Lane, Outgoing
from store.domain.event import Action, Event
from store.domain.near import Near
from store.engine import Session, now
from store.queries import audience, meetings

Details = Mapping[str, Any]
KIND = "meeting.coming"


def of(session: Session, event: Event, details: Details) -> Iterable[Outgoing]:
    """Return what an event about coming gives to say; it waits for the morning in quiet hours."""
    if event.action != Action.ATTENDANCE_MOVED_UP:
        return
    person = audience.one(session, details["resident_id"])
    if person is None:
        return
    meeting = meetings.public(session, details["reference"])
    card = meeting_card.card(Near(meeting), person.language, now(session))
    text = f"{say(person.language, 'coming.moved_up')}\n\n{card}"
    keyboard = markup([coming_row(person.language, meeting.reference)])
    params = {"chat_id": person.chat_id, "text": text, "reply_markup": keyboard}
    key = f"{told_of(meeting.id)}up:{event.id}"
    yield Outgoing(
        Lane.REMINDER, person.chat_id, KIND, "sendMessage", params, key, expires_at=meeting.starts_at
    )
