"""One engine for every form: questions as data, and what an answer does to a draft.

A form is a function from answers to the questions that apply, in order. The next question is
always the first that is not settled, so going back, changing one answer and branching need no
rules of their own. A surface (chat, later a web page) only renders questions and hands over
inputs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from store.domain.draft import Draft
from store.domain.errors import Refusal
from store.domain.reference import Profile, Text

WORDS_MAX_CHARACTERS = 500
STORY_MAX_CHARACTERS = 20_000
TICKED = "ticked"
"""Where a draft keeps what is ticked at each question, until it is settled and after."""


class Kind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    TICKS = "ticks"
    WORDS = "words"
    PLACE = "place"
    FILES = "files"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer on offer. `label` is a wording key, or words with their languages inside.

    Of several that may be ticked, one that is `alone` goes with no other.
    """

    code: str
    label: str | Text
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `prompt` is a wording key, or words with their languages inside.

    Questions of one `group` can be skipped together (it is how their codes begin).
    `own_words` lets a choice be answered in other words, and ticks by naming or sharing a place; `longest`
    is in characters; `notices` are said before the prompt; `card` is the code of the safety text that is
    the prompt.
    """

    code: str
    kind: Kind
    prompt: str | Text
    options: tuple[Option, ...] = ()
    own_words: bool = False
    skippable: bool = False
    longest: int = WORDS_MAX_CHARACTERS
    group: str = ""
    notices: tuple[str | Text, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    card: str | None = None

    def option(self, code: str) -> Option | None:
        """Return the option with this code, if it is on offer."""
        return next((option for option in self.options if option.code == code), None)


Questions = Callable[[Profile, Mapping[str, Any]], Sequence[Question]]


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its questions, and which answers fall when another one changes."""

    code: str
    questions: Questions
    dependents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def first(form: Form, profile: Profile, answers: Mapping[str, Any]) -> Question:
    """Return the question to ask now: the first that is not settled."""
    asked = form.questions(profile, answers)
    return next((q for q in asked if q.code not in answers), asked[-1])


def complete(form: Form, profile: Profile, draft: Draft) -> bool:
    """Tell whether every question is settled; a review never is, it is sent by hand."""
    return all(q.code in draft.answers for q in form.questions(profile, draft.answers))


def current(form: Form, profile: Profile, draft: Draft) -> Question:
    """Return the question the draft stands at (the first open one if that no longer applies)."""
    for question in form.questions(profile, draft.answers):
        if question.code == draft.step:
            return question
    return first(form, profile, draft.answers)


def settle(form: Form, profile: Profile, draft: Draft, code: str, answer: Any) -> Draft:
    """Return the draft with this answer, standing at the next question.

    An answer that others hang on (a category) takes those out when it changes.
    """
    if draft.answers.get(code, answer) != answer:
        prefixes = form.dependents.get(code, ())
        draft = draft.without(*(fallen for fallen in draft.answers if fallen.startswith(prefixes)))
    answers = {**draft.answers, code: answer}
    return draft.moved(first(form, profile, answers).code, **{code: answer})


def back(form: Form, profile: Profile, draft: Draft) -> Draft:
    """Return the draft at the question before this one (the first stays the first)."""
    codes = [q.code for q in form.questions(profile, draft.answers)]
    here = codes.index(draft.step) if draft.step in codes else len(codes)
    return draft.moved(codes[max(0, here - 1)])


def go_to(form: Form, profile: Profile, draft: Draft, code: str) -> Draft:
    """Return the draft at a question of the form, or at the first open one before it.

    `Refusal` where the question does not apply.
    """
    if code not in {q.code for q in form.questions(profile, draft.answers)}:
        raise Refusal("form.old_button")
    return draft.moved(standing(form, profile, draft.answers, code))


def standing(form: Form, profile: Profile, answers: Mapping[str, Any], wanted: str) -> str:
    """Return the wanted step, or the first open one before it: no step is ever jumped over."""
    for question in form.questions(profile, answers):
        if question.code == wanted or question.code not in answers:
            return question.code
    return first(form, profile, answers).code


