"""Recurring campaigns in chat: the list, and what is done about one with a tap."""

from __future__ import annotations

from handlers.chat.staff import campaign_card, campaign_pattern_texts
from handlers.chat.staff.campaign_card import PATTERN
from handlers.chat.staff.campaign_pattern_card import (
    APPROVE,
    END,
    END_YES,
    MAKE_ONE,
    PARTS,
    PATTERNS,
    PAUSE,
    RESUME,
    show,
    show_parts,
)
from handlers.chat.staff.campaign_taps import Action, Verb, does, paged, version_of
from handlers.chat.staff.refusals import toast
from handlers.chat.turn import Turn
from notifications.buttons import StaffTap
from store.actions import campaign_by_hand, campaign_pattern
from store.domain.campaign_pattern import STATE_LABELS, PatternState
from store.domain.errors import NotFound, Refusal
from store.domain.staff import By
from store.engine import whole
from store.queries import campaign_patterns

_VERSIONED: dict[str, tuple[Action, str]] = {
    APPROVE: (campaign_pattern.approve, "It goes out by itself from now on."),
    PAUSE: (campaign_pattern.pause, "It is paused."),
    RESUME: (campaign_pattern.resume, "It comes again."),
    END_YES: (campaign_pattern.end, "It has ended."),
}
NONE_YET = "Nothing comes again yet. Write a campaign, then tap “More” and “Make it recurring” under it."


def listing(turn: Turn, by: By, after: str = "") -> None:
    """Show the recurring campaigns, what comes next first; a button turns the page, `after` so many."""
    found = campaign_patterns.listing(turn.session, by.staff)
    labels = [campaign_pattern_texts.label(*one) for one in found]
    taps = [StaffTap(PATTERN, one.reference) for one, _ in found]
    rows = paged(list(zip(labels, taps, strict=True)), PATTERNS, after, "Later ones")
    said = "Recurring campaigns: what comes next, then what has ended" if found else NONE_YET
    turn.show(said, [*rows, [("All campaigns", StaffTap(campaign_card.LIST))]])


def _ask_to_end(turn: Turn, by: By, tap: StaffTap) -> None:
    """Ask once more: what has ended never comes again."""
    of = campaign_patterns.find(turn.session, by.staff, tap.subject)
    if of.state is PatternState.ENDED:
        turn.answer(f"It is: {STATE_LABELS[of.state]}.")
        show(turn, by, tap.subject)
        return
    turn.show(
        f"End “{of.plan.facts.title}” ({of.reference})? It never comes again, and its drafts are cancelled.",
        [
            [("Yes, end it", StaffTap(END_YES, of.reference, str(of.version)))],
            [("No, keep it", StaffTap(PATTERN, of.reference))],
        ],
    )


def _make_one(turn: Turn, by: By, tap: StaffTap) -> None:
    """Make a draft of its next time, or without days where none are known, and show that."""
    try:
        with whole(turn.session):
            made = campaign_by_hand.make_one(turn.session, by, tap.subject, version=version_of(tap))
    except NotFound:
        raise
    except Refusal as refusal:
        turn.answer(toast(refusal))
        show(turn, by, tap.subject)
        return
    campaign_card.show(turn, by, made, "Here is a draft of it. Its days can be set under “More”.")


VERBS: dict[str, Verb] = {
    PATTERN: lambda turn, by, tap: show(turn, by, tap.subject),
    PATTERNS: lambda turn, by, tap: listing(turn, by, tap.subject),
    PARTS: lambda turn, by, tap: show_parts(turn, by, tap.subject),
    END: _ask_to_end,
    MAKE_ONE: _make_one,
    **{verb: does(*deed, show) for verb, deed in _VERSIONED.items()},
}
