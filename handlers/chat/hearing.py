"""Hear answers that were not tapped: typed words, shared places, edited messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from handlers.chat import places, safety
from handlers.chat.chat_form import FORMS
from handlers.chat.form_keyboard import CHANGE, SEND, SKIP, USE
from handlers.chat.forms import act, ask, found_in, go_on, question_of, settle
from handlers.chat.resident import story
from handlers.chat.short_words import STEERING
from handlers.chat.turn import Turn
from notifications.buttons import FormTap
from notifications.wording import say, translated
from store.domain import questions as engine
from store.domain.draft import ASKED, HIDDEN, TOLD_AT, Draft
from store.domain.errors import Refusal
from store.domain.questions import Kind, Question
from store.domain.report_form import DANGER, REPORT, WHERE
from store.domain.yes_or_no import yes_or_no


def beside_the_form(turn: Turn, text: str) -> str | None:
    """Return what typed words answer to the question asked beside the form, if one is open."""
    draft = turn.draft
    if draft is None or ASKED not in draft.answers:
        return None
    turn.draft = draft.without(ASKED)
    if draft.answers[ASKED] == HIDDEN:
        return None
    options = BESIDE[draft.answers[ASKED]]
    for language in (turn.language, "en"):
        labels = [(code, say(language, key)) for code, key in options]
        yes_no = [(code, say(language, key)) for (code, _), key in zip(options, YES_NO, strict=True)]
        found = engine.pick(labels, text) or engine.pick(yes_no, text)
        if found:
            return found
    return None


def picks(turn: Turn, text: str) -> bool:
    """Tell whether words choose an option of the question at hand, or navigate."""
    draft = turn.draft
    if draft is None:
        return False
    question = question_of(turn, draft)
    return _picked(turn, question, text) is not None or _command(turn, text, question) is not None


def heard_words(turn: Turn, text: str) -> None:
    """Hear typed words as the answer to the question at hand."""
    draft = turn.draft
    if draft is None:
        return
    try:
        _hear(turn, draft, text)
    except Refusal as refusal:
        _refused(turn, text, refusal)


def _refused(turn: Turn, text: str, refusal: Refusal, *, fresh: bool = False) -> None:
    """Say why words are no answer; a safety card says that they are kept, so then they are."""
    try:
        draft = turn.draft
        if turn.cards and draft is not None and FORMS[draft.form].keep_words(turn, draft, text):
            return
    except Refusal as longer:
        refusal = longer
    why = FORMS[turn.draft.form].refused(turn, refusal) if turn.draft is not None else ""
    ask(turn, why, fresh=fresh)


def screen(turn: Turn, text: str) -> None:
    """Show the cards that words call for, unless they are those of a form of staff about others."""
    if turn.draft is None or FORMS[turn.draft.form].screened:
        safety.screen(turn, text)


def _hear(turn: Turn, draft: Draft, text: str) -> None:
    question = question_of(turn, draft)
    value = _command(turn, text, question)
    if value is not None:
        act(turn, draft, FormTap(draft.form, draft.step, draft.version, value))
        return
    if question.kind is Kind.TICKS and (codes := _several(turn, question, text)):
        turn.draft = engine.tick(draft, question, codes)
        ask(turn)
        return
    picked = _picked(turn, question, text)
    if picked is None:
        screen(turn, text)
        draft = turn.draft or draft
        if FORMS[draft.form].more_words(turn, draft, text):
            return
    else:
        draft = _with_words(turn, draft, question, text).without(TOLD_AT)
    settled = _settled(turn, draft, question, _answer(turn, question, text))
    notices = safety.footer(turn) if picked is None and draft.form == REPORT.code else ()
    go_on(turn, settled, *notices)


def _with_words(turn: Turn, draft: Draft, question: Question, text: str) -> Draft:
    """Return the draft with what is said besides yes or no where danger is asked for."""
    if question.code != DANGER or len(text.split()) == 1:
        return draft
    FORMS[draft.form].add_words(turn, draft, text)
    return turn.draft or draft


def _settled(turn: Turn, draft: Draft, question: Question, answer: Any) -> Draft:
    settled = settle(turn, draft, question, answer)
    if turn.message is not None:
        settled = settled.from_message(turn.message.message_id, question.code)
    return settled


def heard_point(turn: Turn, lat: float, lon: float, words: str) -> None:
    """Hear a shared location or venue as the answer to "where", now or when that is asked."""
    draft = turn.draft
    if draft is None:
        return
    question = question_of(turn, draft)
    to_be_ticked = question.kind is Kind.TICKS and question.own_words
    if question.kind is not Kind.PLACE and not to_be_ticked and draft.form != REPORT.code:
        ask(turn, turn.words("form.choose_one" if question.options else "form.only_words"))
        return
    try:
        found = places.at_point(turn, lat, lon, words)
    except Refusal as refusal:
        ask(turn, turn.words(refusal.key, **refusal.values))
        return
    if question.kind is Kind.PLACE:
        go_on(turn, _settled(turn, draft, question, found))
    elif to_be_ticked:
        FORMS[draft.form].heard_place(turn, draft, found)
    elif draft.answers.get(WHERE):
        _changed(turn, draft, next(q for q in _asked(turn, draft) if q.code == WHERE), found)
    else:
        turn.draft = story.pin(turn, draft, found)
        ask(turn, turn.words("place.kept_for_later"), fresh=True)


def _asked(turn: Turn, draft: Draft) -> Sequence[Question]:
    return FORMS[draft.form].form.questions(turn.reference.profile, draft.answers)


def _changed(turn: Turn, draft: Draft, question: Question, answer: Any) -> None:
    """Change an answer given before, and ask on from where the form stands then."""
    changed = _settled(turn, draft, question, answer)
    form, profile = FORMS[draft.form].form, turn.reference.profile
    turn.draft = replace(changed, step=engine.standing(form, profile, changed.answers, draft.step))
    ask(turn, turn.words("report.changed_answer"), fresh=True)


def edited(turn: Turn, text: str) -> bool:
    """Hear an edited message: the answer it once gave is changed. False if it gave none."""
    draft = turn.draft
    if draft is None or turn.message is None:
        return False
    code = draft.sources.get(str(turn.message.message_id))
    question = next((q for q in _asked(turn, draft) if q.code == code), None)
    if question is None:
        return False
    if _picked(turn, question, text) is None:
        screen(turn, text)
    draft = turn.draft or draft
    try:
        answer = _answer(turn, question, text)
    except Refusal as refusal:
        _refused(turn, text, refusal, fresh=True)
        return True
    _changed(turn, draft, question, answer)
    return True


def _answer(turn: Turn, question: Question, text: str) -> Any:
    """Return what the words mean as an answer to this question."""
    code = _picked(turn, question, text) if question.options else None
    if code is not None:
        return code
    if question.kind is Kind.CHOICE:
        if not question.own_words:
            raise Refusal("form.choose_one")
        return {"words": engine.check_words(question, text)}
    if question.kind is Kind.TICKS:
        raise Refusal("form.tick")
    if question.kind in {Kind.FILES, Kind.REVIEW}:
        raise Refusal("form.choose_one")
    kept = engine.check_words(question, text)
    if question.kind is Kind.PLACE:
        return places.in_words(turn, kept)
    return kept


def _picked(turn: Turn, question: Question, text: str) -> str | None:
    """Return the option that typed words mean, in the person's language or in English."""
    for language in (turn.language, "en"):
        labels = [(o.code, translated(language, o.label)) for o in question.options]
        code = engine.pick(labels, text)
        if code is not None:
            return code
    meant = yes_or_no(text) if question.code == DANGER else None
    return None if meant is None else ("yes" if meant else "no")


