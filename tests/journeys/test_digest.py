"""Who wants news once a day gets all of it in one message of the real program, and stops it with one tap."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from notifications.timetable import bundle, remind, send_campaigns
from store.actions import campaign, meeting, resident, staff, subscription
from store.actions.subscription import Consent
from store.domain.actor import SYSTEM, Channel
from store.domain.delivery import DeliveryState
from store.domain.staff import By, Role
from store.domain.subscription import Frequency, Subscription, Topic
from store.queries import campaign_results, campaigns
from tests.support.campaigns import facts
from tests.support.form import say
from tests.support.meetings import FACTS
from tests.support.town import Town
from tests.support.triage_factory import PROFILE

WISH = Subscription(frozenset({Topic.CAMPAIGNS, Topic.MEETINGS}), frequency=Frequency.DAILY)
EVENING = datetime(2026, 12, 4, 18, 45, tzinfo=UTC)
MORNING = datetime(2026, 12, 5, 9, tzinfo=UTC)
LONG = "Lock your shed, and let nobody see what is in it. " * 20 + "That is all."


async def team(town: Town) -> tuple[By, By]:
    """Who writes, and who approves."""
    sam = By(await town.house.write(staff.add, SYSTEM, "sam", "Sam", Role.OFFICER), Channel.WEB)
    return sam, By(await town.house.write(staff.add, SYSTEM, "hal", "Hal", Role.SUPERVISOR), Channel.WEB)


async def agreed(town: Town, sam: By, hal: By, **other: Any) -> str:
    made = await town.house.write(campaign.make, sam, facts(**other), PROFILE.district)
    await town.house.write(campaign.submit, sam, made)
    await town.house.write(campaign.approve, hal, made)
    return made


def come_to(town: Town, moment: datetime) -> None:
    town.house.clock.advance(moment - town.house.clock.now())


async def test_all_of_a_day_is_one_message_with_a_way_to_each_thing_and_to_stop(own_town: Town) -> None:
    town, store = own_town, own_town.house.app.store
    sam, hal = await team(town)
    ada = await town.house.write(resident.meet, town.ada.id, "Ada", "en")
    await town.house.write(subscription.subscribe, ada, WISH, Consent("Yes", "en"))
    friday = datetime(2026, 12, 11, 18, 30, tzinfo=UTC)
    there = await town.house.write(meeting.make, sam, friday, FACTS)
    await town.house.write(meeting.publish, sam, there.reference)
    come_to(town, EVENING)
    made = await agreed(town, sam, hal, link="https://safety.example/")
    await remind(store)
    await send_campaigns(store)
    await town.settled()
    town.ada.mark()
    come_to(town, MORNING)
    await bundle(store)
    told = await town.ada.wait_for("Here is your news")
    assert "1. Lock your shed." in told.text
    assert f"2. {FACTS.title}\nFriday 11 December, 6:30pm" in told.text
    await town.settled()
    await town.house.restart()
    await bundle(town.house.app.store)
    await town.settled()
    assert len([one for one in town.ada.news if "Lock your shed" in one.text]) == 1
    found = (await town.house.read(campaigns.page, sam.staff, made)).campaign
    counted = await town.house.read(campaign_results.count, found.id)
    assert dict(counted.counts) == {DeliveryState.SENT: 1}
    town.ada.mark()
    town.ada.tap("2 · Details", told)
    await town.ada.wait_for(FACTS.venue.name)
    town.ada.tap("Stop the news", told)
    await town.ada.wait_for("You get no more news")


async def test_a_campaign_of_which_a_digest_says_less_comes_whole_at_a_tap(own_town: Town) -> None:
    town, store = own_town, own_town.house.app.store
    sam, hal = await team(town)
    ada = await town.house.write(resident.meet, town.ada.id, "Ada", "en")
    await town.house.write(subscription.subscribe, ada, WISH, Consent("Yes", "en"))
    come_to(town, EVENING)
    long = await agreed(town, sam, hal, texts={"en": LONG}, public=False, link="https://safety.example/")
    await agreed(town, sam, hal)
    await send_campaigns(store)
    await town.settled()
    come_to(town, MORNING)
    await bundle(store)
    digest = await town.ada.wait_for("Here is your news")
    assert "That is all." not in digest.text
    await town.settled()
    [shows] = [label for label in digest.labels if label.endswith("Show all")]
    shown = set[int]()
    for _ in range(2):
        town.ada.mark()
        town.ada.tap(shows, digest)
        whole = await town.ada.wait_for("That is all.")
        assert (whole.text, whole.labels[:2]) == (LONG, ["Read more", "Stop the news"])
        shown.add(whole.id)
    assert len(shown) == 2, "the digest stays, and each tap brings it anew"
    id_ = (await town.house.read(campaigns.page, sam.staff, long)).campaign.id
    await say(town.dan, "/help")
    town.dan.tap_data(f"o:told_all:{id_}", town.dan.last.id)
    assert "cannot be shown" in (await town.dan.wait_for()).text, "only to whoever got it"
