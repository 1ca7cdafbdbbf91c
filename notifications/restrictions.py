"""Say that a record is restricted: to those granted its kind; where nobody is, that it lies unseen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from notifications import cards, recipients
from store.domain.delivery import STAFF_KIND, Lane, Outgoing
from store.domain.event import Action, Event
from store.domain.reference import Restriction
from store.engine import Session

Details = Mapping[str, Any]
KIND = STAFF_KIND + "restricted"
UNSEEN = STAFF_KIND + "unseen"
_SAID: Mapping[str, str] = {
    Action.REPORT_SENT: "A restricted report came in:",
    Action.REPORT_RESTRICTED: "A report is restricted now:",
    Action.CASE_RESTRICTED: "A case is restricted now:",
}


def of(session: Session, event: Event, details: Details, public_url: str) -> Iterable[Outgoing]:
    """Return what a record that came in restricted, or is restricted now, gives to say.

    Whoever restricted it knows; nobody is told that a restriction was lifted.
    """
    if event.action not in _SAID or not details.get("restriction"):
        return
    kind = Restriction(details["restriction"])
    granted = recipients.granted(session, kind)
    record = event.subject_kind, details.get("case_reference") or details["reference"]
    for person in granted:
        if person.id != event.actor.id:
            chat_id = person.chat_id or 0
            params = cards.restricted(chat_id, _SAID[event.action], record, public_url)
            key = f"{event.id}:{person.id}:{KIND}"
            yield Outgoing(Lane.CASE, chat_id, KIND, "sendMessage", params, key)
    if not granted:
        yield from unseen(session, event, kind, Lane.CASE)


def unseen(session: Session, event: Event, kind: Restriction, lane: Lane) -> Iterable[Outgoing]:
    """Say to supervisors and administrators that nobody with a chat may open this; no more than its kind."""
    for person in recipients.overseers(session):
        chat_id = person.chat_id or 0
        params = cards.unseen(chat_id, event.subject_kind, kind)
        key = f"{event.id}:{person.id}:{UNSEEN}"
        yield Outgoing(lane, chat_id, UNSEEN, "sendMessage", params, key)
