"""The first questions of a campaign that is written in chat, in English: with the answers it is a draft.

Everything else is asked part by part once the draft is there, see `campaign_part`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from store.domain.campaign import (
    LANGUAGE_OF_ALL,
    TEXT_MAX_CHARACTERS,
    TITLE_MAX_CHARACTERS,
    TOPICS,
    CampaignFacts,
)
from store.domain.language import LANGUAGE_NAMES
from store.domain.questions import Form, Kind, Option, Question
from store.domain.reference import Profile
from store.domain.subscription import Topic

TITLE, TOPIC = "title", "topic"
TEXT = "text_"
"""How the codes of the questions for the words in one language begin."""
ENGLISH = TEXT + LANGUAGE_OF_ALL
PLACEHOLDERS = "{partnership}, {council} and {email} in it stand for what they are called here."
REFERENCE, VERSION = "reference", "version"
"""Answers that are none: which campaign a form is about, and as of which version."""
CHANGED = "changed"
"""The answer that is none: what somebody else did meanwhile, in words."""
CARD = "card"
"""The question, and its answer, that lead to the card of a campaign."""
AGAIN, MINE = "again", "mine"
"""The question whether to write it all the same, and the answer that does."""

ASK_TITLE = Question(
    TITLE,
    Kind.WORDS,
    {"en": "What shall the campaign be called? Only staff see its name."},
    longest=TITLE_MAX_CHARACTERS,
)
ASK_TOPIC = Question(
    TOPIC,
    Kind.CHOICE,
    {"en": "What must people have subscribed to?"},
    tuple(Option(topic.value, f"subscribe.topic.{topic.value}") for topic in TOPICS),
)
_ASK_ENGLISH = Question(
    ENGLISH,
    Kind.WORDS,
    {"en": f"Write what it says, in {LANGUAGE_NAMES[LANGUAGE_OF_ALL]}. {PLACEHOLDERS}"},
    longest=TEXT_MAX_CHARACTERS,
)


def _questions(_profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    return [_ask_for_card(answers)] if REFERENCE in answers else [ASK_TITLE, ASK_TOPIC, _ASK_ENGLISH]


def _ask_for_card(answers: Mapping[str, Any]) -> Question:
    """Return what is asked in place of going on with a change that was begun before each part had its own."""
    said = (
        f"You had begun to change the campaign {answers[REFERENCE]}, and sent nothing in yet. A campaign is "
        "changed part by part now, from its card, where each part is kept at once: please begin there again. "
        "The campaign itself is as it was."
    )
    return Question(CARD, Kind.CHOICE, {"en": said}, (Option(CARD, {"en": "Open its card"}),))


CAMPAIGN = Form("campaign", _questions)
"""With `REFERENCE` a change of one that is there, as this form asked for before: it leads to its card."""


def facts_of(answers: Mapping[str, Any]) -> CampaignFacts:
    """Return what the answers say of a new campaign; all else is as it is where nothing is said."""
    return CampaignFacts(answers[TITLE], Topic(answers[TOPIC]), {LANGUAGE_OF_ALL: answers[ENGLISH]})


def ask_again(answers: Mapping[str, Any]) -> list[Question]:
    """Return the question that comes last once somebody else changed the campaign meanwhile."""
    if CHANGED not in answers:
        return []
    mine = Option(MINE, {"en": "Put mine in all the same"})
    return [Question(AGAIN, Kind.CHOICE, {"en": answers[CHANGED]}, (mine,))]
