"""A sample says how many would hear of a campaign, by language, frequency and place, and no more."""

from __future__ import annotations

from store.actions import resident, subscription
from store.actions.subscription import Consent
from store.domain.staff import Role
from store.domain.subscription import Frequency, Subscription, Topic
from store.queries import campaign_sample, campaigns
from tests.support.campaigns import a_draft, facts, sending
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
