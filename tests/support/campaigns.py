"""Campaigns for tests, in every state."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from notifications.timetable import send_campaigns
from store.actions import campaign, campaign_sending, staff
from store.domain.actor import SYSTEM, Channel
from store.domain.campaign import CampaignFacts
from store.domain.staff import By, Role
from store.domain.subscription import Topic
from store.queries import campaigns
from tests.support import town as journeys
from tests.support.triage_factory import PROFILE, Town

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
_numbers = itertools.count(1)

LOCKS = CampaignFacts(
    "Lock your shed", Topic.CAMPAIGNS, {"en": "Lock your shed. Ask {email}.", "pl": "Zamknij szopę."}
)


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


async def sending(town: Town, by: By, approver: By, **other: Any) -> str:
    reference = await a_draft(town, by, **other)
    await send_it(town, by, approver, reference)
    return reference


async def send_it(town: Town, by: By, approver: By, reference: str) -> None:
    """Let a draft go out."""
    await town.write(campaign.submit, by, reference)
    await town.write(campaign.approve, approver, reference)
    while (going := await town.write(campaign_sending.next_due)) is not None:
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
