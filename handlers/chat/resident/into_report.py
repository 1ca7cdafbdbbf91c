"""Let words that were said somewhere else be part of a report."""

from __future__ import annotations

from dataclasses import replace

from handlers.chat import forms
from handlers.chat.resident import report, story
from handlers.chat.turn import Turn
from store.domain.draft import Draft
from store.domain.told import HOLDING


def take(turn: Turn, waiting: Draft | None, text: str) -> None:
    """Add words to what is being told (`waiting`), or begin a report with them."""
    turn.draft = waiting
    if waiting is None:
        report.start_with_words(turn, story.with_part(turn, {}, text))
    elif waiting.form in HOLDING:
        parts = story.with_part(turn, waiting.answers["parts"], text)
        report.start_with_held(turn, replace(waiting, answers={**waiting.answers, "parts": parts}))
    else:
        story.add(turn, waiting, text)
        if not turn.held:
            turn.say("report.added_words")
            forms.ask(turn, fresh=True)
