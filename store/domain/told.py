"""What somebody is telling us and nobody else has yet: it waits while another small form is open."""

from __future__ import annotations

from typing import Any

from store.domain.draft import Draft, unpacked
from store.domain.kept_form import KEPT
from store.domain.reply_form import WHICH
from store.domain.report_form import REPORT

HOLDING = frozenset({KEPT.code, WHICH.code})
"""Small forms that hold words until it is clear what they are."""
TOLD = HOLDING | {REPORT.code}
WAITING = "waiting"
"""Where a small form keeps what waits: its form, step, answers and sources."""


def set_aside(draft: Draft | None) -> dict[str, Any]:
    """Return the answers of a small form that opens over this draft: what is being told waits in them."""
    if draft is not None and draft.form in TOLD:
        return {WAITING: [draft.form, draft.step, draft.packed()]}
    waiting = draft.answers.get(WAITING) if draft is not None else None
    return {WAITING: waiting} if waiting else {}


def waiting_in(draft: Draft) -> Draft | None:
    """Return what waits inside a small form, one version on."""
    if not draft.answers.get(WAITING):
        return None
    form, step, packed = draft.answers[WAITING]
    return unpacked(form, step, draft.version + 1, packed)


def told_in(draft: Draft | None) -> Draft | None:
    """Return what somebody is telling: the draft itself, or the one that waits inside it."""
    return draft if draft is None or draft.form in TOLD else waiting_in(draft)
