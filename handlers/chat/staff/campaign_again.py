"""Say in chat when a campaign comes again: of a draft, which becomes a recurring one, or of one that does."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from handlers.chat import chat_form
from handlers.chat.staff import campaign_card, campaign_forms, campaign_pattern_card, campaign_pattern_forms
from handlers.chat.staff.campaign_forms import Subject, form_of
from handlers.chat.turn import Turn
from notifications.buttons import StaffTap
from store.actions import campaign_pattern, campaign_to_pattern
from store.domain.campaign import CampaignState
from store.domain.campaign_again_form import (
    ABOUT,
    CAMPAIGN_AGAIN,
    PATTERN_AGAIN,
    opening,
    opening_of,
    plan_with,
    settled,
)
from store.domain.campaign_form import REFERENCE, VERSION
from store.domain.draft import Draft
from store.domain.questions import Form
from store.domain.staff import By
from store.engine import now
from store.queries import campaign_patterns, campaigns

MADE = "It comes again now. Here it is; the draft it was made of is cancelled."
NO_FILE = "Its picture or document goes with it as it is. Say first when it comes again."


def start(turn: Turn, by: By, tap: StaffTap) -> None:
    """Ask when a draft comes again. Refusals: `campaign.cannot_move`, `campaign.comes_again`."""
    known = campaign_card.changeable(turn, by, tap.subject)
    campaign_to_pattern.check_alone(turn.session, known.id, known.state)
    answers = opening(known.facts, now(turn.session))
    campaign_forms.start(turn, CAMPAIGN_AGAIN.code, known, **answers, **{ABOUT: f"“{known.facts.title}”"})


def start_change(turn: Turn, by: By, tap: StaffTap) -> None:
    """Ask when a recurring campaign comes from now on. Refusals: those of `changeable`."""
    known = campaign_pattern_card.changeable(turn, by, tap.subject)
    answers, about = opening_of(known.plan, now(turn.session)), f"“{known.plan.facts.title}”"
    campaign_forms.start(turn, PATTERN_AGAIN.code, known, **answers, **{ABOUT: about})


def _make(turn: Turn, by: By, draft: Draft) -> str:
    """Make it, and return the reference of what comes again."""
    answers, district = draft.answers, turn.reference.profile.district
    facts = campaigns.find(turn.session, by.staff, answers[REFERENCE]).facts
    plan = plan_with(facts, answers)
    when = plan.rule, plan.at, plan.sure
    return campaign_to_pattern.make_recurring(
        turn.session, by, answers[REFERENCE], when, district, answers[VERSION]
    )


def _show_made(turn: Turn, by: By, _draft: Draft, made: str) -> None:
    campaign_pattern_card.show(turn, by, made, MADE)


def _change(turn: Turn, by: By, draft: Draft) -> str:
    answers, district = draft.answers, turn.reference.profile.district
    known = campaign_pattern_card.changeable(turn, by, answers[REFERENCE])
    plan = plan_with(known.plan.facts, answers, sure=known.plan.sure)
    campaign_pattern.change(turn.session, by, known.reference, plan, district, answers[VERSION])
    return "Kept." if plan != known.plan else "Nothing of it changed."


def _is_draft(turn: Turn, by: By, reference: str) -> bool:
    known = campaigns.find(turn.session, by.staff, reference)
    return known.state is CampaignState.DRAFT and not known.unreadable


def _settled(form: Form, turn: Turn, draft: Draft, code: str) -> Draft:
    days = partial(campaign_patterns.next_days, turn.session)
    return settled(form, draft, code, turn.reference.profile, days)


_A_DRAFT = Subject(campaign_card.text_of, campaign_card.show, _is_draft)
VERBS = {campaign_card.AGAIN: start, campaign_pattern_card.AGAIN: start_change}
for _form in (
    form_of(CAMPAIGN_AGAIN, _make, _show_made, _A_DRAFT),
    campaign_pattern_forms.of_pattern(PATTERN_AGAIN, _change, campaign_pattern_forms.show_card),
):
    chat_form.register(
        replace(_form, settled=partial(_settled, _form.form), heard_file=campaign_forms.no_file(NO_FILE))
    )
