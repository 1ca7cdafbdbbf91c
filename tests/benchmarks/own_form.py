"""Our own report form, answered: the steps that every bot of the benchmark goes through."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.chat.keyboards import stacked
from notifications.buttons import FormTap
from notifications.wording import say, translated
from store.domain.questions import Kind, Question
from store.domain.reference import Profile
from store.domain.report_form import questions
from store.profile.load import load
from tests.benchmarks.form import Row, Step

LANGUAGE = "en"
TYPED = {
    "what": "Fireworks are set off behind the flats every evening, close to parked cars. Children run about.",
    "where": "Behind the flats on Northdown Road, Cliftonville, near the bus stop",
}
TAPPED = {
    "danger": "no",
    "group": "fire",
    "category": "fire.fireworks",
    "when": "today",
    "still": "no",
    "often": "sometimes",
    "extra.thrown": "no",
    "extra.late": "no",
    "files": "~s",
    "identity": "confidential",
    "review": "~ok",
}


def steps() -> tuple[Step, ...]:
    """Return the steps from the first question to the review, as our own form would ask them."""
    profile = load("thanet")
    return tuple(_step(question, number) for number, question in enumerate(_asked(profile)))


def _asked(profile: Profile) -> Iterator[Question]:
    answers = {**TYPED, **TAPPED}
    # What is typed as a place is understood as one; which place it is changes no question here.
    for question in questions(profile, {**answers, "where": {}}):
        if question.code not in answers:
            raise ValueError(f"the benchmark has no answer to {question.code}")
        yield question


def _step(question: Question, number: int) -> Step:
    notices = [translated(LANGUAGE, notice) for notice in question.notices]
    text = "\n\n".join([*notices, translated(LANGUAGE, question.prompt)])
    typed = question.code in TYPED
    answer = TYPED[question.code] if typed else TAPPED[question.code]
    return Step(question.code, text, tuple(_rows(question, number)), answer, typed)


def _rows(question: Question, number: int) -> Iterator[Row]:
    numbered = len(question.options) > 2
    options = [
        (
            f"{n}. {translated(LANGUAGE, o.label)}" if numbered else translated(LANGUAGE, o.label),
            FormTap("report", question.code, number, o.code),
        )
        for n, o in enumerate(question.options, 1)
    ]
    for row in stacked(options):
        yield tuple((label, tap.value) for label, tap in row if isinstance(tap, FormTap))
    if question.kind is Kind.REVIEW:
        yield ((say(LANGUAGE, "report.send"), "~ok"),)
        yield ((say(LANGUAGE, "report.change"), "~c"),)
    navigation = [(say(LANGUAGE, "form.back"), "~b")] if number else []
    if question.skippable:
        navigation.append((say(LANGUAGE, "form.skip"), "~s"))
    yield (*navigation, (say(LANGUAGE, "form.cancel"), "~x"))