def _several(turn: Turn, question: Question, text: str) -> list[str]:
    """Return the options that typed words mean, in the person's language or in English."""
    for language in (turn.language, "en"):
        labels = [(o.code, translated(language, o.label)) for o in question.options]
        codes = engine.pick_several(labels, text)
        if codes:
            return codes
    return []


def _is_an_option(turn: Turn, question: Question, said: str) -> bool:
    """Tell whether the words are one of the answers on offer ("I do not know" often is)."""
    return any(translated(turn.language, o.label).casefold() == said for o in question.options)


def _yes(turn: Turn) -> set[str]:
    return {say(language, "form.yes").casefold() for language in (turn.language, "en")}


YES_NO = ("form.yes", "form.no")
BESIDE = {
    "resume": (("resume", "report.carry_on_draft"), ("restart", "report.start_again")),
    "stop": (("delete", "cancel.delete"), ("resume", "report.carry_on_draft")),
}
"""What can be answered to "carry on?" and to "stop?"; yes means the first."""


def _command(turn: Turn, text: str, question: Question) -> str | None:
    """Return the navigation that typed words mean, in the person's language or in English."""
    said = text.casefold().replace("\u2019", "'").strip(" .!")
    draft = turn.draft
    if draft is not None and found_in(draft, question.code) and said in _yes(turn):
        return USE
    for key, value, kind in STEERING:
        if kind is not None and kind is not question.kind:
            continue
        if value == SKIP and (not question.skippable or _is_an_option(turn, question, said)):
            continue
        spoken = {*say(turn.language, key).split("|"), *say("en", key).split("|")}
        if said in spoken:
            return value
    if question.kind is Kind.REVIEW:
        return {"1": SEND, "2": CHANGE}.get(said)
    return None
