"""Write a campaign in chat: name, topic and English words make a draft; its card asks for all else."""

from __future__ import annotations

from handlers.chat import beside, chat_form, forms
from handlers.chat.form_keyboard import Labels
from handlers.chat.staff import campaign_card, campaign_forms
from handlers.chat.staff.access import worker
from handlers.chat.turn import Turn
from notifications.buttons import StaffTap
from store.actions import campaign
from store.domain.aside import rests
from store.domain.campaign import filled
from store.domain.campaign_form import CAMPAIGN, ENGLISH, REFERENCE, TITLE, facts_of
from store.domain.draft import Draft
from store.domain.staff import By

COMPOSE = "compose"
GO_ON, ANEW = "on", "anew"


def start(turn: Turn, _by: By) -> None:
    """Hear /campaign: ask the first question, or whether to go on with the one that is half written."""
    half = turn.draft if rests(turn.draft) else turn.aside
    if half is None:
        beside.start(turn, CAMPAIGN.code)
        return
    name = f": “{half.answers[TITLE]}”" if half.answers.get(TITLE) else ""
    turn.tell(
        f"You have a campaign that is half written{name}. Do you want to go on with it?",
        [
            [("Go on", StaffTap(COMPOSE, GO_ON))],
            [("Throw it away, write a new one", StaffTap(COMPOSE, ANEW, str(half.version)))],
        ],
    )


def tapped(turn: Turn, by: By, tap: StaffTap) -> None:
    """Go on with what is half written, or begin anew if it is still the one that the button spoke of."""
    half = turn.draft if rests(turn.draft) else turn.aside
    if half is None:
        start(turn, by)
    elif tap.subject == ANEW and tap.more == str(half.version):
        turn.aside = None
        beside.start(turn, CAMPAIGN.code)
    elif turn.aside is not None:
        forms.bring_back(turn)
    else:
        forms.ask(turn, turn.words("report.resumed"), fresh=True)


def _settled(turn: Turn, draft: Draft, code: str) -> Draft:
    """Return the draft with the answer. Refusal: `campaign.bad_placeholder`."""
    if code == ENGLISH:
        filled(draft.answers[ENGLISH], turn.reference.profile.district)
    return draft


def _finish(turn: Turn, draft: Draft) -> None:
    """Keep it as a draft, and show that with everything that can be set."""
    by = worker(turn)
    if by is None:
        campaign_forms.leave_for_good(turn)
        return
    if REFERENCE in draft.answers:
        campaign_card.show(turn, by, draft.answers[REFERENCE])
        forms.close(turn, draft)
        return
    facts, district = facts_of(draft.answers), turn.reference.profile.district
    reference = campaign.make(turn.session, by, facts, district)
    said = "It is kept as a draft, and nobody gets it yet. Tap what you want to set."
    campaign_card.show(turn, by, reference, said)
    forms.close(turn, draft)


VERBS = {COMPOSE: tapped}
chat_form.register(
    chat_form.ChatForm(
        CAMPAIGN,
        _finish,
        campaign_forms.no_review,
        campaign_forms.no_file("A picture or document comes next, once there are words."),
        labels=Labels(leave={"en": "Throw it away"}),
        settled=_settled,
        refused=campaign_forms.refused,
        screened=False,
    )
)
