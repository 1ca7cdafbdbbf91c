"""Who wants news once a day gets all of it in one message of the real program, and stops it with one tap."""

from __future__ import annotations

from datetime import UTC, datetime

from notifications.timetable import bundle, remind, send_campaigns
from store.actions import campaign, meeting, resident, staff, subscription
from store.actions.subscription import Consent
from store.domain.actor import SYSTEM, Channel
from store.domain.delivery import DeliveryState
from store.domain.staff import By, Role
from store.domain.subscription import Frequency, Subscription, Topic
from store.queries import campaign_results, campaigns
from tests.support.campaigns import facts
from tests.support.meetings import FACTS
from tests.support.town import Town
from tests.support.triage_factory import PROFILE

WISH = Subscription(frozenset({Topic.CAMPAIGNS, Topic.MEETINGS}), frequency=Frequency.DAILY)


async def test_all_of_a_day_is_one_message_with_a_way_to_each_thing_and_to_stop(own_town: Town) -> None:
    town, store = own_town, own_town.house.app.store
    sam = By(await town.house.write(staff.add, SYSTEM, "sam", "Sam", Role.OFFICER), Channel.WEB)
    hal = By(await town.house.write(staff.add, SYSTEM, "hal", "Hal", Role.SUPERVISOR), Channel.WEB)
    ada = await town.house.write(resident.meet, town.ada.id, "Ada", "en")
    await town.house.write(subscription.subscribe, ada, WISH, Consent("Yes", "en"))
    friday = datetime(2026, 12, 11, 18, 30, tzinfo=UTC)
    there = await town.house.write(meeting.make, sam, friday, FACTS)
    await town.house.write(meeting.publish, sam, there.reference)
    town.house.clock.advance(datetime(2026, 12, 4, 18, 45, tzinfo=UTC) - town.house.clock.now())
    made = await town.house.write(campaign.make, sam, facts(link="https://safety.example/"), PROFILE.district)
    await town.house.write(campaign.submit, sam, made)
    await town.house.write(campaign.approve, hal, made)
    await remind(store)
    await send_campaigns(store)
    await town.settled()
    town.ada.mark()
    town.house.clock.advance(datetime(2026, 12, 5, 9, tzinfo=UTC) - town.house.clock.now())
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