def skip(form: Form, profile: Profile, draft: Draft) -> Draft:
    """Settle the question without an answer; `Refusal` where one is needed."""
    question = current(form, profile, draft)
    if not question.skippable:
        raise Refusal("form.cannot_skip")
    return settle(form, profile, draft, question.code, None)


def skip_group(form: Form, profile: Profile, draft: Draft) -> Draft:
    """Settle all open questions of this question's group without an answer."""
    question = current(form, profile, draft)
    asked = form.questions(profile, draft.answers)
    left = [q for q in asked if q.group and q.group == question.group and q.code not in draft.answers]
    skipped = {**draft.answers, question.code: None, **dict.fromkeys(q.code for q in left)}
    return draft.moved(first(form, profile, skipped).code, **skipped)


def ticked(draft: Draft, code: str) -> tuple[str, ...]:
    """Return the options of a question that are ticked so far, in the order they were."""
    return tuple(draft.answers.get(TICKED, {}).get(code, ()))


def tick(draft: Draft, question: Question, codes: Sequence[str]) -> Draft:
    """Return the draft with these options of the question ticked, those that were so no more."""
    chosen = list(ticked(draft, question.code))
    for option in filter(None, map(question.option, codes)):
        if option.code in chosen:
            chosen.remove(option.code)
        elif option.alone:
            chosen = [option.code]
        else:
            alone = {other.code for other in question.options if other.alone}
            chosen = [code for code in chosen if code not in alone] + [option.code]
    return draft.moved(draft.step).noting(TICKED, {question.code: chosen})


def all_ticked(draft: Draft, question: Question) -> list[str]:
    """Return what is ticked as the answer, in the order of the options; `Refusal` where nothing is."""
    chosen = [option.code for option in question.options if option.code in ticked(draft, question.code)]
    if not chosen:
        raise Refusal("form.tick")
    return chosen


def check_words(question: Question, text: str) -> str:
    """Return the text as it will be kept; `Refusal` where it says nothing or is too long."""
    kept = clean(text)
    if not any(character.isalnum() for character in kept):
        raise Refusal("form.no_words")
    if len(kept) > question.longest:
        raise Refusal("form.too_long", length=len(kept), longest=question.longest)
    return kept


_CONTROLS = {*range(0x20), *range(0x7F, 0xA0)} - {ord("\t"), ord("\n")}
_DIRECTIONS = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF}
_HALVES = set(range(0xD800, 0xE000))
_FORBIDDEN = dict.fromkeys(_CONTROLS | _DIRECTIONS | _HALVES)


def clean(text: str) -> str:
    """Return the text without control characters, direction overrides and half characters, trimmed.

    Overrides (U+202A to U+202E, U+2066 to U+2069) can make text read as something it is not.
    """
    return text.replace("\r\n", "\n").translate(_FORBIDDEN).strip()


def pick(labels: Sequence[tuple[str, str]], text: str) -> str | None:
    """Return the code of the option that the text means: its number, its label, or its start.

    `labels` are (code, label) in the order shown. A start that fits two options means neither.
    """
    said = " ".join(text.casefold().replace("\u2019", "'").split()).strip(" .!,)")
    if said.isdecimal():
        number = int(said) if len(said) < 4 else 0  # noqa: PLR2004 - nobody offers a thousand
        return labels[number - 1][0] if 0 < number <= len(labels) else None
    plain = [(code, " ".join(label.casefold().split())) for code, label in labels]
    exact = [code for code, label in plain if label == said]
    starts = [code for code, label in plain if said and label.startswith(said)]
    found = exact or starts
    return found[0] if len(found) == 1 else None


_AND = frozenset(["and", "i", "oraz", "a", "și", "şi", "si", "та", "і", "й"])


def pick_several(labels: Sequence[tuple[str, str]], text: str) -> list[str]:
    """Return the codes of the options that the text means: numbers ("1 and 3") or labels, none twice.

    Empty where any part of it means none.
    """
    whole = pick(labels, text)
    if whole is not None:
        return [whole]
    told = [word for word in re.split(r"[\s,;&+.]+", text.casefold()) if word and word not in _AND]
    parts = told if all(word.isdecimal() for word in told) else text.split(",")
    found = [pick(labels, part) for part in parts]
    return [] if None in found else list(dict.fromkeys(filter(None, found)))
