"""Say to administrators that something of the timetable fails: once, and once more when it works again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from notifications import recipients
from notifications.cards import NO_PREVIEW
from notifications.quiet_hours import quiet_until
from store.domain.delivery import STAFF_KIND, Lane, Outgoing
from store.domain.event import Action, Event
from store.engine import Session, now

Details = Mapping[str, Any]
KIND = STAFF_KIND + "job"


def of(session: Session, event: Event, details: Details, public_url: str) -> Iterable[Outgoing]:
    """Return what a job that fails, or works again, gives to say; in the morning, where it is night."""
    name = event.subject_id.replace("-", " ")
    if event.action == Action.JOB_FAILED:
        said = f"Something that runs by itself failed ({details['error']}): {name}. It is tried again."
    elif event.action == Action.JOB_MENDED:
        said = f"It works again: {name}."
    else:
        return
    text = f"{said}\n{public_url}/console/timetable"
    for person in recipients.administrators(session):
        chat_id = person.chat_id or 0
        params = {"chat_id": chat_id, "text": text, "link_preview_options": NO_PREVIEW}
        key = f"{event.id}:{person.id}:{KIND}"
        yield Outgoing(Lane.CASE, chat_id, KIND, "sendMessage", params, key, quiet_until(now(session)))
