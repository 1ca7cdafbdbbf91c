"""The small forms of staff in chat: one deed each, about one report or case.

The answer `reference` is set when a form opens. Staff read English.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from store.domain.case import OUTCOME_LABELS
from store.domain.message import MESSAGE_MAX_CHARACTERS
from store.domain.questions import Form, Kind, Option, Question, Questions
from store.domain.reference import Profile
from store.domain.report import REASON_LABELS, REASONS, ReportState


def _words(prompt: str, code: str = "text", *, skippable: bool = False) -> Question:
    text = {"en": prompt}
    return Question(code, Kind.WORDS, text, skippable=skippable, longest=MESSAGE_MAX_CHARACTERS)


def _choice(code: str, prompt: str, options: Mapping[str, str], *, own_words: bool = False) -> Question:
    offered = tuple(Option(value, {"en": label}) for value, label in options.items())
    return Question(code, Kind.CHOICE, {"en": prompt}, offered, own_words=own_words)


def _one(prompt: str) -> Questions:
    def questions(_profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
        return [_words(prompt.format(reference=answers["reference"]))]

    return questions


def _ending(state: ReportState, prompt: str) -> Questions:
    reasons = {reason.value: REASON_LABELS[reason] for reason in REASONS[state]}

    def questions(_profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
        asked = f"Report {answers['reference']}: what is the reason?"
        return [_choice("reason", asked, reasons), _words(prompt, "words", skippable=True)]

    return questions


def _closing(_profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    outcomes = {outcome.value: label for outcome, label in OUTCOME_LABELS.items()}
    return [
        _choice("outcome", f"How did case {answers['reference']} end?", outcomes),
        _words("What shall the people who reported it be told? Every one of them gets these words.", "words"),
    ]


def _adding(_profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    suggested = dict(answers["suggested"])
    how = "Tap one, or type the reference of a case." if suggested else "Type the reference of the case."
    asked = f"Which case does report {answers['reference']} belong to? {how}"
    return [_choice("case", asked, suggested, own_words=True)]


ASK = Form("staff_ask", _one("What do you want to ask the reporter of {reference}?"))
REPLY = Form("staff_reply", _one("What do you want to tell the reporter of {reference}?"))
NOTE = Form("staff_note", _one("Write your note about {reference}. Only staff will see it."))
SIGNPOST = Form(
    "staff_signpost",
    _ending(ReportState.SIGNPOSTED, "Who can help? The reporter gets these words. Skip to send none."),
)
REJECT = Form(
    "staff_reject",
    _ending(ReportState.REJECTED, "What shall the reporter be told? Skip to send no words."),
)
CLOSE = Form("staff_close", _closing)
REOPEN = Form("staff_reopen", _one("Why is case {reference} opened again? Only staff will see it."))
SEND_BACK = Form(
    "staff_send_back", _one("Why does campaign {reference} go back? Its author reads these words.")
)
ADD_TO_CASE = Form("staff_add", _adding)
"""Answer `suggested` holds pairs of a case's reference and label; another may be typed."""
