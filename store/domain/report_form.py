"""The questions of the report form, in order, with their branches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from store.domain.questions import STORY_MAX_CHARACTERS, Form, Kind, Option, Question
from store.domain.reference import AnswerKind, Category, ExtraQuestion, Profile

MAX_FILES = 20
NAME_MAX_CHARACTERS = 200
EXTRA = "extra."
WHEN = ("now", "today", "last_night", "this_week", "longer_ago")
HAPPENING_NOW = "now"
STILL_GOING = ("yes", "no", "not_sure")
HOW_OFTEN = ("first_time", "sometimes", "weekly", "daily")
IDENTITIES = ("named", "confidential", "anonymous")
YES_NO = (Option("yes", "form.yes"), Option("no", "form.no"))


def _listed(step: str, codes: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(code, f"report.{step}.{code}") for code in codes)


_DANGER = Question("danger", Kind.CHOICE, "report.danger", YES_NO)
_CARRY_ON = (Option("carry_on", "report.carry_on"),)
_WHAT = Question("what", Kind.WORDS, "report.what", longest=STORY_MAX_CHARACTERS)
_WHERE = Question("where", Kind.PLACE, "report.where", skippable=True)
_WHEN = Question("when", Kind.CHOICE, "report.when", _listed("when", WHEN), own_words=True)
_STILL = Question("still", Kind.CHOICE, "report.still", _listed("still", STILL_GOING))
_OFTEN = Question("often", Kind.CHOICE, "report.often", _listed("often", HOW_OFTEN), skippable=True)
_FILES = Question("files", Kind.FILES, "report.files", skippable=True)
_IDENTITY = Question("identity", Kind.CHOICE, "report.identity", _listed("identity", IDENTITIES))
_NAME = Question("name", Kind.WORDS, "report.name", longest=NAME_MAX_CHARACTERS)
_REVIEW = Question("review", Kind.REVIEW, "report.review")


def category_of(profile: Profile, answers: Mapping[str, Any]) -> Category | None:
    """Return the category chosen so far; a group with a single one needs no choice."""
    if answers.get("category"):
        return profile.category(answers["category"])
    only = profile.in_group(answers.get("group", ""))
    return only[0] if len(only) == 1 else None


def questions(profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    """Return the questions that apply, given the answers so far; `review` is always the last."""
    category = category_of(profile, answers)
    return [
        *_opening(profile, answers),
        *_what_and_where(category),
        *_when(answers),
        *_extra(category),
        *_files(category),
        *_identity(category, answers),
        _REVIEW,
    ]


def _opening(profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    asked = [_DANGER]
    if answers.get("danger") == "yes":
        card = profile.safety("emergency").text
        asked.append(Question("danger_card", Kind.CHOICE, card, _CARRY_ON))
    groups = tuple(Option(group.code, group.label) for group in profile.groups)
    asked.append(Question("group", Kind.CHOICE, "report.group", groups))
    within = profile.in_group(answers.get("group", ""))
    if len(within) != 1:
        choices = tuple(Option(category.code, category.label) for category in within)
        asked.append(Question("category", Kind.CHOICE, "report.category", choices))
    return asked


def _what_and_where(category: Category | None) -> list[Question]:
    what = replace(_WHAT, notices=(category.advice,)) if category and category.advice else _WHAT
    return [what, _WHERE]


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


def _files(category: Category | None) -> list[Question]:
    if category and not category.asks_pictures:
        return []
    return [_FILES]


def _identity(category: Category | None, answers: Mapping[str, Any]) -> list[Question]:
    note = category.anonymous_note if category else None
    asked = replace(_IDENTITY, notices=(note,)) if note else _IDENTITY
    return [asked, _NAME] if answers.get("identity") == "named" else [asked]


REPORT = Form(
    "report",
    questions,
    {
        "danger": ("danger_card",),
        "group": ("category", EXTRA),
        "category": (EXTRA,),
        "identity": ("name",),
    },
)
