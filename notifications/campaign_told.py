"""Tell whoever may approve a campaign that it waits, and its author what was decided; never at night."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from notifications import recipients
from notifications.buttons import StaffTap, markup
from notifications.cards import NO_PREVIEW
from notifications.dates import day_seen, time_in_words
from notifications.quiet_hours import quiet_until
from store.actions import unsent
from store.domain.actor import ActorKind
from store.domain.campaign import TOPICS, Campaign, CampaignState
from store.domain.delivery import STAFF_KIND, Lane, Outgoing
from store.domain.event import Action, Event
from store.domain.staff import Staff
from store.engine import Session, now
from store.queries import campaigns
from store.queries import staff as accounts

Details = Mapping[str, Any]
WAITS, DECIDED = STAFF_KIND + "campaign_waits", STAFF_KIND + "campaign_decided"
_ENDS_WAITING = frozenset(
    {
        Action.CAMPAIGN_APPROVED,
        Action.CAMPAIGN_SENT_BACK,
        Action.CAMPAIGN_CHANGED,
        Action.CAMPAIGN_FILE_ATTACHED,
        Action.CAMPAIGN_FILE_REMOVED,
        Action.CAMPAIGN_FILE_GONE,
        Action.CAMPAIGN_CANCELLED,
    }
)


def of(session: Session, event: Event, details: Details) -> Iterable[Outgoing]:
    """Return what a step of a campaign gives to say to staff, each in their own chat."""
    if event.action in _ENDS_WAITING or _has_another_time(session, event):
        unsent.overtake(session, _waits(event.subject_id))
    if event.action == Action.CAMPAIGN_SUBMITTED:
        yield from _it_waits(session, event)
    elif event.action in {Action.CAMPAIGN_APPROVED, Action.CAMPAIGN_SENT_BACK}:
        yield from _it_was_decided(session, event, details)


def _has_another_time(session: Session, event: Event) -> bool:
    """Tell whether its days were confirmed as others: where they are the same, it waits as before."""
    confirmed = event.action == Action.CAMPAIGN_DAYS_CONFIRMED
    return confirmed and campaigns.one(session, event.subject_id).state is not CampaignState.WAITING


def _waits(campaign_id: str) -> str:
    return f"{WAITS}:{campaign_id}:"


def _it_waits(session: Session, event: Event) -> Iterable[Outgoing]:
    """Tell every supervisor but its author. Alerts that are urgent tell of themselves."""
    campaign = campaigns.one(session, event.subject_id)
    if campaign.facts.topic not in TOPICS:
        return
    text = (
        f"{campaign.author} wrote a campaign that waits for approval: {_named(campaign)}. "
        f"It goes out {_when(campaign, now(session))}."
    )
    for person in recipients.supervisors(session, None):
        if person.id != campaign.author_id:
            key = f"{_waits(campaign.id)}{event.id}:{person.id}"
            yield _to(session, person, text, campaign, WAITS, key)


def _it_was_decided(session: Session, event: Event, details: Details) -> Iterable[Outgoing]:
    """Tell its author, unless they decided themselves, or it was decided once for all times of it."""
    campaign = campaigns.one(session, event.subject_id)
    author = recipients.officer(session, {"officer_id": campaign.author_id})
    by_itself = event.actor.kind is not ActorKind.STAFF
    if by_itself or author is None or author.id == event.actor.id or campaign.facts.topic not in TOPICS:
        return
    who = accounts.by_id(session, str(event.actor.id)).staff.name
    if event.action == Action.CAMPAIGN_APPROVED:
        text = (
            f"{who} approved your campaign {_named(campaign)}. It goes out {_when(campaign, now(session))}."
        )
    else:
        text = f"{who} sent your campaign {_named(campaign)} back:\n{details['text']}"
    yield _to(session, author, text, campaign, DECIDED, f"{event.id}:{author.id}:{DECIDED}")


def _named(campaign: Campaign) -> str:
    return f"“{campaign.facts.title}” ({campaign.reference})"


def _when(campaign: Campaign, seen: datetime) -> str:
    at = campaign.facts.send_at
    if at is not None:
        return f"on {day_seen(at, seen, 'en')} at {time_in_words(at, 'en')}"
    return "now" if campaign.approver is not None else "as soon as it is approved"


def _to(session: Session, person: Staff, text: str, campaign: Campaign, kind: str, key: str) -> Outgoing:
    chat_id = person.chat_id or 0
    keyboard = markup([[("Open the campaign", StaffTap("campaign", campaign.reference))]])
    params = {"chat_id": chat_id, "text": text, "link_preview_options": NO_PREVIEW, "reply_markup": keyboard}
    return Outgoing(Lane.CASE, chat_id, kind, "sendMessage", params, key, quiet_until(now(session)))
