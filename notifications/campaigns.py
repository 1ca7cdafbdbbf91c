"""Make out a campaign to those who subscribed, each once; and to its author alone, to try it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from notifications.buttons import Keyboard, WebLink, markup
from notifications.stop_row import stop_row
from notifications.wording import say
from store.actions import campaign_sending, delivery
from store.actions.campaign_sending import Going
from store.domain.campaign import LANGUAGE_OF_ALL, CampaignFacts, filled
from store.domain.delivery import STAFF_KIND, SUBSCRIBED_KIND, Lane, Outgoing
from store.domain.event import Action, Event
from store.domain.reminder import heard_at
from store.engine import Session, now
from store.queries import campaigns
from store.queries.audience import Hearer
from store.queries.district import district

KIND = SUBSCRIBED_KIND + "campaign"
TRIED = STAFF_KIND + "campaign"


def tell_next(session: Session) -> int | None:
    """Queue the next page of a campaign that is due; return for how many, None when nothing is due."""
    going = campaign_sending.next_due(session)
    if going is None:
        return None
    worded = {one.language: _worded(session, going.facts, one.language) for one in going.people}
    delivery.queue_many(
        session, [_to(session, going, *each, worded[each[1].language]) for each in enumerate(going.people)]
    )
    campaign_sending.told(session, going)
    return len(going.people)


def _to(session: Session, going: Going, number: int, person: Hearer, worded: Mapping[str, Any]) -> Outgoing:
    """Return the message to one person: in the morning of their digest, never in their quiet hours.

    One that is spread over hours is due at the moment of this number on its page.
    """
    at = heard_at(person.frequency, person.quiet, max(now(session), going.due_at(number)))
    params = {"chat_id": person.chat_id, **worded}
    key, until = going.key_of(person), going.expires_at
    return Outgoing(Lane.CAMPAIGN, person.chat_id, KIND, "sendMessage", params, key, at, until)


def _worded(session: Session, facts: CampaignFacts, language: str) -> Mapping[str, Any]:
    keyboard: Keyboard = [stop_row(language)]
    if facts.link:
        keyboard = [[(say(language, "campaign.link"), WebLink(facts.link))], *keyboard]
    ours, text = district(session), facts.text(language)
    return {"text": filled(text, ours) if ours is not None else text, "reply_markup": markup(keyboard)}


def of(session: Session, event: Event) -> Iterable[Outgoing]:
    """Return the messages with which staff try a campaign: one in each language that it has."""
    if event.action != Action.CAMPAIGN_TESTED:
        return
    chat_id, facts = campaigns.tried_by(session, event.actor.id, event.subject_id)
    for language in sorted(facts.texts, key=lambda one: one != LANGUAGE_OF_ALL):
        params = {"chat_id": chat_id, **_worded(session, facts, language)}
        yield Outgoing(Lane.REPLY, chat_id, TRIED, "sendMessage", params, f"try:{event.id}:{language}")
