"""What is said while a form about news is open: a place to be ticked, or something to report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers.chat import forms, places
from handlers.chat.chat_form import FORMS
from handlers.chat.files import file_in
from handlers.chat.resident import report, story
from handlers.chat.short_words import STORY_WORDS, tells_nothing
from handlers.chat.turn import Turn
from store.domain import questions as engine
from store.domain.asking import asks
from store.domain.day_ahead import day_ahead
from store.domain.draft import Draft
from store.domain.errors import Refusal
from store.domain.questions import clean
from store.domain.reply_form import WHICH
from store.domain.report_form import REPORT
from store.domain.subscription_form import PAUSE, WARDS, WHERE, places_named
from store.domain.told import HOLDING, waiting_in
from store.domain.working_days import london_date
from store.engine import now


def more(turn: Turn, draft: Draft, text: str) -> bool:
    """Tick the place that words name, or take them for a report where they tell of something.

    Refusal: `subscribe.place_unknown`.
    """
    if tells_nothing(turn, text) and not turn.cards:
        return False
    code = forms.question_of(turn, draft).code
    if not turn.cards and _answered(turn, draft, code, text):
        return code == WHERE
    if turn.cards or (len(text.split()) >= STORY_WORDS and not asks(text)):
        return keep(turn, draft, text)
    if code == WHERE:
        raise Refusal("subscribe.place_unknown")
    return False


def _answered(turn: Turn, draft: Draft, code: str, text: str) -> bool:
    """Tell whether words answer the question at hand; a place is ticked at once."""
    if code == PAUSE:
        return day_ahead(text, london_date(now(turn.session))) is not None
    if code != WHERE:
        return False
    found = places.in_words(turn, clean(text))
    known = bool(found["outside"] or found["ward"] or found["area"] or found.get("wards"))
    if known:
        heard_place(turn, draft, found)
    return known


def keep(turn: Turn, draft: Draft, text: str) -> bool:
    """Leave the form and keep the words: in the report that waits in it, else in a new one.

    Refusals: those of `story.add`.
    """
    told = waiting_in(draft)
    if told is None:
        turn.draft = None
        report.start_with_words(turn, story.with_part(turn, {}, text))
    elif told.form in HOLDING:
        parts = story.with_part(turn, told.answers["parts"], text)
        report.start_with_held(turn, replace(told, answers={**told.answers, "parts": parts}))
    else:
        turn.draft = told
        story.add(turn, told, text)
        forms.ask(turn, turn.words("report.added_words"), fresh=True)
    return True


def heard_file(turn: Turn, draft: Draft) -> bool:
    """Leave the form and keep the file: in what waits in it, else in a new report."""
    try:
        if turn.message is None or file_in(turn.message) is None:
            return False
    except Refusal as refusal:
        turn.say_once(refusal.key, **refusal.values)
        return True
    told = turn.draft = waiting_in(draft)
    if told is None:
        report.start_with_file(turn)
        return True
    took = FORMS[told.form].heard_file(turn, told)
    asks_by_itself = told.form not in {REPORT.code, WHICH.code} or told.step == "files"
    if not asks_by_itself and not turn.message.caption:  # words under it are heard next
        forms.ask(turn, fresh=True)
    return took


def heard_place(turn: Turn, draft: Draft, place: Mapping[str, Any]) -> None:
    """Tick the ward that a place lies in, or offer those it may lie in; one outside is said to be."""
    maybe = list(place.get("wards", ()))
    sure = [] if maybe else [code for code in (place["ward"] or place["area"],) if code]
    if place["outside"] or not (maybe or sure):
        district = turn.reference.profile.district.name
        key = "subscribe.place_outside" if place["outside"] else "subscribe.place_unknown"
        forms.ask(turn, turn.words(key, district=district))
        return
    offered = dict.fromkeys([*draft.answers.get(WARDS, ()), *maybe, *sure])
    draft = draft.moved(draft.step, **{WARDS: list(offered)})
    fresh = [code for code in sure if code not in engine.ticked(draft, WHERE)]
    turn.draft = engine.tick(draft, forms.question_of(turn, draft), fresh)
    names = [name for _, name in places_named(turn.reference.profile, sure)]
    if names:
        forms.ask(turn, turn.words("subscribe.place_found", place=names[0]))
    else:
        forms.ask(turn, turn.words("subscribe.place_which"))
