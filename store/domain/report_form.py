"""The questions of the report form, in order, with their branches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from store.domain.concern import CONCERNS, OTHER_CATEGORY, may_ask_pictures, may_be_watched
from store.domain.questions import STORY_MAX_CHARACTERS, Form, Kind, Option, Question
from store.domain.reference import AnswerKind, Category, ExtraQuestion, Profile, Ward
from store.domain.safety_text import safety_words

MAX_FILES = 20
NAME_MAX_CHARACTERS = 200
EXTRA = "extra."
WHEN = ("now", "today", "last_night", "this_week", "longer_ago")
HAPPENING_NOW = "now"
STILL_GOING = ("yes", "no", "not_sure")
HOW_OFTEN = ("first_time", "sometimes", "weekly", "daily")
IDENTITIES = ("named", "confidential", "anonymous")
OTHER = "other"
"""None of the categories on offer: choose from all of them."""
NOT_SURE = "not_sure"
STORY_STEPS = ("danger", "danger_card", "offer", "group", "category", "what")
"""Steps at which words that answer nothing are more of the story."""
YES_NO = (Option("yes", "form.yes"), Option("no", "form.no"))


def _listed(step: str, codes: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(code, f"report.{step}.{code}") for code in codes)


DANGER = "danger"
_DANGER = Question(DANGER, Kind.CHOICE, "report.danger", YES_NO)
_CARRY_ON = (Option("carry_on", "report.carry_on"),)
_WHAT = Question("what", Kind.WORDS, "report.what", longest=STORY_MAX_CHARACTERS)
WHERE = "where"
_WHERE = Question(WHERE, Kind.PLACE, "report.where", skippable=True)
_SAFE_CONTACT = Question("safe_contact", Kind.CHOICE, "report.safe_contact", YES_NO)
_WHEN = Question("when", Kind.CHOICE, "report.when", _listed("when", WHEN), own_words=True)
_STILL = Question("still", Kind.CHOICE, "report.still", _listed("still", STILL_GOING))
_OFTEN = Question("often", Kind.CHOICE, "report.often", _listed("often", HOW_OFTEN), skippable=True)
_FILES = Question("files", Kind.FILES, "report.files", skippable=True)
_IDENTITY = Question("identity", Kind.CHOICE, "report.identity", _listed("identity", IDENTITIES))
_NAME = Question("name", Kind.WORDS, "report.name", longest=NAME_MAX_CHARACTERS)
_REVIEW = Question("review", Kind.REVIEW, "report.review")


def category_of(profile: Profile, answers: Mapping[str, Any]) -> Category | None:
    """Return the category chosen so far; a group with a single one needs no choice.

    A concern for somebody's safety goes with the category for everything else.
    """
    offered = answers.get("offer", OTHER)
    if offered in CONCERNS:
        return profile.category(OTHER_CATEGORY)
    code = answers.get("category") if offered == OTHER else offered
    if code:
        return profile.category(code)
    only = profile.in_group(answers.get("group", ""))
    return only[0] if len(only) == 1 else None


def takes_files(profile: Profile, answers: Mapping[str, Any]) -> bool:
    """Tell whether the report may keep files, as far as it is known what it is about."""
    concerns = {answers.get("offer", OTHER), *answers.get("cards", {})}
    return may_ask_pictures(category_of(profile, answers), concerns)


def wards_on_offer(profile: Profile, answers: Mapping[str, Any]) -> tuple[Ward, ...]:
    """Return the wards of which the place may be in any; none where that is clear."""
    codes = (answers.get("where") or {}).get("wards") or ()
    return tuple(ward for code in codes for ward in profile.wards if ward.code == code)


def ward_of(profile: Profile, answers: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return the codes of ward and area: the ward the person chose, else that of the place."""
    for ward in wards_on_offer(profile, answers):
        if ward.code == answers.get("ward"):
            return ward.code, ward.area
    place = answers.get("where") or {}
    return place.get("ward"), place.get("area")


