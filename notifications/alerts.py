"""Say what alerts give to say: that there is one, to those granted its kind; an answer, to the person.

Where nobody with a chat may read it, those who oversee the desk hear that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from notifications import cards, recipients, restrictions
from notifications.pieces import pieces
from store.domain.alert import GRANT, AlertKind
from store.domain.delivery import STAFF_KIND, Lane, Outgoing
from store.domain.event import Action, Event
from store.engine import Session
from store.queries import alerts

Details = Mapping[str, Any]
KIND = STAFF_KIND + "danger"
ANSWER = "notify.alert"


def of(session: Session, event: Event, details: Details, public_url: str) -> Iterable[Outgoing]:
    """Return what an event about an alert gives to say; urgent, at any hour."""
    if event.action == Action.ALERT_RAISED:
        return _raised(session, event, AlertKind(details["kind"]), public_url)
    if event.action == Action.ALERT_ANSWERED:
        return _answered(session, event, details["text"])
    return ()


def _raised(session: Session, event: Event, kind: AlertKind, public_url: str) -> Iterable[Outgoing]:
    granted = recipients.granted(session, GRANT[kind])
    for person in granted:
        chat_id = person.chat_id or 0
        params = cards.alert(chat_id, kind, event.subject_id, public_url)
        key = f"{event.id}:{person.id}:{KIND}"
        yield Outgoing(Lane.URGENT, chat_id, KIND, "sendMessage", params, key)
    if not granted:
        yield from restrictions.unseen(session, event, GRANT[kind], Lane.URGENT)


def _answered(session: Session, event: Event, text: str) -> Iterable[Outgoing]:
    chat_id = alerts.chat_of(session, event.subject_id)
    for number, piece in enumerate(pieces(text) if chat_id is not None else ()):
        params = {"chat_id": chat_id, "text": piece}
        key = f"{event.id}:{number}:{ANSWER}"
        yield Outgoing(Lane.URGENT, chat_id or 0, ANSWER, "sendMessage", params, key)
