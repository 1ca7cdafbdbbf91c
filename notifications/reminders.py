"""Remind people of meetings, and tell them at once what became of one: each once, and never late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from notifications import meeting_card, sharing_card
from notifications.buttons import Button, Keyboard, OwnTap, markup
from notifications.coming_row import coming_row
from notifications.stop_row import stop_row
from notifications.wording import say
from store.actions import delivery, reminder
from store.actions.reminder import Telling
from store.domain.clock import LONDON
from store.domain.delivery import SUBSCRIBED_KIND, Lane, Outgoing
from store.domain.near import Near
from store.domain.reminder import ReminderKind, due_for, is_in_digest
from store.engine import Session, now
from store.queries.audience import Hearer

SUBSCRIBER = SUBSCRIBED_KIND + "meeting"
COMES = "meeting.coming"
"""Kinds of delivery: to those who subscribe, and to those who said that they come."""


def tell_next(session: Session) -> int | None:
    """Queue the next reminders that are due; return how many, None when nothing is due."""
    telling = reminder.next_due(session)
    if telling is None:
        return None
    said = _Said(telling, now(session))
    things = [thing for person in telling.people if (thing := said.to(person)) is not None]
    delivery.queue_many(session, things)
    reminder.told(session, telling, len(things))
    return len(things)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of one meeting, worded once for each language and day."""

    telling: Telling
    now: datetime
    worded: dict[tuple[str, datetime], Mapping[str, Any]] = field(default_factory=dict)

    def to(self, person: Hearer) -> Outgoing | None:
        """Return the message to one person; None where it would come too late for them."""
        due_at = self._due(person)
        if due_at is None:
            return None
        which = (person.language, due_at)
        if which not in self.worded:
            self.worded[which] = _worded(self.telling, *which)
        params = {"chat_id": person.chat_id, **self.worded[which]}
        gathered = self._is_gathered(person, due_at)
        if gathered:
            params["line"] = meeting_card.line(self.telling.meeting, person.language)
        lane = Lane.GATHERED if gathered else Lane.REMINDER
        kind = COMES if self.telling.coming else SUBSCRIBER
        key = self.telling.key_of(person)
        until = self.telling.meeting.starts_at
        return Outgoing(lane, person.chat_id, kind, "sendMessage", params, key, due_at, until)

    def _is_gathered(self, person: Hearer, due_at: datetime) -> bool:
        """Tell whether it waits for their digest; what became of a meeting never does."""
        coming_up = self.telling.kind is ReminderKind.COMING_UP and not self.telling.coming
        return coming_up and is_in_digest((person.frequency, person.quiet), self.now, due_at)

    def _due(self, person: Hearer) -> datetime | None:
        starts_at = self.telling.meeting.starts_at
        if self.telling.kind is ReminderKind.COMING_UP:
            how = (person.frequency, person.quiet)
            return due_for(how, self.now, starts_at, first=self.telling.first)
        at = person.quiet.until(self.now)
        return at if at < starts_at else None


def _worded(telling: Telling, language: str, due_at: datetime) -> Mapping[str, Any]:
    heading = say(language, _heading(telling, due_at))
    card = meeting_card.card(Near(telling.meeting), language, due_at)
    keyboard = _keyboard(telling, language)
    first_point = sharing_card.first_point(telling.last_time, language)
    was = meeting_card.before(telling.was, telling.meeting, language) if telling.was is not None else ""
    text = "\n\n".join(filter(None, [heading, card, was, first_point]))
    return {"text": text, "reply_markup": markup(keyboard)}


def _heading(telling: Telling, due_at: datetime) -> str:
    if telling.kind is not ReminderKind.COMING_UP:
        return f"reminder.{telling.kind.value}"
    days = telling.meeting.starts_at.astimezone(LONDON).date() - due_at.astimezone(LONDON).date()
    return {0: "reminder.today", 1: "reminder.tomorrow"}.get(days.days, "reminder.coming_up")


def _keyboard(telling: Telling, language: str) -> Keyboard:
    reference = telling.meeting.reference
    deeds: list[Button] = [(say(language, "meeting_card.details"), OwnTap("meeting", reference))]
    if telling.kind is not ReminderKind.CANCELLED:
        deeds += coming_row(language, reference)
    return [deeds] if telling.coming else [deeds, stop_row(language)]
