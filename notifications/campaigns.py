"""Make out a campaign to those who subscribed, each once; and to its author alone, to try it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from notifications.api import FILES, kept_file
from notifications.buttons import markup
from notifications.campaign_row import campaign_rows
from notifications.wording import say
from store.actions import campaign_retry, campaign_sending, delivery
from store.actions.campaign_sending import Going
from store.domain.campaign import LANGUAGE_OF_ALL, CampaignFacts, filled
from store.domain.campaign_file import CampaignFile, FileKind, file_name
from store.domain.delivery import (
    CAMPAIGN_KIND,
    DANGER_KIND,
    STAFF_KIND,
    URGENT_KIND,
    Lane,
    Outgoing,
    for_many,
)
from store.domain.event import Action, Event
from store.domain.reminder import heard_at
from store.domain.rounds import Round
from store.domain.subscription import Frequency
from store.engine import Session, now
from store.queries import campaign_files, campaigns
from store.queries.audience import Hearer
from store.queries.campaigns import Got
from store.queries.district import district

TRIED = STAFF_KIND + "campaign"


_METHODS = {FileKind.PICTURE: "sendPhoto", FileKind.DOCUMENT: "sendDocument"}


@dataclass(frozen=True, slots=True)
class Said:
    """A campaign in one language: how it is sent, and with what besides the chat."""

    method: str
    params: Mapping[str, Any]


def tell_next(session: Session, its: Round, last: Lane = Lane.CAMPAIGN) -> int | None:
    """Queue the next page of a campaign that is due; return for how many, None when nothing is due.

    Urgent alerts first; nothing of a lane after the `last` one, and nothing that failed in this round.
    """
    going = campaign_sending.next_due(session, its, last)
    if going is None:
        return None
    delivery.queue_many(session, _made_out(session, going))
    campaign_sending.told(session, going)
    return len(going.people)


def tell_failed(session: Session, its: Round, last: Lane = Lane.CAMPAIGN) -> int | None:
    """Queue the next page of what failed and is tried again; return for how many, None when none is.

    Urgent alerts first; nothing of a lane after the `last` one.
    """
    going = campaign_retry.next_failed(session, its, last)
    if going is None:
        return None
    campaign_retry.queue_again(session, _made_out(session, going))
    return len(going.people)


def _made_out(session: Session, going: Going) -> list[Outgoing]:
    file = campaign_files.of(session, going.id)
    languages = {one.language for one in going.people}
    said = {one: _said(session, (going.id, going.reference, file), going.facts, one) for one in languages}
    words = {language: (one.method, for_many(one.params)) for language, one in said.items()}
    at = now(session)
    return [
        _to(going, person, words[person.language], max(at, going.due_at(number)))
        for number, person in enumerate(going.people)
    ]


def _to(going: Going, person: Hearer, words: tuple[str, Callable[[int], str]], at: datetime) -> Outgoing:
    """Return the message to one person: in the morning of their digest, never in their quiet hours.

    It may go out from this time on. An urgent alert waits for no digest, and where there is danger to life
    for no morning.
    """
    method, said_to = words
    lane, kind, due_at = _how(going, person, at)
    params, key = said_to(person.chat_id), going.key_of(person)
    return Outgoing(lane, person.chat_id, kind, method, params, key, due_at, going.expires_at)


def _how(going: Going, person: Hearer, at: datetime) -> tuple[Lane, str, datetime]:
    """Return in which lane and as what this comes to a person that may go out at this time, and when."""
    if going.danger:
        return Lane.URGENT, DANGER_KIND, at
    if going.facts.urgent is not None:
        return Lane.URGENT, URGENT_KIND, person.quiet.until(at)
    lane = Lane.CAMPAIGN if person.frequency is Frequency.AT_ONCE else Lane.GATHERED
    return lane, CAMPAIGN_KIND, heard_at(person.frequency, person.quiet, at)


def _said(
    session: Session, of: tuple[str, str, CampaignFile | None], facts: CampaignFacts, language: str
) -> Said:
    (id_, reference, file), ours, text = of, district(session), facts.text(language)
    words = filled(text, ours) if ours is not None else text
    if facts.urgent is not None:
        words = f"{say(language, facts.urgent.heading)}\n\n{words}"
    under = {"reply_markup": markup(campaign_rows(language, facts, id_))}
    if file is None:
        return Said("sendMessage", {"text": words, **under})
    method = _METHODS[file.kind]
    sent = kept_file(file.key, file_name(reference, file.kind), file.content.media_type)
    return Said(method, {FILES[method]: sent, "caption": words, **under})


def whole(session: Session, got: Got, language: str) -> Said:
    """Return all of a campaign as it goes out, for somebody who reads this language."""
    return _said(session, (got.id, got.reference, campaign_files.of(session, got.id)), got.facts, language)


def of(session: Session, event: Event) -> Iterable[Outgoing]:
    """Return the messages with which staff try a campaign: one in each language that it has."""
    if event.action != Action.CAMPAIGN_TESTED:
        return
    tried, file = (
        campaigns.tried_by(session, event.actor.id, event.subject_id),
        campaign_files.of(session, event.subject_id),
    )
    facts, chat_id = tried.facts, tried.chat_id
    for language in sorted(facts.texts, key=lambda one: one != LANGUAGE_OF_ALL):
        said = _said(session, (event.subject_id, tried.reference, file), facts, language)
        params = {"chat_id": chat_id, **said.params}
        yield Outgoing(Lane.REPLY, chat_id, TRIED, said.method, params, f"try:{event.id}:{language}")
