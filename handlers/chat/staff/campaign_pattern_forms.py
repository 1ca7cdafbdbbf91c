"""What the small forms about a recurring campaign have in common."""

from __future__ import annotations

from handlers.chat.chat_form import ChatForm
from handlers.chat.staff import campaign_pattern_card
from handlers.chat.staff.campaign_forms import Deed, Shown, Subject, form_of
from handlers.chat.turn import Turn
from store.domain.campaign_form import REFERENCE
from store.domain.campaign_pattern import PatternState
from store.domain.draft import Draft
from store.domain.questions import Form
from store.domain.staff import By
from store.queries import campaign_patterns

ANEW = "It has to be approved for all its times anew."


def _may_change(turn: Turn, by: By, reference: str) -> bool:
    known = campaign_patterns.find(turn.session, by.staff, reference)
    return known.state is not PatternState.ENDED and not known.unreadable


A_PATTERN = Subject(campaign_pattern_card.text_of, campaign_pattern_card.show, _may_change)


def of_pattern(form: Form, deed: Deed, shown: Shown) -> ChatForm:
    """Return a small form about one, which also says where an approval for all its times is gone by it."""
    return form_of(form, _telling_approval(deed), shown, A_PATTERN)


def _telling_approval(deed: Deed) -> Deed:
    def done(turn: Turn, by: By, draft: Draft) -> str:
        before = campaign_patterns.find(turn.session, by.staff, draft.answers[REFERENCE])
        said = deed(turn, by, draft)
        after = campaign_patterns.find(turn.session, by.staff, draft.answers[REFERENCE])
        gone = before.approved_at is not None and after.approved_at is None
        return f"{said} {ANEW}" if gone else said

    return done


def show_card(turn: Turn, by: By, draft: Draft, said: str) -> None:
    """Show it after a form."""
    campaign_pattern_card.show(turn, by, draft.answers[REFERENCE], said)


def show_parts(turn: Turn, by: By, draft: Draft, said: str) -> None:
    """Show what of it can be changed, for the next."""
    campaign_pattern_card.show_parts(turn, by, draft.answers[REFERENCE], said)
