"""Two small forms of residents: answer the team's question, add to an own report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from store.domain.message import MESSAGE_MAX_CHARACTERS
from store.domain.questions import Form, Kind, Option, Question
from store.domain.reference import Profile


def _one(prompt: str, answers: Mapping[str, Any]) -> list[Question]:
    return [
        Question(
            "text",
            Kind.WORDS,
            prompt,
            longest=MESSAGE_MAX_CHARACTERS,
            values={"reference": answers["reference"]},
        )
    ]


def _answer(_profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    return _one("answer.prompt", answers)


def _add(_profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    return _one("add.prompt", answers)


def _which(_profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    values, new = {"reference": answers["reference"]}, Option("new", "inbound.no")
    if "question" not in answers:
        more = Option("answer", "inbound.add")
        return [Question("which", Kind.CHOICE, "inbound.more", (more, new), values=values)]
    yes, values = Option("answer", "inbound.yes"), values | {"question": answers["asked_for"]}
    return [Question("which", Kind.CHOICE, "inbound.which", (yes, new), values=values)]


ANSWER = Form("answer", _answer)
"""Answers `question` (its id) and `reference` are set when the form opens."""
ADD = Form("add", _add)
"""Answer `reference` is set when the form opens."""
WHICH = Form("which", _which)
"""What words out of the blue meant while a question is open, or just after a report was sent.

Set when it opens: `reference`, with a question also `question` as in `ANSWER` and `asked_for` (its
words), `parts` (their messages by number), `cards` (the safety cards that they brought, with versions).
"""
