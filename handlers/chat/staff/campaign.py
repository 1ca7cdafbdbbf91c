"""Campaigns in chat: the list, and one with what this person may do about it now."""

from __future__ import annotations

from collections.abc import Callable

from handlers.chat import beside, chat_form
from handlers.chat.keyboards import stacked
from handlers.chat.staff import campaign_texts, deeds
from handlers.chat.staff.refusals import toast
from handlers.chat.turn import Turn
from notifications.buttons import Button, StaffTap
from store.actions import campaign
from store.domain import staff_form
from store.domain.campaign import STATE_LABELS, TO_BE_CHANGED, Campaign, CampaignState, check_approver
from store.domain.errors import NotFound, Refusal
from store.domain.staff import By
from store.engine import Session, now
from store.queries import campaign_results, campaigns
from store.queries.campaigns import CampaignPage

PAGE = 8
SHOW, LIST = "campaign", "campaigns"
Verb = Callable[[Turn, By, StaffTap], None]
Action = Callable[[Session, By, str, int | None], None]
_VERSIONED: dict[str, tuple[Action, str]] = {
    "campaign_submit": (campaign.submit, "It waits for approval now."),
    "campaign_approve": (campaign.approve, "It is approved."),
    "campaign_pause": (campaign.pause, "It is paused."),
    "campaign_resume": (campaign.resume, "It goes on."),
    "campaign_cancel_yes": (campaign.cancel, "It is cancelled."),
}


def listing(turn: Turn, by: By, after: str = "") -> None:
    """Show the campaigns in the order of the list; a button turns the page, `after` so many."""
    found = campaigns.listing(turn.session, by.staff)
    first = int(after) if after.isdecimal() and int(after) < len(found) else 0
    if not found:
        turn.show("No campaigns yet. Send /campaign to write one.")
        return
    shown = found[first : first + PAGE]
    rows: list[list[Button]] = [[(campaign_texts.label(one), StaffTap(SHOW, one.reference))] for one in shown]
    if len(found) > first + PAGE:
        rows.append([("Older ones", StaffTap(LIST, str(first + PAGE)))])
    if first:
        rows.append([("From the start", StaffTap(LIST))])
    turn.show("Campaigns: what is under way, then what comes, then what is over", rows)


def show(turn: Turn, by: By, reference: str) -> None:
    """Show one campaign as it stands now, in place of the message whose button was tapped."""
    page = campaigns.page(turn.session, by.staff, reference)
    results = campaign_results.of(turn.session, page.campaign.id)
    text = campaign_texts.page(page, results, turn.reference.profile, now(turn.session))
    turn.show(text, ways_on(page, by))


def ways_on(page: CampaignPage, by: By) -> list[list[Button]]:
    """Return what this person may do with a campaign now; the store decides again at every tap."""
    of = page.campaign

    def button(label: str, verb: str) -> Button:
        return label, StaffTap(verb, of.reference, str(of.version))

    rows: dict[CampaignState, list[Button]] = {
        CampaignState.DRAFT: [] if page.unconfirmed else [button("Send for approval", "campaign_submit")],
        CampaignState.WAITING: [
            button("Approve", "campaign_approve"),
            button("Send back", "campaign_return"),
        ],
        CampaignState.APPROVED: [button("Send back", "campaign_return")],
        CampaignState.SENDING: [button("Pause", "campaign_pause")],
        CampaignState.PAUSED: [button("Go on", "campaign_resume")],
    }
    own = rows.get(of.state, [])
    if of.state in {CampaignState.WAITING, CampaignState.APPROVED} and not _may_approve(of, by):
        own = []
    last = [button("Try it on myself", "campaign_try")]
    if of.state in TO_BE_CHANGED:
        own = [*own, button("Change it", "campaign_change")]
    if of.state not in {CampaignState.SENT, CampaignState.CANCELLED}:
        last.append(button("Cancel it", "campaign_cancel"))
    return [*stacked(own), last, [("All campaigns", StaffTap(LIST))]]


def _may_approve(of: Campaign, by: By) -> bool:
    try:
        check_approver(by.staff, of.author_id)
    except Refusal:
        return False
    return True


def _does(action: Action, said: str) -> Verb:
    """Return the verb that does this to the version which the button spoke of."""

    def verb(turn: Turn, by: By, tap: StaffTap) -> None:
        _show_after(turn, by, tap, lambda: action(turn.session, by, tap.subject, _version(tap)), said)

    return verb


def _show_after(turn: Turn, by: By, tap: StaffTap, deed: Callable[[], None], said: str) -> None:
    """Do it and show how the campaign stands then; also where it was refused, with the reason."""
    try:
        deed()
        turn.answer(said)
    except NotFound:
        raise
    except Refusal as refusal:
        turn.answer(toast(refusal))
    show(turn, by, tap.subject)


def _version(tap: StaffTap) -> int | None:
    return int(tap.more) if tap.more.isdecimal() else None


def _try(turn: Turn, by: By, tap: StaffTap) -> None:
    """Send it to oneself, in each of its languages."""
    campaign.try_out(turn.session, by, tap.subject)
    turn.answer("Here it comes, as people get it.")


def _ask_to_cancel(turn: Turn, by: By, tap: StaffTap) -> None:
    """Ask once more: what is cancelled never goes out again."""
    of = campaigns.page(turn.session, by.staff, tap.subject).campaign
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
    page = campaigns.page(turn.session, by.staff, tap.subject)
    check_approver(by.staff, "")
    if page.campaign.state not in {CampaignState.WAITING, CampaignState.APPROVED}:
        turn.answer(f"It is: {STATE_LABELS[page.campaign.state]}.")
        show(turn, by, tap.subject)
        return
    of = {"reference": tap.subject, "about": SHOW, "version": _version(tap)}
    beside.start(turn, staff_form.SEND_BACK.code, fresh=True, **of)


def _send_back(session: Session, by: By, answers: deeds.Answers) -> str:
    campaign.send_back(session, by, answers["reference"], answers["text"], answers.get("version"))
    return "It is a draft again. Whoever wrote it is told why."


VERBS: dict[str, Verb] = {
    SHOW: lambda turn, by, tap: show(turn, by, tap.subject),
    LIST: lambda turn, by, tap: listing(turn, by, tap.subject),
    "campaign_try": _try,
    "campaign_cancel": _ask_to_cancel,
    "campaign_return": _ask_why,
    **{verb: _does(*deed) for verb, deed in _VERSIONED.items()},
}
chat_form.register(deeds.form_of(staff_form.SEND_BACK, _send_back))
