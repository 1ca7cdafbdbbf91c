"""Set one part of a campaign in chat: its words in a language, buttons, places, time and all else."""

from __future__ import annotations

from dataclasses import replace

from handlers.chat import forms
from handlers.chat.staff import campaign_card, campaign_forms
from handlers.chat.turn import Turn
from notifications.buttons import StaffTap
from store.actions import campaign
from store.domain import questions as engine
from store.domain.campaign_form import REFERENCE, TEXT, VERSION
from store.domain.campaign_part import CAMPAIGN_PART, PART, WHERE, changed, checked_answer, opening
from store.domain.draft import Draft
from store.domain.staff import By
from store.domain.subscription_form import WARDS
from store.engine import now
from store.queries import campaigns


def start(turn: Turn, by: By, tap: StaffTap) -> None:
    """Ask one part of a campaign."""
    known = campaign_card.changeable(turn, by, tap.subject)
    answers = opening(known.facts, tap.more, turn.reference.profile)
    campaign_forms.start(turn, CAMPAIGN_PART.code, known, **answers)


def _settled(turn: Turn, draft: Draft, code: str) -> Draft:
    """Return the draft with the answer as it is kept. Refusals: those of `checked_answer`."""
    kept = checked_answer(code, draft.answers[code], turn.reference.profile.district, now(turn.session))
    return replace(draft, answers={**draft.answers, code: kept})


def _keep(turn: Turn, by: By, draft: Draft) -> str:
    known = campaigns.find(turn.session, by.staff, draft.answers[REFERENCE])
    facts, district = changed(known.facts, draft.answers), turn.reference.profile.district
    campaign.change(turn.session, by, known.reference, facts, district, draft.answers[VERSION])
    return "Kept." if facts != known.facts else "Nothing of it changed."


def _shown(turn: Turn, by: By, draft: Draft, said: str) -> None:
    """Show the campaign; after words in a language what others there are, for the next."""
    show = campaign_card.show_words if draft.answers[PART].startswith(TEXT) else campaign_card.show
    show(turn, by, draft.answers[REFERENCE], said)


def _wards(turn: Turn, draft: Draft, text: str) -> bool:
    """Tick wards that were named; tell whether any was."""
    if forms.question_of(turn, draft).code != WHERE:
        return False
    profile = turn.reference.profile
    places = [(one.code, one.name) for one in profile.areas] + [(one.code, one.name) for one in profile.wards]
    named = engine.pick_several(places, text)
    if not named or text.strip(" .").isdecimal():
        return False
    offered = {*draft.answers[WARDS], *named} & {ward.code for ward in profile.wards}
    offering = replace(draft, answers={**draft.answers, WARDS: sorted(offered)})
    turn.draft = engine.tick(offering, forms.question_of(turn, offering), named)
    forms.ask(turn)
    return True


VERBS = {campaign_card.PART: start}
campaign_forms.register(CAMPAIGN_PART, _keep, _shown, settled=_settled, more_words=_wards)
