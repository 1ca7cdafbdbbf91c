"""How far a campaign is: counted every so often, whoever asks."""

from __future__ import annotations

import time
from datetime import timedelta

from store.actions import campaign_results
from store.domain.campaign import OVER, Campaign
from store.domain.campaign_results import Results
from store.engine import Store
from store.queries import campaign_results as counted

ROUGH_MINUTES = 90
"""From so many minutes on hours are told."""


async def results(store: Store, campaign: Campaign) -> Results:
    """Return what became of a campaign so far, counted anew where that is due and nobody else is at it."""
    known = await store.read(counted.of, campaign.id)
    if campaign.started_at is None or not known.is_due(store.clock.now(), over=campaign.state in OVER):
        return known
    claimed_at = await store.write(campaign_results.claim, campaign.id)
    if claimed_at is None:
        return known
    began = time.monotonic()
    found = await store.read(counted.count, campaign.id)
    took = timedelta(seconds=time.monotonic() - began)
    await store.write(campaign_results.keep, campaign.id, claimed_at, found, took)
    return await store.read(counted.of, campaign.id)


def roughly(left: timedelta) -> str:
    """Return a time in words that promise no more than is known."""
    minutes = left / timedelta(minutes=1)
    if minutes < 1:
        return "less than a minute"
    if minutes < ROUGH_MINUTES:
        return _count(round(minutes), "minute")
    return _count(round(minutes / 60), "hour")


def _count(number: int, unit: str) -> str:
    return f"about {number} {unit}{'s' if number > 1 else ''}"
