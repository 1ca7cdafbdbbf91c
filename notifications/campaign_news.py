"""How far a campaign is, in the chats of who wrote and who approved it: one message, edited as it goes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from notifications import campaign_progress
from notifications.buttons import StaffTap, markup
from notifications.campaign_progress import roughly
from notifications.one_by_one import each
from store.actions import campaign_results, campaign_sending, delivery
from store.domain.campaign import OVER, TOPICS, Campaign, CampaignState
from store.domain.campaign_results import Results
from store.domain.delivery import STAFF_KIND, DeliveryState, Lane, Outgoing
from store.domain.rounds import Round
from store.engine import Session, Store, now
from store.queries import campaign_results as counted
from store.queries import campaigns

log = logging.getLogger(__name__)

KIND = STAFF_KIND + "progress"
LOOK_SECONDS = 5.0
SAID_EVERY = timedelta(seconds=15)
ONE_PART_IN = 60
"""What takes hours is told more seldom: at most once in such a part of the time it has taken so far."""
BESIDE = "beside"
"""Said by the button under this message: what it opens comes beside it, as it is edited on."""
EDIT_IS_GOOD_FOR = timedelta(minutes=1)
_AMISS = (
    (DeliveryState.BLOCKED, "blocked us"),
    (DeliveryState.FAILED, "failed"),
    (DeliveryState.UNCERTAIN, "not known"),
    (DeliveryState.EXPIRED, "too late"),
    (DeliveryState.CANCELLED, "not wanted any more"),
)


async def keep(store: Store) -> None:
    """Follow what goes out until cancelled; trouble of the database is waited out."""
    while True:
        try:
            await follow(store)
        except Exception:
            log.exception("Campaigns cannot be followed.", extra={"action": "campaign.not_followed"})
        await asyncio.sleep(LOOK_SECONDS)


async def follow(store: Store) -> None:
    """Count what goes out where that is due, let it end as soon as it has, and say how far it is.

    One that fails is logged, and holds up none of the others.
    """
    for campaign_id in await store.read(campaigns.followed):
        try:
            await _follow(store, campaign_id)
        except Exception:
            told = {"action": "campaign.not_followed", "campaign": campaign_id}
            log.exception("A campaign cannot be followed.", extra=told)


async def _follow(store: Store, campaign_id: str) -> None:
    campaign = await store.read(campaigns.one, campaign_id)
    found = await campaign_progress.results(store, campaign)
    all_out = campaign.state is CampaignState.SENDING and campaign.all_told and found.ended == found.told
    if all_out:
        await each(store, campaign_sending.finish, Round(), _finished)
    await store.write(say, campaign_id)


def _finished(count: int) -> None:
    log.info("%s campaigns have gone out.", count, extra={"action": "campaign.finished"})


def say(session: Session, campaign_id: str) -> None:
    """Queue the news of a campaign for its author and its approver, where it is time and there is any."""
    said = campaign_results.said_so_far(session, campaign_id)
    campaign, found, at = campaigns.one(session, campaign_id), counted.of(session, campaign_id), now(session)
    if said.all or found.counted_at is None or campaign.started_at is None:
        return
    over = campaign.state in OVER and found.ended == found.told
    often = max(SAID_EVERY, (at - campaign.started_at) / ONE_PART_IN)
    if not over and said.at is not None and at - said.at < often:
        return
    text = words(campaign, found, at, again=counted.may_retry(session, campaign, found))
    news = text != said.text
    if (news or over) and (not news or _tell(session, campaign, text, at, over=over)):
        campaign_results.say(session, campaign_id, text, all_said=over)


def _tell(session: Session, campaign: Campaign, text: str, at: datetime, *, over: bool) -> bool:
    """Queue this for each who is to hear it; False where a message to be edited is still on its way.

    Who cannot be reached, or took the message away before it was known, hears no more.
    """
    things = []
    until = None if over else at + EDIT_IS_GOOD_FOR
    for staff_id, chat_id in campaigns.watchers(session, campaign.id):
        first = f"progress:{campaign.id}:{staff_id}:"
        params = {"chat_id": chat_id, "text": text, **_button(campaign)}
        post = campaigns.post(session, first)
        if post is None:
            things.append(Outgoing(Lane.CASE, chat_id, KIND, "sendMessage", params, first))
        elif post.waits:
            return False
        elif post.message_id is not None:
            key, params = f"{first}{at:%Y%m%d%H%M%S%f}", params | {"message_id": post.message_id}
            edit = Outgoing(Lane.CASE, chat_id, KIND, "editMessageText", params, key, expires_at=until)
            things.append(edit)
    delivery.queue(session, things)
    return True


def _button(campaign: Campaign) -> dict[str, Any]:
    """Return what opens it in chat; urgent alerts open in the console only."""
    if campaign.facts.topic not in TOPICS:
        return {}
    opens = StaffTap("campaign", campaign.reference, BESIDE)
    return {"reply_markup": markup([[("Open the campaign", opens)]])}


def words(campaign: Campaign, found: Results, at: datetime, *, again: bool) -> str:
    """Return what is said at this time of a campaign that stands so; `again`: what failed can be retried."""
    what = "Campaign" if campaign.facts.urgent is None else "Urgent alert"
    name = f"{what} “{campaign.facts.title}” ({campaign.reference})"
    so_far = f"{found.ended:,} of {found.told:,}"
    sent = f"sent to {found.of(DeliveryState.SENT):,} of {found.told:,}"
    amiss = ", ".join(_amiss(found))
    match campaign.state:
        case CampaignState.SENT:
            more = " What failed can be tried again." if again else ""
            return f"{name} has gone out: {sent}{f' ({amiss})' if amiss else ''}.{more}"
        case CampaignState.CANCELLED:
            return f"{name} is cancelled: {sent}."
        case CampaignState.PAUSED:
            return f"{name} is paused: {so_far}."
        case _:
            left = f", {roughly(found.time_left)} left" if found.time_left is not None else ""
            now = " of what may go by now" if left and found.later else ""
            return f"{name}: {so_far}{left}{now}.{_waits(found, at)}"


def _waits(found: Results, at: datetime) -> str:
    later = found.next_at is not None and found.next_at > at
    return " The rest waits for the hours that people chose." if later else ""


def _amiss(found: Results) -> Iterable[str]:
    return (f"{count:,} {said}" for state, said in _AMISS if (count := found.of(state)))
