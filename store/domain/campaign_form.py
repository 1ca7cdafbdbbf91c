"""The questions of a campaign that is written in chat, and what its answers say of it. Staff read English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from store.domain.campaign import (
    LANGUAGE_OF_ALL,
    LINK_MAX_CHARACTERS,
    TEXT_MAX_CHARACTERS,
    TITLE_MAX_CHARACTERS,
    TOPICS,
    CampaignFacts,
    filled,
)
from store.domain.errors import Refusal
from store.domain.language import LANGUAGE_NAMES
from store.domain.questions import TICKED, Form, Kind, Option, Question
from store.domain.reference import LANGUAGES, District, Profile
from store.domain.subscription import Topic
from store.domain.subscription_form import EVERYWHERE, places_for_staff
from store.domain.time_ahead import time_ahead

TITLE, TOPIC, WHERE, LINK, WHEN, REVIEW = "title", "topic", "where", "link", "when", "review"
TEXT = "text_"
"""How the codes of the questions for the words in one language begin."""
NOW = "now"
KEEP = "keep"
"""The answer at the review that leaves it a draft."""
REFERENCE, VERSION = "reference", "version"
"""Answers that are none: which campaign is changed, as of which version; without them it is a new one."""


def _text(code: str) -> Question:
    name = LANGUAGE_NAMES[code]
    if code == LANGUAGE_OF_ALL:
        asked = (
            f"Write what it says, in {name}. {{partnership}}, {{council}} and {{email}} in it stand for what "
            "they are called here."
        )
        return Question(TEXT + code, Kind.WORDS, {"en": asked}, longest=TEXT_MAX_CHARACTERS)
    asked = f"The same in {name}? Without it, people who read {name} get the English words."
    return Question(
        TEXT + code, Kind.WORDS, {"en": asked}, skippable=True, longest=TEXT_MAX_CHARACTERS, group=TEXT
    )


_TITLE = Question(
    TITLE,
    Kind.WORDS,
    {"en": "What shall the campaign be called? Only staff see its name."},
    longest=TITLE_MAX_CHARACTERS,
)
_TOPIC = Question(
    TOPIC,
    Kind.CHOICE,
    {"en": "What must people have subscribed to?"},
    tuple(Option(topic.value, f"subscribe.topic.{topic.value}") for topic in TOPICS),
)
_TEXTS = tuple(_text(code) for code in LANGUAGES)
_WHERE = Question(WHERE, Kind.TICKS, {"en": "For people from where? Tap all that you want, then Done."})
_LINK = Question(
    LINK,
    Kind.WORDS,
    {"en": "A link under it, to read more? It begins with https://"},
    skippable=True,
    longest=LINK_MAX_CHARACTERS,
)
_WHEN = Question(
    WHEN,
    Kind.CHOICE,
    {
        "en": "When shall it go out? Tap the button, or write a day and a time: “Friday 9am”, “5 December "
        "14:30”, “tomorrow at 10”. A day alone means nine in the morning."
    },
    (Option(NOW, {"en": "As soon as it is approved"}),),
    own_words=True,
)
_REVIEW = Question(REVIEW, Kind.REVIEW, {"en": ""}, (Option(KEEP, {"en": "Keep as draft"}),))


def _questions(profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    chosen = set(answers.get(WHERE) or ()) - {EVERYWHERE}
    on_offer = chosen | {area.code for area in profile.areas}
    places = [Option(code, {"en": name}) for code, name in places_for_staff(profile, on_offer)]
    where = replace(_WHERE, options=(Option(EVERYWHERE, {"en": "Everywhere"}, alone=True), *places))
    return [_TITLE, _TOPIC, *_TEXTS, where, _LINK, _WHEN, _REVIEW]


CAMPAIGN = Form("campaign", _questions)
"""Set when it opens for one that is there: what `answers_of` returns, `REFERENCE` and `VERSION`."""
LABELS: Mapping[str, str] = {
    TITLE: "Name",
    TOPIC: "What people subscribed to",
    **{TEXT + code: f"Words in {LANGUAGE_NAMES[code]}" for code in LANGUAGES},
    WHERE: "Areas",
    LINK: "Link",
    WHEN: "When",
}
"""What can be changed at the review, and what it is called there."""


def checked_answer(code: str, answer: Any, district: District, at: datetime) -> Any:
    """Return the answer as it is kept: of a time in words the instant, as text.

    Refusals: `campaign.bad_placeholder`, `campaign.bad_link`, `campaign.time_unreadable`,
    `campaign.in_past`.
    """
    if answer is not None and code.startswith(TEXT):
        filled(answer, district)
    if code == LINK and answer is not None and not answer.startswith("https://"):
        raise Refusal("campaign.bad_link")
    if code == WHEN and isinstance(answer, dict):
        return _instant(answer["words"], at).isoformat()
    return answer


def _instant(said: str, at: datetime) -> datetime:
    found = time_ahead(said, at)
    if found is None:
        raise Refusal("campaign.time_unreadable")
    if found <= at:
        raise Refusal("campaign.in_past")
    return found


def facts_of(answers: Mapping[str, Any], before: CampaignFacts | None = None) -> CampaignFacts:
    """Return what the answers say of a campaign; what is not asked stays as it was `before`."""
    said: dict[str, Any] = {
        "title": answers[TITLE],
        "topic": Topic(answers[TOPIC]),
        "texts": {code: text for code in LANGUAGES if (text := answers[TEXT + code])},
        "places": frozenset(answers[WHERE]) - {EVERYWHERE},
        "link": answers[LINK],
        "send_at": datetime.fromisoformat(answers[WHEN]) if answers[WHEN] != NOW else None,
    }
    return CampaignFacts(**said) if before is None else replace(before, **said)


def answers_of(facts: CampaignFacts) -> dict[str, Any]:
    """Return the answers that say this of a campaign."""
    where = sorted(facts.places) or [EVERYWHERE]
    return {
        TITLE: facts.title,
        TOPIC: facts.topic.value,
        **{TEXT + code: facts.texts.get(code) for code in LANGUAGES},
        WHERE: where,
        TICKED: {WHERE: where},
        LINK: facts.link,
        WHEN: facts.send_at.isoformat() if facts.send_at is not None else NOW,
    }
