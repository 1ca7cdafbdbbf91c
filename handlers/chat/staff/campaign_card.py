"""One campaign in chat as it stands now, with a button for everything that this person may do with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.chat.staff import campaign_texts
from handlers.chat.turn import Turn
from notifications.buttons import Button, StaffTap
from store.domain.campaign import (
    OVER,
    TO_BE_CHANGED,
    Campaign,
    CampaignFacts,
    CampaignState,
    check_approver,
    check_may,
    check_retry,
)
from store.domain.campaign_form import TEXT, TITLE, TOPIC
from store.domain.campaign_part import BUTTONS, GOOD_FOR, LABELS, LINK, PUBLIC, READS, SPREAD, WHEN, WHERE
from store.domain.campaign_results import Results
from store.domain.delivery import DeliveryState
from store.domain.errors import Refusal, Unreadable
from store.domain.reference import LANGUAGES
from store.domain.staff import By
from store.engine import now
from store.queries import campaign_occurrences, campaign_results, campaigns
from store.queries.campaign_occurrences import Came
from store.queries.campaigns import CampaignPage

SHOW, LIST, PATTERN = "campaign", "campaigns", "pattern"
CHANGE, WORDS, MORE = "campaign_change", "campaign_words", "campaign_more"
PART, FILE, DAYS, AGAIN = "campaign_part", "campaign_file", "campaign_days", "campaign_again"
HEAR = "hear"
"""Under which what was fetched before the turn says who would hear of the campaign that is opened."""
MANY_COLUMNS = 2
OFTEN = (BUTTONS, LINK, WHERE, WHEN, SPREAD)
SELDOM = (TITLE, TOPIC, READS, GOOD_FOR, PUBLIC)
IS_DRAFT_AGAIN = "It is a draft again: it has to be sent for approval anew."


def show(turn: Turn, by: By, reference: str, *notices: str) -> None:
    """Show one campaign as it stands now, in place of the message whose button was tapped."""
    page, came, results = _read(turn, by, reference)
    at = now(turn.session)
    text = campaign_texts.page(page, came, results, turn.reference.profile, at)
    every: Button = ("All campaigns", StaffTap(LIST))
    last = [every] if came is None else [("Its recurring campaign", StaffTap(PATTERN, came.pattern)), every]
    turn.show("\n\n".join([*notices, text]), [*_keyboard(page, by, results, at), last])


def text_of(turn: Turn, by: By, reference: str) -> str:
    """Return what its card says."""
    page, came, results = _read(turn, by, reference)
    return campaign_texts.page(page, came, results, turn.reference.profile, now(turn.session))


def _read(turn: Turn, by: By, reference: str) -> tuple[CampaignPage, Came | None, Results]:
    page = campaigns.page(turn.session, by.staff, reference, count=False)
    if isinstance(turn.fetched, Mapping) and page.campaign.state in TO_BE_CHANGED:
        page = replace(page, sample=turn.fetched.get(HEAR))
    came = campaign_occurrences.of_campaign(turn.session, page.campaign.id)
    return page, came, campaign_results.of(turn.session, page.campaign.id)


def show_change(turn: Turn, by: By, reference: str) -> None:
    """Show what of it can be changed. Refusal: `campaign.cannot_move`."""
    known = changeable(turn, by, reference)
    if known.state is CampaignState.DRAFT:
        show(turn, by, reference)
        return
    then = "With any change it is a draft again, written by you, and somebody else has to approve it."
    said = f"What of “{known.facts.title}” ({reference}) shall change? {then}"
    turn.show(said, [*_parts(known), [_back(known)]])


def show_words(turn: Turn, by: By, reference: str, *notices: str) -> None:
    """Show in which languages it has words, with a button for each. Refusal: `campaign.cannot_move`."""
    known = changeable(turn, by, reference)
    facts = known.facts
    buttons = [(language_label(facts, code), StaffTap(PART, reference, TEXT + code)) for code in LANGUAGES]
    said = campaign_texts.languages(facts)
    head = f"Words of “{facts.title}” ({reference})"
    turn.show("\n\n".join([*notices, head, said]), [*in_rows(buttons), [_back(known)]])


def show_more(turn: Turn, by: By, reference: str) -> None:
    """Show what else can be set. Refusal: `campaign.cannot_move`."""
    known = changeable(turn, by, reference)
    came = campaign_occurrences.of_campaign(turn.session, known.id)
    buttons = [(LABELS[part], StaffTap(PART, reference, part)) for part in SELDOM]
    if came is not None and not came.unconfirmed:
        buttons.append(("Its days", StaffTap(DAYS, reference)))
    if came is None and known.state is CampaignState.DRAFT:
        buttons.append(("Make it recurring", StaffTap(AGAIN, reference)))
    said = "\n".join(campaign_texts.more(known.facts))
    turn.show(f"More of “{known.facts.title}” ({reference})\n\n{said}", [*in_rows(buttons), [_back(known)]])


def changeable(turn: Turn, by: By, reference: str) -> Campaign:
    """Return a campaign that may still change.

    Refusals: `campaign.not_found`, `campaign.cannot_move`, `campaign.unreadable`.
    """
    known = campaigns.find(turn.session, by.staff, reference)
    if known.state not in TO_BE_CHANGED:
        check_may(known.state, CampaignState.DRAFT)
    if known.unreadable:
        raise Unreadable("campaign.unreadable")
    return known


def _keyboard(page: CampaignPage, by: By, results: Results, at: datetime) -> list[list[Button]]:
    """Return what this person may do with a campaign now; the store decides again at every tap."""
    of = page.campaign
    cancel = [] if of.state in OVER else [_deed(of, "Cancel it", "campaign_cancel")]
    if of.unreadable:
        return [cancel] if cancel else []
    last = [_deed(of, "Try it on myself", "campaign_try"), *cancel]
    return [*_next(of, page, by), *_retry(of, results, at), *_count(page), last]


def _count(page: CampaignPage) -> list[list[Button]]:
    """Return what opens it anew, with who would hear of it, where that was not counted."""
    if page.sample is not None or page.campaign.state not in TO_BE_CHANGED:
        return []
    return [[("How many would hear of it", StaffTap(SHOW, page.campaign.reference))]]


def _next(of: Campaign, page: CampaignPage, by: By) -> list[list[Button]]:
    """Return what leads on, and the parts of a draft."""
    change = ("Change it", StaffTap(CHANGE, of.reference))
    if of.state is CampaignState.DRAFT:
        confirm = ("Confirm its days", StaffTap(DAYS, of.reference))
        submit = _deed(of, "Send for approval", "campaign_submit")
        return [[confirm if page.unconfirmed else submit], *_parts(of)]
    send_back = _deed(of, "Send back", "campaign_return")
    rows: dict[CampaignState, list[Button]] = {
        CampaignState.WAITING: [_deed(of, "Approve", "campaign_approve"), send_back],
        CampaignState.APPROVED: [send_back],
        CampaignState.SENDING: [_deed(of, "Pause", "campaign_pause")],
        CampaignState.PAUSED: [_deed(of, "Go on", "campaign_resume")],
    }
    if of.state not in TO_BE_CHANGED:
        return [rows[of.state]] if of.state in rows else []
    return [*([rows[of.state]] if _may_approve(of, by) else []), [change]]


def _retry(of: Campaign, results: Results, at: datetime) -> list[list[Button]]:
    if not results.of(DeliveryState.FAILED):
        return []
    try:
        check_retry(of.state, of.facts, of.started_at, at)
    except Refusal:
        return []
    return [[_deed(of, "Try the failed ones again", "campaign_retry")]]


def _parts(of: Campaign) -> list[list[Button]]:
    """Return a button for each part that is often set; the rest stands behind the last."""
    has = sum(of.facts.reaches(code) and code in of.facts.texts for code in LANGUAGES)
    wanted = sum(map(of.facts.reaches, LANGUAGES))
    buttons: list[Button] = [
        (f"Words ({has} of {wanted})", StaffTap(WORDS, of.reference)),
        ("Picture or PDF", StaffTap(FILE, of.reference)),
        *((LABELS[part], StaffTap(PART, of.reference, part)) for part in OFTEN),
        ("More", StaffTap(MORE, of.reference)),
    ]
    return in_rows(buttons)


def language_label(facts: CampaignFacts, code: str) -> str:
    """Return a language as a button shows it: whether there are words in it."""
    return f"{'✓' if code in facts.texts else '＋'} {LABELS[TEXT + code]}"


def in_rows(buttons: Sequence[Button]) -> list[list[Button]]:
    """Lay the buttons of the parts out."""
    return [list(buttons[at : at + MANY_COLUMNS]) for at in range(0, len(buttons), MANY_COLUMNS)]


def _deed(of: Campaign, label: str, verb: str) -> Button:
    """Return a button that speaks of this version."""
    return label, StaffTap(verb, of.reference, str(of.version))


def _back(of: Campaign) -> Button:
    return "Back to the campaign", StaffTap(SHOW, of.reference)


def _may_approve(of: Campaign, by: By) -> bool:
    try:
        check_approver(by.staff, of.author_id)
    except Refusal:
        return False
    return True
