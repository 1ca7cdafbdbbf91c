"""Words and files out of the blue, held by a small form until it is clear what they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from handlers.chat.files import file_in
from handlers.chat.resident import report
from handlers.chat.turn import Turn
from store.domain.draft import Draft
from store.domain.errors import Refusal
from store.domain.report_form import MAX_FILES, REPORT


def hold_file(turn: Turn, draft: Draft, *, quietly: bool = False) -> bool:
    """Hold the file of a message with the words; False where the message has none."""
    try:
        file = file_in(turn.message) if turn.message is not None else None
        if file is None:
            return False
        carry(turn, draft, [file])
    except Refusal as refusal:
        turn.say_once(refusal.key, **refusal.values)
    else:
        if not quietly:
            turn.say_once("files.kept_for_later")
    return True


def carry(turn: Turn, draft: Draft | None, files: Sequence[Mapping[str, Any]]) -> None:
    """Put files that were held into the report or the small form that is open now.

    Refuses `files.too_many`.
    """
    if draft is None or not files:
        return
    if draft.form == REPORT.code:
        report.keep_files(turn, files)
        return
    held = [*draft.answers.get("files", ()), *files]
    if len(held) > MAX_FILES:
        raise Refusal("files.too_many", limit=MAX_FILES)
    turn.draft = replace(draft, answers={**draft.answers, "files": held})
