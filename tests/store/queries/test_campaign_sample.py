"""A sample says how many would hear of a campaign, by language, frequency and place, and no more."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest

from notifications.timetable import bundle, send_campaigns
from store.actions import resident, subscription
from store.actions.subscription import Consent
from store.domain.staff import Role
from store.domain.subscription import Frequency, QuietHours, Subscription, Topic
from store.queries import campaign_sample, campaigns
from tests.notifications.test_reminders import send
from tests.support.campaigns import a_draft, approved, facts, sending
from tests.support.triage_factory import Town

TOPICS = frozenset({Topic.CAMPAIGNS})
HERE, WARD = "margate", "cliftonville"


async def subscriber(town: Town, wish: Subscription, language: str = "en") -> None:
    person = await town.resident()
    person = await town.write(resident.set_language, person, language)
    await town.write(subscription.subscribe, person, wish, Consent("Yes", language))


async def filled(town: Town) -> None:
    await subscriber(town, Subscription(TOPICS))
    await subscriber(town, Subscription(TOPICS, frozenset({HERE, WARD}), Frequency.WEEKLY))
    await subscriber(town, Subscription(TOPICS, frozenset({HERE})), "pl")
    await subscriber(town, Subscription(frozenset({Topic.MEETINGS})), "cs")


async def test_everybody_is_counted_once_by_language_and_frequency_and_for_each_place(town: Town) -> None:
    await filled(town)
    sample = await town.read(campaign_sample.of, facts())
    assert sample.total == 3
    assert sample.languages == {"en": 2, "pl": 1}
    assert list(sample.languages) == ["en", "pl"]
    assert sample.frequencies == {Frequency.AT_ONCE: 2, Frequency.WEEKLY: 1}
    assert (sample.places, sample.everywhere) == ({HERE: 2, WARD: 1}, 1)


async def test_areas_and_languages_narrow_it(town: Town) -> None:
    await filled(town)
    sample = await town.read(campaign_sample.of, facts(places=frozenset({WARD}), languages=frozenset({"en"})))
    assert (sample.total, sample.languages, sample.everywhere) == (2, {"en": 2}, 1)
    assert sample.places == {HERE: 1, WARD: 1}


async def test_it_is_taken_while_the_campaign_can_still_be_changed(town: Town) -> None:
    await filled(town)
    sam, hal = await town.staff("Sam"), await town.staff("Hal", Role.SUPERVISOR)
    page = await town.read(campaigns.page, sam.staff, await a_draft(town, sam))
    assert page.would_hear == 3
    page = await town.read(campaigns.page, sam.staff, await sending(town, sam, hal))
    assert (page.sample, page.would_hear) == (None, 0)


ANY_HOUR = QuietHours(time(0), time(0))


@pytest.mark.parametrize(
    ("good_for", "begins_in", "late"),
    [(timedelta(days=6), 0, 1), (timedelta(days=8), 0, 0), (timedelta(hours=5), 13, 3)],
    ids=["before the digest of the week", "after it", "over before the morning"],
)
async def test_who_would_get_it_too_late_is_said_and_gets_nothing(
    town: Town, good_for: timedelta, begins_in: int, late: int
) -> None:
    """It is Monday, a quarter of an hour after the digests."""
    town.pass_time(minutes=15)
    begins = town.clock.now() + timedelta(hours=begins_in) if begins_in else None
    for often, quiet in ((Frequency.WEEKLY, ANY_HOUR), (Frequency.DAILY, ANY_HOUR)):
        await subscriber(town, Subscription(TOPICS, frequency=often, quiet=quiet))
    for quiet in (ANY_HOUR, QuietHours()):
        await subscriber(town, Subscription(TOPICS, quiet=quiet))
    sample = await town.read(campaign_sample.of, facts(good_for=good_for, send_at=begins))
    assert (sample.total, sample.late) == (4, late)
    assert await _got(town, good_for=good_for, send_at=begins) == 4 - late


@pytest.mark.parametrize(("begins_in", "late"), [(0, 19), (11, 16)], ids=["at nine", "in the evening"])
async def test_of_one_that_is_spread_it_counts_who_is_told_too_late_for_their_digest(
    town: Town, begins_in: int, late: int
) -> None:
    """It is Monday, nine o'clock: whoever is told a moment later gets the digest of the next morning."""
    begins = town.clock.now() + timedelta(hours=begins_in) if begins_in else None
    spread_out: dict[str, Any] = {"spread": 12, "good_for": timedelta(days=1), "send_at": begins}
    for _ in range(20):
        await subscriber(town, Subscription(TOPICS, frequency=Frequency.DAILY, quiet=ANY_HOUR))
    sample = await town.read(campaign_sample.of, facts(**spread_out))
    assert (sample.total, sample.late, sample.about) == (20, late, True)
    assert await _got(town, **spread_out) == 20 - late


async def test_of_one_that_is_spread_it_says_about_how_many_where_they_want_it_differently(
    town: Town,
) -> None:
    begins = town.clock.now() + timedelta(hours=11)
    spread_out: dict[str, Any] = {"spread": 12, "good_for": timedelta(days=1), "send_at": begins}
    for often in (Frequency.DAILY, Frequency.AT_ONCE) * 10:
        await subscriber(town, Subscription(TOPICS, frequency=often, quiet=ANY_HOUR))
    sample = await town.read(campaign_sample.of, facts(**spread_out))
    assert (sample.total, sample.late) == (20, 8)
    assert abs(await _got(town, **spread_out) - 12) <= 2


async def _got(town: Town, **other: Any) -> int:
    """Let such a campaign go out, to its end, and return how many got it."""
    sam, hal = await town.staff("Sam"), await town.staff("Hal", Role.SUPERVISOR)
    await approved(town, sam, hal, **other)
    got = 0
    for hours in (*[1] * 48, *[12] * 14):
        await send_campaigns(town.store)
        await bundle(town.store)
        got += len(await send(town))
        town.pass_time(hours=hours)
    return got
