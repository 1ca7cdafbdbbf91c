"""How far a campaign is: counted every so often, whoever asks."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

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


def left(found: Results, at: datetime, when: Callable[[datetime], str]) -> str:
    """Say how long what goes out now takes, and when the rest goes; empty where neither is known.

    `when` says a moment in words.
    """
    said = []
    if found.time_left is not None:
        of_those = " of what may go by now" if found.later else ""
        said.append(f"{roughly(found.time_left)} left{of_those}.")
    if found.next_at is not None and found.next_at > at:
        wait = f"{found.later:,} {'waits' if found.later == 1 else 'wait'} for a later time. "
        said.append(f"{wait if found.later else ''}The next may go {when(found.next_at)}.")
    return " ".join(said)


def _count(number: int, unit: str) -> str:
    return f"about {number} {unit}{'s' if number > 1 else ''}"
