"""One recurring campaign in chat as it stands now, with a button for all that this person may do with it."""

from __future__ import annotations

from handlers.chat.staff import campaign_pattern_texts, campaign_texts
from handlers.chat.staff.campaign_card import OFTEN, PATTERN, SELDOM, in_rows, language_label
from handlers.chat.staff.campaign_card import SHOW as SHOW_CAMPAIGN
from handlers.chat.turn import Turn
from notifications.buttons import Button, StaffTap
from store.domain.campaign import OVER, check_approver
from store.domain.campaign_form import TEXT
from store.domain.campaign_part import LABELS, WHEN
from store.domain.campaign_pattern import STATE_LABELS, Pattern, PatternState
from store.domain.errors import Refusal, Unreadable
from store.domain.reference import LANGUAGES
from store.domain.staff import By
from store.engine import now
from store.queries import campaign_patterns
from store.queries.campaign_patterns import PatternPage

PATTERNS = "patterns"
APPROVE, PAUSE, RESUME = "pattern_approve", "pattern_pause", "pattern_resume"
END, END_YES, MAKE_ONE, AGAIN = "pattern_end", "pattern_end_yes", "pattern_make_one", "pattern_again"
PARTS, PART, FILE = "pattern_parts", "pattern_part", "pattern_file"
MOST_TIMES = 6
"""So many of its campaigns have a button."""


def show(turn: Turn, by: By, reference: str, *notices: str) -> None:
    """Show one recurring campaign, in place of the message whose button was tapped."""
    page = campaign_patterns.page(turn.session, by.staff, reference)
    turn.show("\n\n".join([*notices, _text(turn, page)]), _keyboard(page, by))


def text_of(turn: Turn, by: By, reference: str) -> str:
    """Return what its card says."""
    return _text(turn, campaign_patterns.page(turn.session, by.staff, reference))


def _text(turn: Turn, page: PatternPage) -> str:
    return campaign_pattern_texts.page(page, turn.reference.profile, now(turn.session))


def changeable(turn: Turn, by: By, reference: str) -> Pattern:
    """Return one that may still change.

    Refusals: `pattern.not_found`, `pattern.cannot_move`, `pattern.unreadable`.
    """
    known = campaign_patterns.find(turn.session, by.staff, reference)
    if known.state is PatternState.ENDED:
        raise Refusal("pattern.cannot_move", state=STATE_LABELS[known.state])
    if known.unreadable:
        raise Unreadable("pattern.unreadable")
    return known


def show_parts(turn: Turn, by: By, reference: str, *notices: str) -> None:
    """Show what of it can be changed, with a button for each part. Refusals: those of `changeable`."""
    known = changeable(turn, by, reference)
    facts = known.plan.facts
    buttons: list[Button] = [
        *((language_label(facts, code), StaffTap(PART, reference, TEXT + code)) for code in LANGUAGES),
        ("Picture or PDF", StaffTap(FILE, reference)),
        *((LABELS[part], StaffTap(PART, reference, part)) for part in (*OFTEN, *SELDOM) if part != WHEN),
    ]
    head = f"What of “{facts.title}” ({reference}) shall change? Its drafts change with it."
    said = "\n".join([campaign_texts.languages(facts), *campaign_texts.more(facts)])
    back: Button = ("Back to the recurring campaign", StaffTap(PATTERN, reference))
    turn.show("\n\n".join([*notices, head, said]), [*in_rows(buttons), [back]])


def _keyboard(page: PatternPage, by: By) -> list[list[Button]]:
    of = page.pattern
    current = [one for one in page.came if one.campaign and one.state not in OVER]
    rows: list[list[Button]] = [
        [(campaign_pattern_texts.label_of_time(one), StaffTap(SHOW_CAMPAIGN, one.campaign or ""))]
        for one in current[:MOST_TIMES]
    ]
    if of.state is not PatternState.ENDED:
        end = _deed(of, "End it", END)
        rows += [[end]] if of.unreadable else [*_approval(page, by), *_deeds(of), [end]]
    return [*rows, [("All recurring ones", StaffTap(PATTERNS))]]


def _deeds(of: Pattern) -> list[list[Button]]:
    """Return what anybody may do with one that can be read and has not ended."""
    pauses = of.state is PatternState.ACTIVE
    halt = _deed(of, "Pause", PAUSE) if pauses else _deed(of, "Let it come again", RESUME)
    return [
        [_deed(of, "Make one now", MAKE_ONE), halt],
        [_deed(of, "When it comes again", AGAIN), _deed(of, "What it says", PARTS)],
    ]


def _approval(page: PatternPage, by: By) -> list[list[Button]]:
    of = page.pattern
    if page.alone or not of.plan.may_go_alone:
        return []
    try:
        check_approver(by.staff, of.author_id)
    except Refusal:
        return []
    return [[_deed(of, "Approve for all its times", APPROVE)]]


def _deed(of: Pattern, label: str, verb: str) -> Button:
    """Return a button that speaks of this version."""
    return label, StaffTap(verb, of.reference, str(of.version))
