"""A small form of residents: a question or concern for the agenda of a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from store.domain.agenda import QUESTION_MAX_CHARACTERS
from store.domain.questions import Form, Kind, Option, Question
from store.domain.reference import Profile

WORDS, SEND_AS = "words", "send_as"
SEND, REPORT_IT = "question", "report"
LOOKS_LIKE_REPORT = "looks_like_report"
"""Set with the words where they tell of something that happens to somebody."""


def _questions(_profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    values = {"title": answers["title"]}
    told = answers.get(LOOKS_LIKE_REPORT)
    first, second = Option(SEND, "agenda.send"), Option(REPORT_IT, "agenda.report_it")
    return [
        Question(WORDS, Kind.WORDS, "agenda.ask", longest=QUESTION_MAX_CHARACTERS, values=values),
        Question(
            SEND_AS,
            Kind.CHOICE,
            "agenda.like_report" if told else "agenda.check",
            (second, first) if told else (first, second),
            values=values,
        ),
    ]


AGENDA_QUESTION = Form("agenda_question", _questions)
"""Answers `reference` and `title`, the meeting's, are set when the form opens."""
