"""Campaigns in chat: the list, and what is done about one with a tap."""

from __future__ import annotations

from handlers.chat import beside, chat_form
from handlers.chat.staff import campaign_card, campaign_texts, deeds
from handlers.chat.staff.campaign_card import LIST, SHOW, show
from handlers.chat.staff.campaign_pattern_card import PATTERNS
from handlers.chat.staff.campaign_taps import Action, Verb, does, paged, version_of
from handlers.chat.turn import Turn
from notifications.buttons import StaffTap
from notifications.campaign_news import BESIDE
from store.actions import campaign, campaign_retry
from store.domain import staff_form
from store.domain.campaign import STATE_LABELS, CampaignState, check_approver
from store.domain.staff import By
from store.engine import Session
from store.queries import campaign_occurrences, campaigns

_VERSIONED: dict[str, tuple[Action, str]] = {
    "campaign_submit": (campaign.submit, "It waits for approval now."),
    "campaign_approve": (campaign.approve, "It is approved."),
    "campaign_pause": (campaign.pause, "It is paused."),
    "campaign_retry": (campaign_retry.retry, "What failed is tried again."),
    "campaign_resume": (campaign.resume, "It goes on."),
    "campaign_cancel_yes": (campaign.cancel, "It is cancelled."),
}


def listing(turn: Turn, by: By, after: str = "") -> None:
    """Show the campaigns in the order of the list; a button turns the page, `after` so many."""
    found = campaigns.listing(turn.session, by.staff)
    open_days = campaign_occurrences.unconfirmed(turn.session)
    labels = [campaign_texts.label(one, unconfirmed=one.id in open_days) for one in found]
    taps = [StaffTap(SHOW, one.reference) for one in found]
    rows = paged(list(zip(labels, taps, strict=True)), LIST, after, "Older ones")
    head = "Campaigns: what is under way, then what comes, then what is over"
    said = head if found else "No campaigns yet. Send /campaign to write one."
    turn.show(said, [*rows, [("Recurring ones", StaffTap(PATTERNS))]])


def _try(turn: Turn, by: By, tap: StaffTap) -> None:
    """Send it to oneself, in each of its languages."""
    campaign.try_out(turn.session, by, tap.subject)
    turn.answer("Here it comes, as people get it.")


def _ask_to_cancel(turn: Turn, by: By, tap: StaffTap) -> None:
    """Ask once more: what is cancelled never goes out again."""
    of = campaigns.find(turn.session, by.staff, tap.subject)
    if of.state in {CampaignState.SENT, CampaignState.CANCELLED}:
        turn.answer(f"It is: {STATE_LABELS[of.state]}.")
        show(turn, by, tap.subject)
        return
    yes = StaffTap("campaign_cancel_yes", of.reference, str(of.version))
    turn.show(
        f"Cancel “{of.facts.title}” ({of.reference})? Nothing more of it goes out, for good.",
        [[("Yes, cancel it", yes)], [("No, keep it", StaffTap(SHOW, of.reference))]],
    )


def _ask_why(turn: Turn, by: By, tap: StaffTap) -> None:
    """Ask for the reason with which it goes back."""
    of = campaigns.find(turn.session, by.staff, tap.subject)
    check_approver(by.staff, "")
    if of.state not in {CampaignState.WAITING, CampaignState.APPROVED}:
        turn.answer(f"It is: {STATE_LABELS[of.state]}.")
        show(turn, by, tap.subject)
        return
    about = {"reference": tap.subject, "about": SHOW, "version": version_of(tap)}
    beside.start(turn, staff_form.SEND_BACK.code, fresh=True, **about)


def _send_back(session: Session, by: By, answers: deeds.Answers) -> str:
    campaign.send_back(session, by, answers["reference"], answers["text"], answers.get("version"))
    return "It is a draft again. Whoever wrote it is told why."


def _open(turn: Turn, by: By, tap: StaffTap) -> None:
    """Show one: in place of what was tapped, but beside the news of one that are edited as it goes out."""
    turn.stays = turn.stays or tap.more == BESIDE
    show(turn, by, tap.subject)


VERBS: dict[str, Verb] = {
    SHOW: _open,
    LIST: lambda turn, by, tap: listing(turn, by, tap.subject),
    campaign_card.CHANGE: lambda turn, by, tap: campaign_card.show_change(turn, by, tap.subject),
    campaign_card.WORDS: lambda turn, by, tap: campaign_card.show_words(turn, by, tap.subject),
    campaign_card.MORE: lambda turn, by, tap: campaign_card.show_more(turn, by, tap.subject),
    "campaign_try": _try,
    "campaign_cancel": _ask_to_cancel,
    "campaign_return": _ask_why,
    **{verb: does(*deed, show) for verb, deed in _VERSIONED.items()},
}
chat_form.register(deeds.form_of(staff_form.SEND_BACK, _send_back))
