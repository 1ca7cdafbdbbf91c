"""A long form of staff that rests while something else is open: nothing of it is lost."""

from __future__ import annotations

from dataclasses import replace

from store.domain.campaign_form import CAMPAIGN
from store.domain.draft import Draft, unpacked

ASIDE = "aside"
"""Where the row of a chat keeps the form that rests: its form, step, version, answers and sources."""
RESTING = "resting"
"""The form of a row that holds nothing but one that rests."""


def rests(draft: Draft | None) -> bool:
    """Tell whether this is a form that rests when another one opens."""
    return draft is not None and draft.form == CAMPAIGN.code


def parted(kept: Draft | None) -> tuple[Draft | None, Draft | None]:
    """Return the form that is open in a row, and the one that rests beside it."""
    if kept is None or ASIDE not in kept.answers:
        return kept, None
    return None if kept.form == RESTING else kept.without(ASIDE), unpacked(*kept.answers[ASIDE])


def joined(draft: Draft | None, resting: Draft | None) -> Draft | None:
    """Return what the row of a chat holds for both."""
    if resting is None:
        return draft
    held = {ASIDE: [resting.form, resting.step, resting.version, resting.packed()]}
    if draft is None:
        return Draft(RESTING, "", resting.version, held)
    return replace(draft, answers={**draft.answers, **held})