def questions(profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    """Return the questions that apply, given the answers so far; `review` is always the last."""
    category = category_of(profile, answers)
    return [
        *_danger(profile, answers),
        *_category(profile, answers),
        *([_SAFE_CONTACT] if may_be_watched(answers) else []),
        *_what_and_where(profile, category, answers),
        *_when(answers),
        *_extra(category),
        *([_FILES] if takes_files(profile, answers) else []),
        *_identity(category, answers),
        _REVIEW,
    ]


def _danger(profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    """Ask for danger first; whoever had the card already need not read it twice."""
    if answers.get("danger") != "yes" or "emergency" in answers.get("cards", {}):
        return [_DANGER]
    card = safety_words(profile, "emergency")
    return [_DANGER, Question("danger_card", Kind.CHOICE, card, _CARRY_ON, card="emergency")]


def _category(profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    """Offer what the story sounds like; else, or for something else, group and category."""
    asked = []
    guess = answers.get("guess", ())
    if guess:
        labels = {category.code: category.label for category in profile.categories}
        options = [Option(code, labels.get(code, f"concern.{code}")) for code in guess]
        asked.append(
            Question("offer", Kind.CHOICE, "report.offer", (*options, Option(OTHER, "report.offer.other")))
        )
        if answers.get("offer") != OTHER:
            return asked
    groups = tuple(Option(group.code, group.label) for group in profile.groups)
    asked.append(Question("group", Kind.CHOICE, "report.group", groups))
    within = profile.in_group(answers.get("group", ""))
    if len(within) != 1:
        choices = tuple(Option(category.code, category.label) for category in within)
        asked.append(Question("category", Kind.CHOICE, "report.category", choices))
    return asked


def _what_and_where(
    profile: Profile, category: Category | None, answers: Mapping[str, Any]
) -> list[Question]:
    """Ask for story and place; the category's advice goes with the first one asked after it was chosen."""
    advice = (category.advice,) if category and category.advice else ()
    told_before = "guess" in answers
    what = _WHAT if told_before else replace(_WHAT, notices=advice)
    where = replace(_WHERE, notices=advice) if told_before else _WHERE
    wards = wards_on_offer(profile, answers)
    if not wards:
        return [what, where]
    names = tuple(Option(ward.code, {"en": ward.name}) for ward in wards)
    options = (*names, Option(NOT_SURE, "report.ward.not_sure"))
    return [what, where, Question("ward", Kind.CHOICE, "report.ward", options)]


def _when(answers: Mapping[str, Any]) -> list[Question]:
    """What happens now is still going on: nobody is asked that."""
    return [_WHEN, _OFTEN] if answers.get("when") == HAPPENING_NOW else [_WHEN, _STILL, _OFTEN]


def _extra(category: Category | None) -> list[Question]:
    return [_asked(extra) for extra in category.questions] if category else []


def _asked(extra: ExtraQuestion) -> Question:
    code = EXTRA + extra.code
    if extra.kind is AnswerKind.TEXT:
        return Question(code, Kind.WORDS, extra.text, skippable=True, group=EXTRA)
    options = (
        YES_NO
        if extra.kind is AnswerKind.YES_NO
        else tuple(Option(choice.code, choice.label) for choice in extra.choices)
    )
    return Question(code, Kind.CHOICE, extra.text, options, skippable=True, group=EXTRA)


def _identity(category: Category | None, answers: Mapping[str, Any]) -> list[Question]:
    note = category.anonymous_note if category else None
    asked = replace(_IDENTITY, notices=(note,)) if note else _IDENTITY
    return [asked, _NAME] if answers.get("identity") == "named" else [asked]


REPORT = Form(
    "report",
    questions,
    {
        "danger": ("danger_card",),
        "offer": ("group", "category", EXTRA),
        "group": ("category", EXTRA),
        "category": (EXTRA,),
        "where": ("ward",),
        "identity": ("name",),
    },
)
