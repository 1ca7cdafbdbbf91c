"""How a report reads back to whoever tells it, before it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.chat.turn import Turn
from notifications.pieces import shortened
from notifications.wording import say_many, translated
from store.domain.draft import Draft
from store.domain.questions import Kind, Question
from store.domain.report_form import REPORT

REVIEW_MAX_CHARACTERS = 600
LABEL_MAX_CHARACTERS = 40
NOT_REVIEWED = frozenset({"danger_card", "review"})


def whole(turn: Turn, draft: Draft) -> str:
    """Return the whole report in the person's language, to be checked."""
    lines = [
        f"{_label(turn, question)}: {_shown(turn, draft, question)}" for question in _reviewed(turn, draft)
    ]
    return "\n".join([turn.words("report.review"), "", *lines])


def changeable(turn: Turn, draft: Draft) -> Sequence[tuple[str, str]]:
    """Return the questions whose answers can be changed, with their labels."""
    return [
        (question.code, shortened(_label(turn, question), LABEL_MAX_CHARACTERS))
        for question in _reviewed(turn, draft)
    ]


def _label(turn: Turn, question: Question) -> str:
    if isinstance(question.prompt, str):
        return turn.words(f"report.label.{question.code}")
    return translated(turn.language, question.prompt)


def _reviewed(turn: Turn, draft: Draft) -> list[Question]:
    asked = REPORT.questions(turn.reference.profile, draft.answers)
    return [question for question in asked if question.code not in NOT_REVIEWED]


def _shown(turn: Turn, draft: Draft, question: Question) -> str:
    answer = draft.answers.get(question.code)
    if question.kind is Kind.FILES:
        count = len(draft.answers.get("evidence", ()))
        return say_many(turn.language, "files.count", count) if count else _none(turn)
    if answer is None:
        return _none(turn)
    if question.kind is Kind.PLACE:
        return _place_shown(turn, answer)
    if isinstance(answer, dict):
        return shortened(answer["words"], REVIEW_MAX_CHARACTERS)
    option = question.option(answer)
    if option is not None:
        return translated(turn.language, option.label)
    return shortened(str(answer), REVIEW_MAX_CHARACTERS)


def _place_shown(turn: Turn, place: Mapping[str, Any]) -> str:
    """Return the place in the person's words, with what we make of it."""
    said = place.get("words") or turn.words("place.on_map")
    ward = next((w.name for w in turn.reference.profile.wards if w.code == place.get("ward")), None)
    known = place.get("neighbour") if place.get("outside") else ward
    return f"{said} ({known})" if known else said


def _none(turn: Turn) -> str:
    return turn.words("report.no_answer")
