"""Say to those who asked a question for a meeting, or support one, what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from notifications.agenda_row import agenda_button, report_row
from notifications.buttons import Keyboard, markup
from notifications.dates import span_in_words
from notifications.pieces import pieces
from notifications.wording import say
from store.actions import unsent
from store.domain.concern import may_be_watched
from store.domain.delivery import Lane, Outgoing
from store.domain.event import Action, Event
from store.engine import Session
from store.queries import agenda, audience
from store.queries.agenda import Told
from store.queries.audience import Hearer

Details = Mapping[str, Any]
KIND = "agenda."
_ANSWERED = Action.AGENDA_ANSWERED
_TO_WHOEVER_ASKED: Mapping[str, str] = {
    Action.AGENDA_LISTED: "agenda.listed",
    Action.AGENDA_MERGED: "agenda.merged",
    Action.AGENDA_DECLINED: "agenda.declined",
    Action.AGENDA_REPORT_OFFERED: "agenda.report_offered",
}


def of(session: Session, event: Event, details: Details) -> Iterable[Outgoing]:
    """Return what an event about a question gives to say; it waits for the morning in quiet hours.

    What waits of the same question and is not true any more is taken back.
    """
    if event.action not in _TO_WHOEVER_ASKED and event.action != _ANSWERED:
        return
    told = agenda.told(session, details["item_id"])
    prefix = f"agenda:{told.item_id}:{'answer' if event.action == _ANSWERED else 'state'}:"
    unsent.overtake(session, prefix)
    for person in _hearers(session, event, told):
        for number, params in enumerate(_messages(event, person, told)):
            key = f"{prefix}{event.id}:{person.resident_id}:{number}"
            kind = KIND + str(event.action).rpartition(".")[2]
            yield Outgoing(
                Lane.REMINDER,
                person.chat_id,
                kind,
                "sendMessage",
                params,
                key,
                expires_at=_until(event, told),
            )


def _until(event: Event, told: Told) -> datetime | None:
    """Return when it is too late to say: a question is on no agenda that lies ahead once it is over."""
    ahead = event.action in {Action.AGENDA_LISTED, Action.AGENDA_MERGED}
    return told.meeting.ends_at if ahead else None


def _hearers(session: Session, event: Event, told: Told) -> list[Hearer]:
    if event.action == _ANSWERED:
        return audience.supporters(session, told.item_id)
    person = audience.one(session, told.resident_id) if told.resident_id else None
    return [person] if person is not None else []


def _messages(event: Event, person: Hearer, told: Told) -> list[dict[str, Any]]:
    """Return the messages to one person; somebody whose phone others may read gets no words."""
    if person.resident_id == told.resident_id and may_be_watched({"cards": dict.fromkeys(told.cards)}):
        return [{"chat_id": person.chat_id, "text": say(person.language, "notify.quiet")}]
    *first, last = [{"chat_id": person.chat_id, "text": one} for one in pieces(_text(event, person, told))]
    return [*first, last | {"reply_markup": markup(_keyboard(event, person, told))}]


def _text(event: Event, person: Hearer, told: Told) -> str:
    meeting = told.meeting
    when = span_in_words(meeting.starts_at, meeting.ends_at, person.language)
    values = {"title": meeting.facts.title, "when": when, "question": told.said, "words": told.words}
    if event.action == _ANSWERED:
        return say(person.language, "agenda.answered", **values, answer=told.answer or "")
    return say(person.language, _TO_WHOEVER_ASKED[event.action], **values, reason=told.reason or "")


def _keyboard(event: Event, person: Hearer, told: Told) -> Keyboard:
    if event.action == Action.AGENDA_REPORT_OFFERED:
        return [report_row(person.language, told.item_id)]
    return [[agenda_button(person.language, told.meeting.reference)]]
