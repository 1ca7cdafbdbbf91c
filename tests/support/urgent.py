"""Urgent alerts for tests, in every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from notifications.campaigns import tell_next
from store.actions import campaign, subscription, urgent
from store.actions.subscription import Consent
from store.domain.campaign import CampaignFacts
from store.domain.delivery import DeliveryState, Lane
from store.domain.rounds import Round
from store.domain.staff import By
from store.domain.subscription import Topic
from store.domain.urgent import Urgent, UrgentKind
from tests.support import campaigns
from tests.support.triage_factory import PROFILE, Town

FLOOD = CampaignFacts(
    "Flooding: Water at the harbour",
    Topic.URGENT,
    {"en": "Water at the harbour. Move your car.", "pl": "Woda w porcie. Przestaw samochód."},
    good_for=timedelta(hours=12),
    urgent=Urgent(UrgentKind.FLOODING),
)
OVER = replace(FLOOD, texts={"en": "The water is gone."}, urgent=Urgent(UrgentKind.FLOODING, all_clear=True))


def facts(*, danger: bool = False, **other: Any) -> CampaignFacts:
    return replace(FLOOD, urgent=Urgent(UrgentKind.FLOODING, danger), **other)


async def a_draft(town: Town, by: By, **other: Any) -> str:
    return await town.write(campaign.make, by, facts(**other), PROFILE.district)


async def waiting(town: Town, by: By, **other: Any) -> str:
    reference = await a_draft(town, by, **other)
    await town.write(urgent.submit, by, reference)
    return reference


async def approved(town: Town, by: By, approver: By, *, agreed: bool = False, **other: Any) -> str:
    reference = await waiting(town, by, **other)
    await town.write(urgent.approve, approver, reference, danger=agreed)
    return reference


async def make_out(town: Town) -> None:
    """Make out every alert that may go now."""
    while await town.write(tell_next, Round(), Lane.URGENT) is not None:
        pass


async def going_out(town: Town, by: By, approver: By, *, agreed: bool = False, **other: Any) -> str:
    """Let an alert be made out to all."""
    reference = await approved(town, by, approver, agreed=agreed, **other)
    await make_out(town)
    return reference


async def partly_failed(town: Town, by: By, approver: By, **other: Any) -> str:
    """An alert that goes out, and failed for the first of its people."""
    reference = await going_out(town, by, approver, **other)
    await campaigns.ended(town, DeliveryState.FAILED, error="Bad Request: chat not found", lane=Lane.URGENT)
    return reference


async def subscriber(town: Town) -> None:
    """Somebody who gets alerts at any hour."""
    wish = replace(campaigns.WISH, topics=frozenset({Topic.URGENT}))
    await town.write(subscription.subscribe, await town.resident(), wish, Consent("Yes", "en"))
