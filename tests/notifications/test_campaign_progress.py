"""How far a campaign is: counted every so often, one at a time, whoever asks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notifications import campaign_progress
from notifications.campaign_progress import roughly
from notifications.timetable import send_campaigns
from store.actions import campaign, campaign_results
from store.domain.campaign import Campaign
from store.domain.campaign_results import Reason, Results
from store.domain.delivery import DeliveryState
from store.domain.staff import By, Role
from store.queries import campaign_results as counted
from store.queries import campaigns
from tests.notifications.test_reminders import send
from tests.support.campaigns import begun, ended
from tests.support.readers import sam
from tests.support.triage_factory import Town

__all__ = ["sam"]

NOT_FOUND = "Bad Request: chat not found"


@pytest.fixture
async def sent(town: Town, sam: By) -> str:
    """A campaign to four people that has begun to go out."""
    return await begun(town, sam, await town.staff("Hal", Role.SUPERVISOR), people=4)


async def found(town: Town, by: By, reference: str) -> Campaign:
    return (await town.read(campaigns.page, by.staff, reference)).campaign


async def results(town: Town, by: By, reference: str) -> Results:
    return await campaign_progress.results(town.store, await found(town, by, reference))


async def test_it_is_counted_every_so_often_with_the_rate_and_the_reasons(
    town: Town, sam: By, sent: str
) -> None:
    assert (await results(town, sam, sent)).counts == {DeliveryState.QUEUED: 4}
    await ended(town, DeliveryState.FAILED, DeliveryState.UNCERTAIN, error=NOT_FOUND)
    town.pass_time(seconds=4)
    assert (await results(town, sam, sent)).ended == 0
    town.pass_time(seconds=1)
    told = await results(town, sam, sent)
    assert (told.told, told.ended, told.per_second) == (4, 2, 0.4)
    assert told.time_left == timedelta(seconds=5)
    assert told.reasons == (
        Reason(DeliveryState.FAILED, NOT_FOUND, 1),
        Reason(DeliveryState.UNCERTAIN, NOT_FOUND, 1),
    )
    await send(town)
    await send_campaigns(town.store)
    told = await results(town, sam, sent)
    assert (told.ended, told.of(DeliveryState.SENT), told.next_at) == (4, 2, None)
    town.pass_time(days=1)
    assert await results(town, sam, sent) == told


async def test_what_somebody_does_is_counted_at_once(town: Town, sam: By, sent: str) -> None:
    await results(town, sam, sent)
    await town.write(campaign.pause, sam, sent)
    assert (await results(town, sam, sent)).counts == {DeliveryState.HELD: 4}
    await town.write(campaign.cancel, sam, sent)
    assert (await results(town, sam, sent)).counts == {DeliveryState.CANCELLED: 4}


async def test_one_counts_at_a_time_and_one_who_was_overtaken_counts_for_nothing(
    town: Town, sam: By, sent: str
) -> None:
    known = await found(town, sam, sent)
    claimed = await town.write(campaign_results.claim, known.id)
    assert claimed is not None
    assert await town.write(campaign_results.claim, known.id) is None
    assert (await results(town, sam, sent)).counted_at is None
    stale = await town.read(counted.count, known.id)
    await town.write(campaign.pause, sam, sent)
    await town.write(campaign_results.keep, known.id, claimed, stale, timedelta(0))
    assert (await results(town, sam, sent)).counts == {DeliveryState.HELD: 4}
    assert await town.write(campaign_results.claim, known.id) is not None
    town.pass_time(minutes=1)
    assert await town.write(campaign_results.claim, known.id) is not None


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(seconds=40), "less than a minute"),
        (timedelta(minutes=1), "about 1 minute"),
        (timedelta(minutes=3, seconds=10), "about 3 minutes"),
        (timedelta(hours=1, minutes=31), "about 2 hours"),
        (timedelta(hours=9), "about 9 hours"),
    ],
)
def test_times_are_told_roughly(left: timedelta, said: str) -> None:
    assert roughly(left) == said
