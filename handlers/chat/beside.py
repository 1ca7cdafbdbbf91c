"""Small forms that open beside what somebody is telling: it waits inside them and comes back."""

from __future__ import annotations

from typing import Any

from handlers.chat import forms
from handlers.chat.turn import Turn
from store.domain.told import set_aside


def start(turn: Turn, code: str, *, fresh: bool = False, **answers: Any) -> None:
    """Open a small form; an open report, words held, or what waits already, waits inside it."""
    forms.start(turn, code, fresh=fresh, **answers, **set_aside(turn.draft))
