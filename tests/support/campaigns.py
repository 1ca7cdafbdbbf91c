"""Campaigns for tests, in every state."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from store.actions import campaign, campaign_sending
from store.domain.campaign import CampaignFacts
from store.domain.staff import By
from store.domain.subscription import Topic
from tests.support.triage_factory import PROFILE, Town

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
    reference = await approved(town, by, approver, **other)
    while (going := await town.write(campaign_sending.next_due)) is not None:
        await town.write(campaign_sending.told, going)
    return reference
