"""Set one part of a campaign in chat, or of a recurring one: words in a language, places and all else."""

from __future__ import annotations

from dataclasses import replace

from handlers.chat import chat_form, forms
from handlers.chat.staff import campaign_card, campaign_forms, campaign_pattern_card, campaign_pattern_forms
from handlers.chat.turn import Turn
from notifications.buttons import StaffTap
from store.actions import campaign, campaign_pattern
from store.domain import questions as engine
from store.domain.campaign_form import REFERENCE, TEXT, VERSION
from store.domain.campaign_part import CAMPAIGN_PART, PART, WHEN, WHERE, changed, checked_answer, opening
from store.domain.campaign_pattern_form import PATTERN_PART
from store.domain.draft import Draft
from store.domain.errors import Refusal
from store.domain.staff import By
from store.domain.subscription_form import WARDS
from store.engine import now
from store.queries import campaigns


def start(turn: Turn, by: By, tap: StaffTap) -> None:
    """Ask one part of a campaign."""
    known = campaign_card.changeable(turn, by, tap.subject)
    answers = opening(known.facts, tap.more, turn.reference.profile)
    campaign_forms.start(turn, CAMPAIGN_PART.code, known, **answers)


def start_of_pattern(turn: Turn, by: By, tap: StaffTap) -> None:
    """Ask one part of a recurring campaign, which has no time of its own.

    Refusals: those of `changeable`, `form.old_button`.
    """
    known = campaign_pattern_card.changeable(turn, by, tap.subject)
    if tap.more == WHEN:
        raise Refusal("form.old_button")
    answers = opening(known.plan.facts, tap.more, turn.reference.profile)
    campaign_forms.start(turn, PATTERN_PART.code, known, **answers)


def _settled(turn: Turn, draft: Draft, code: str) -> Draft:
    """Return the draft with the answer as it is kept. Refusals: those of `checked_answer`."""
    kept = checked_answer(code, draft.answers[code], turn.reference.profile.district, now(turn.session))
    return replace(draft, answers={**draft.answers, code: kept})


def _keep(turn: Turn, by: By, draft: Draft) -> str:
    known = campaigns.find(turn.session, by.staff, draft.answers[REFERENCE])
    facts, district = changed(known.facts, draft.answers), turn.reference.profile.district
    campaign.change(turn.session, by, known.reference, facts, district, draft.answers[VERSION])
    return "Kept." if facts != known.facts else "Nothing of it changed."


def _keep_in_pattern(turn: Turn, by: By, draft: Draft) -> str:
    known = campaign_pattern_card.changeable(turn, by, draft.answers[REFERENCE])
    plan = replace(known.plan, facts=changed(known.plan.facts, draft.answers))
    district, version = turn.reference.profile.district, draft.answers[VERSION]
    campaign_pattern.change(turn.session, by, known.reference, plan, district, version)
    return "Kept." if plan != known.plan else "Nothing of it changed."


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


VERBS = {campaign_card.PART: start, campaign_pattern_card.PART: start_of_pattern}
for _form in (
    campaign_forms.of_campaign(CAMPAIGN_PART, _keep, _shown),
    campaign_pattern_forms.of_pattern(PATTERN_PART, _keep_in_pattern, campaign_pattern_forms.show_parts),
):
    chat_form.register(replace(_form, settled=_settled, more_words=_wards))
