"""What people do about a campaign: each thing once for each person, of those who got it, as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from notifications import timetable
from notifications.timetable import send_campaigns
from store.actions import campaign, campaign_tap, delivery, retention, subscription
from store.domain.delivery import DeliveryState
from store.domain.resident import Resident
from store.domain.staff import By
from store.domain.subscription import Topic
from store.queries import campaign_results, campaigns, outbox
from store.queries import urgent as alerts
from tests.notifications.test_campaigns import hal, sam, subscriber
from tests.notifications.test_reminders import send
from tests.support import urgent, whole
from tests.support.campaigns import WISH, approved, begun, ended
from tests.support.triage_factory import Town, counted

__all__ = ["hal", "sam"]

BOTH = replace(WISH, topics=frozenset({Topic.CAMPAIGNS, Topic.SURVEYS}))


@pytest.fixture
async def ada(town: Town) -> Resident:
    return await subscriber(town, BOTH)


async def gone_out(town: Town, sam: By, hal: By, topic: Topic = Topic.CAMPAIGNS) -> str:
    """Return the id of a campaign that everybody got who wants it."""
    made = await approved(town, sam, hal, topic=topic)
    await send_campaigns(town.store)
    await send(town)
    await send_campaigns(town.store)
    return (await town.read(campaigns.page, sam.staff, made)).campaign.id


async def taps(town: Town, campaign_id: str) -> Mapping[str, int]:
    return dict(await town.read(campaign_results.taps, campaign_id))


async def test_each_taps_each_button_once(town: Town, sam: By, hal: By, ada: Resident) -> None:
    ben = await subscriber(town)
    sent = await gone_out(town, sam, hal)
    for person, button in ((ada, "more"), (ada, "more"), (ada, "less"), (ben, "more")):
        await town.write(campaign_tap.tapped, sent, button, person.id)
    assert await taps(town, sent) == {"more": 2, "less": 1}


async def test_who_did_not_get_it_is_not_counted(town: Town, sam: By, hal: By, ada: Resident) -> None:
    sent = await gone_out(town, sam, hal)
    await town.write(campaign_tap.tapped, sent, "more", (await town.resident()).id)
    await town.write(campaign_tap.tapped, "0" * 32, "more", ada.id)
    waits = await begun(town, sam, hal, people=0)
    other = (await town.read(campaigns.page, sam.staff, waits)).campaign.id
    await town.write(campaign_tap.tapped, other, "more", ada.id)
    assert await taps(town, sent) == await taps(town, other) == {}


async def test_whoever_got_it_may_read_all_of_it_unless_it_is_stopped(
    town: Town, sam: By, hal: By, ada: Resident
) -> None:
    made, ben = await begun(town, sam, hal, people=0), await town.resident()
    id_ = (await town.read(campaigns.page, sam.staff, made)).campaign.id
    assert await town.read(campaigns.got_by, id_, ada.id) is None, "it waits"
    waits = [one.id for one in (await town.read(outbox.due, 1)).deliveries]
    await town.write(delivery.lease, waits)
    assert await town.read(campaigns.got_by, id_, ada.id) is not None, "a tap may come before its answer"
    await town.write(delivery.give_back, waits)
    await ended(town, DeliveryState.SENT)
    deeds = ((None, True), (campaign.pause, False), (campaign.resume, True), (campaign.cancel, False))
    for deed, there in deeds:
        if deed is not None:
            await town.write(deed, sam, made)
        found = await town.read(campaigns.got_by, id_, ada.id)
        assert (found is not None and found.reference == made) is there
        assert await town.read(campaigns.got_by, id_, ben.id) is None


async def test_who_stops_within_72_hours_is_counted_once(town: Town, sam: By, hal: By, ada: Resident) -> None:
    ben, eve = await subscriber(town), await subscriber(town)
    sent = await gone_out(town, sam, hal)
    town.pass_time(hours=71)
    await town.write(subscription.stop, ada)
    await town.write(subscription.subscribe, ada, BOTH, subscription.Consent("Yes", "en"))
    await town.write(subscription.stop, ada)
    await town.write(subscription.change, ben, replace(WISH, topics=frozenset({Topic.SURVEYS})))
    town.pass_time(hours=1)
    await town.write(subscription.stop, eve)
    assert await taps(town, sent) == {"stopped": 2}


async def test_who_stops_after_an_urgent_alert_is_counted(town: Town, sam: By, hal: By) -> None:
    wish = replace(WISH, topics=frozenset({Topic.URGENT}))
    ada, ben = await subscriber(town, wish), await subscriber(town, wish)
    alert = await urgent.going_out(town, sam, hal)
    await send(town)
    known = (await town.read(alerts.find, sam.staff, alert)).id
    await town.write(subscription.stop, ada)
    await town.write(subscription.change, ben, replace(WISH, topics=frozenset({Topic.SURVEYS})))
    assert await taps(town, known) == {"stopped": 2}


async def test_only_the_topic_that_was_dropped_counts(town: Town, sam: By, hal: By, ada: Resident) -> None:
    news, survey = await gone_out(town, sam, hal), await gone_out(town, sam, hal, Topic.SURVEYS)
    await town.write(subscription.change, ada, replace(BOTH, topics=frozenset({Topic.CAMPAIGNS})))
    assert await taps(town, survey) == {"stopped": 1}
    assert await taps(town, news) == {}
    await town.write(subscription.change, ada, replace(WISH, places=frozenset({"margate"})))
    assert await taps(town, news) == {}


async def test_who_is_stopped_before_it_came_does_not_count(town: Town, sam: By, hal: By) -> None:
    ada = await subscriber(town)
    made = await begun(town, sam, hal, people=0)
    known = (await town.read(campaigns.page, sam.staff, made)).campaign.id
    await town.write(subscription.stop, ada)
    assert await taps(town, known) == {}
    assert await send(town) == []
    assert DeliveryState.SENT not in (await town.read(campaign_results.count, known)).counts


async def test_who_it_was_is_forgotten_in_time_and_the_numbers_stay(
    town: Town, sam: By, hal: By, ada: Resident
) -> None:
    sent = await gone_out(town, sam, hal)
    await town.write(campaign_tap.tapped, sent, "more", ada.id)
    town.pass_time(days=2)
    await town.write(subscription.stop, ada)
    for days in (88, 2):
        town.clock.advance(timedelta(days=days, minutes=1))
        await town.write(retention.forget_taps)
        assert await taps(town, sent) == {"more": 1, "stopped": 1}
    assert (await whole.rows(town))["campaign_taps"] == []


async def test_taps_are_forgotten_page_by_page_and_no_number_is_lost(
    town: Town, sam: By, hal: By, ada: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    ben = await subscriber(town)
    ids = [await gone_out(town, sam, hal) for _ in range(2)]
    for person, number, button in ((ada, 0, "more"), (ben, 0, "more"), (ada, 1, "less"), (ben, 0, "less")):
        await town.write(campaign_tap.tapped, ids[number], button, person.id)
    town.clock.advance(timedelta(days=90, minutes=1))
    page = await town.write(retention.forget_taps)
    assert (page.count, len((await whole.rows(town))["campaign_taps"])) == (2, 2)
    assert [await taps(town, one) for one in ids] == [{"more": 2, "less": 1}, {"less": 1}]
    with counted() as statements:
        await timetable.forget(town.store)
    assert len([one for one in statements if one.startswith("DELETE FROM campaign_taps")]) == 2
    assert (await whole.rows(town))["campaign_taps"] == []
    assert [await taps(town, one) for one in ids] == [{"more": 2, "less": 1}, {"less": 1}]
