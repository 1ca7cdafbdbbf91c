"""Confirm in chat on which days a campaign of a recurring one really is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handlers.chat import chat_form
from handlers.chat.staff import campaign_card, campaign_forms
from handlers.chat.turn import Turn
from notifications.buttons import StaffTap
from store.actions import campaign_by_hand
from store.domain.campaign_days_form import ABOUT, CAMPAIGN_DAYS, DAYS, PROPOSED, checked_days
from store.domain.campaign_form import REFERENCE, VERSION
from store.domain.campaign_rule import span_words
from store.domain.draft import Draft
from store.domain.errors import Refusal
from store.domain.staff import By
from store.engine import now
from store.queries import campaign_occurrences


def start(turn: Turn, by: By, tap: StaffTap) -> None:
    """Ask on which days it is. Refusals: `campaign.no_days`, `campaign.cannot_move`."""
    known = campaign_card.changeable(turn, by, tap.subject)
    came = campaign_occurrences.of_campaign(turn.session, known.id)
    if came is None:
        raise Refusal("campaign.no_days")
    proposed = [day.isoformat() for day in (came.first, came.last) if day] if came.unconfirmed else []
    about = f"“{known.facts.title}” is one time of the recurring campaign “{came.title}”. {_stand(came)}"
    campaign_forms.start(turn, CAMPAIGN_DAYS.code, known, **{PROPOSED: proposed, ABOUT: about})


def _stand(came: campaign_occurrences.Came) -> str:
    if not came.words:
        return "Its days are not known yet."
    proposal = " That is a proposal." if came.unconfirmed else ""
    return f"Its days: {came.words}.{proposal}"


def _settled(turn: Turn, draft: Draft, code: str) -> Draft:
    """Return the draft with the days as they are kept. Refusal: `campaign.days_unreadable`."""
    if code != DAYS:
        return draft
    return replace(draft, answers={**draft.answers, DAYS: checked_days(draft.answers, now(turn.session))})


def _confirm(turn: Turn, by: By, draft: Draft) -> str:
    first, last = map(date.fromisoformat, draft.answers[DAYS])
    reference, version = draft.answers[REFERENCE], draft.answers[VERSION]
    campaign_by_hand.confirm_days(turn.session, by, reference, first, last, version)
    return f"Its days are confirmed: {span_words(first, last)}."


VERBS = {campaign_card.DAYS: start}
chat_form.register(
    replace(campaign_forms.of_campaign(CAMPAIGN_DAYS, _confirm, campaign_forms.show_card), settled=_settled)
)
