"""Campaigns for tests, in every state."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

from notifications.campaigns import tell_next
from notifications.timetable import send_campaigns
from store.actions import campaign, campaign_sending, delivery, staff, subscription
from store.actions.subscription import Consent
from store.domain.actor import SYSTEM, Channel
from store.domain.campaign import CampaignFacts
from store.domain.delivery import SUBSCRIBED_KIND, DeliveryState, Lane, Sent
from store.domain.rounds import Round
from store.domain.staff import By, Role
from store.domain.subscription import QuietHours, Subscription, Topic
from store.queries import campaigns, outbox
from tests.support import town as journeys
from tests.support.triage_factory import PROFILE, Town

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
_numbers = itertools.count(1)

LOCKS = CampaignFacts(
    "Lock your shed", Topic.CAMPAIGNS, {"en": "Lock your shed. Ask {email}.", "pl": "Zamknij szopę."}
)

WISH = Subscription(frozenset({Topic.CAMPAIGNS}), quiet=QuietHours(time(0), time(0)))
"""Somebody who wants campaigns at any hour."""


def facts(**other: Any) -> CampaignFacts:
    return replace(LOCKS, **other)


async def a_draft(town: Town, by: By, **other: Any) -> str:
    return await town.write(campaign.make, by, facts(**other), PROFILE.district)


async def waiting(town: Town, by: By, **other: Any) -> str:
    reference = await a_draft(town, by, **other)
    await town.write(campaign.submit, by, reference)
    return reference


async def approved(town: Town, by: By, approver: By, **other: Any) -> str:
    reference = await waiting(town, by, **other)
    await town.write(campaign.approve, approver, reference)
    return reference


async def begun(town: Town, by: By, approver: By, people: int = 1, **other: Any) -> str:
    """A campaign whose messages to so many new subscribers wait to go out."""
    for _ in range(people):
        await town.write(subscription.subscribe, await town.resident(), WISH, Consent("Yes", "en"))
    reference = await approved(town, by, approver, **other)
    while await town.write(tell_next, Round()) is not None:
        pass
    return reference


async def ended(
    town: Town, *states: DeliveryState, error: str | None = None, lane: Lane = Lane.CAMPAIGN
) -> None:
    """Let the next messages of campaigns that are due end so."""
    due = (await town.store.read(outbox.due, 1_000)).deliveries
    its = [one.id for one in due if one.lane is lane and one.kind.startswith(SUBSCRIBED_KIND)]
    ids = its[: len(states)]
    leased = await town.write(delivery.lease, ids)
    done = [Sent(one, state, error=error) for one, state in zip(sorted(leased), states, strict=True)]
    await town.write(delivery.finish, done)


async def partly_failed(town: Town, by: By, approver: By) -> str:
    """A campaign that goes out, and failed for the first of its two people."""
    reference = await begun(town, by, approver, people=2)
    await ended(town, DeliveryState.FAILED, error="Bad Request: chat not found")
    return reference


async def sending(town: Town, by: By, approver: By, **other: Any) -> str:
    reference = await a_draft(town, by, **other)
    await send_it(town, by, approver, reference)
    return reference


async def send_it(town: Town, by: By, approver: By, reference: str) -> None:
    """Let a draft go out."""
    await town.write(campaign.submit, by, reference)
    await town.write(campaign.approve, approver, reference)
    await go_out(town)


async def go_out(town: Town) -> None:
    """Let what is due go out."""
    while (going := await town.write(campaign_sending.next_due, Round())) is not None:
        await town.write(campaign_sending.told, going)


async def told(
    town: journeys.Town, then: Callable[[str], Awaitable[None]] | None = None, **other: Any
) -> str:
    """Let a campaign go out in a whole town, as it does; return its id. `then` is done to the draft."""
    name = f"sue{next(_numbers)}"
    sue = By(await town.house.write(staff.add, SYSTEM, name, "Sue", Role.SUPERVISOR), Channel.WEB)
    reference = await town.staff_does(campaign.make, facts(**other), PROFILE.district)
    if then is not None:
        await then(reference)
    await town.staff_does(campaign.submit, reference)
    await town.house.write(campaign.approve, sue, reference)
    await send_campaigns(town.house.app.store)
    return (await town.house.read(campaigns.page, sue.staff, reference)).campaign.id
