"""Small forms that open beside a report half filled in: it waits inside them and comes back."""

from __future__ import annotations

from typing import Any

from handlers.chat import forms
from handlers.chat.turn import Turn
from store.domain.draft import Draft
from store.domain.report_form import REPORT


def start(turn: Turn, code: str, *, fresh: bool = False, **answers: Any) -> None:
    """Open a small form; an open report, or one that waits already, waits inside it."""
    waiting = _waiting(turn.draft)
    forms.start(turn, code, fresh=fresh, **answers, **({"waiting": waiting} if waiting else {}))


def _waiting(draft: Draft | None) -> Any:
    if draft is None:
        return None
    if draft.form == REPORT.code:
        return [draft.step, draft.packed()]
    return draft.answers.get("waiting")
