"""Campaigns go out: to whom they concern, each once, in their words, and never at a bad hour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest

from notifications import campaigns as sending_out
from notifications.outbox import Outbox
from notifications.timetable import send_campaigns
from store.actions import campaign, campaign_sending, delivery, staff, subscription
from store.domain.campaign import CampaignState
from store.domain.delivery import DeliveryState, Sent
from store.domain.resident import Resident
from store.domain.rounds import Round
from store.domain.staff import By
from store.domain.subscription import Frequency, QuietHours, Subscription, Topic
from store.engine import Session
from store.queries import campaign_results, campaigns, outbox
from tests.notifications.test_reminders import heard, send
from tests.support.campaigns import WISH, a_draft, approved, sending
from tests.support.deliveries import letters
from tests.support.readers import hal, sam, subscribed
from tests.support.triage_factory import PROFILE, Town

__all__ = ["hal", "sam"]


async def subscriber(town: Town, wish: Subscription = WISH, language: str = "en") -> Resident:
    return await subscribed(town, wish, language)


async def results(town: Town, by: By, reference: str) -> dict[DeliveryState, int]:
    found = (await town.read(campaigns.page, by.staff, reference)).campaign
    return dict((await town.read(campaign_results.count, found.id)).counts)


async def state(town: Town, by: By, reference: str) -> CampaignState:
    return (await town.read(campaigns.page, by.staff, reference)).campaign.state


async def test_each_who_wants_it_hears_once_in_their_own_words(town: Town, sam: By, hal: By) -> None:
    ada, ewa = await subscriber(town), await subscriber(town, language="pl")
    dan = await subscriber(town, language="cs")
    other = await subscriber(town, Subscription(frozenset({Topic.MEETINGS})))
    sent = await approved(town, sam, hal, link="https://safety.example/sheds")
    for _ in range(2):
        await send_campaigns(town.store)
    [english] = await heard(town, ada)
    assert english.text == f"Lock your shed. Ask {PROFILE.district.email}."
    rows = english.params["reply_markup"]["inline_keyboard"]
    assert [button["text"] for button in rows[0]] == ["Read more"]
    assert "Stop the news" in str(rows)
    assert [one.text for one in await heard(town, ewa)] == ["Zamknij szopę."]
    assert [one.text for one in await heard(town, dan)] == [english.text]
    assert await heard(town, other) == []
    assert len(await send(town)) == 3
    await send_campaigns(town.store)
    assert await results(town, sam, sent) == {DeliveryState.SENT: 3}
    assert await state(town, sam, sent) is CampaignState.SENT


async def test_areas_and_languages_narrow_who_hears_and_the_count_says_so(
    town: Town, sam: By, hal: By
) -> None:
    here = Subscription(WISH.topics, frozenset({"margate"}), quiet=WISH.quiet)
    there = Subscription(WISH.topics, frozenset({"ramsgate"}), quiet=WISH.quiet)
    ada, ewa = await subscriber(town, here), await subscriber(town, here, "pl")
    await subscriber(town, there)
    chosen = {"places": frozenset({"margate"}), "languages": frozenset({"pl"})}
    draft = await a_draft(town, sam, **chosen)
    assert (await town.read(campaigns.page, sam.staff, draft)).would_hear == 1
    await approved(town, sam, hal, **chosen)
    await send_campaigns(town.store)
    assert await heard(town, ada) == []
    assert len(await heard(town, ewa)) == 1


async def test_it_waits_for_its_time_for_the_morning_and_for_the_digest(town: Town, sam: By, hal: By) -> None:
    quiet = Subscription(WISH.topics, quiet=QuietHours(time(8), time(12)))
    weekly = Subscription(WISH.topics, frequency=Frequency.WEEKLY)
    ada, ben, eve = await subscriber(town), await subscriber(town, quiet), await subscriber(town, weekly)
    sent = await approved(town, sam, hal, send_at=town.clock.now() + timedelta(hours=1))
    await send_campaigns(town.store)
    assert await heard(town, ada) == []
    town.pass_time(hours=1)
    await send_campaigns(town.store)
    assert await send(town) == [ada.chat_id]
    town.pass_time(hours=3)
    assert await send(town) == [ben.chat_id]
    await send_campaigns(town.store)
    assert await state(town, sam, sent) is CampaignState.SENDING
    town.pass_time(days=6, hours=20)
    assert await send(town) == [eve.chat_id]


async def test_what_is_too_late_goes_out_no_more(town: Town, sam: By, hal: By) -> None:
    weekly = Subscription(WISH.topics, frequency=Frequency.WEEKLY)
    await subscriber(town, weekly)
    sent = await approved(town, sam, hal, good_for=timedelta(days=1))
    await send_campaigns(town.store)
    town.pass_time(days=8)
    assert await send(town) == []
    assert await results(town, sam, sent) == {DeliveryState.EXPIRED: 1}


async def test_a_pause_holds_what_waits_and_a_cancellation_takes_it_back(
    town: Town, sam: By, hal: By
) -> None:
    for _ in range(3):
        await subscriber(town)
    sent = await approved(town, sam, hal)
    await send_campaigns(town.store)
    await town.write(campaign.pause, sam, sent)
    assert await send(town) == []
    await send_campaigns(town.store)
    assert await state(town, sam, sent) is CampaignState.PAUSED
    await town.write(campaign.resume, sam, sent)
    assert len(await send(town)) == 3
    again = await approved(town, sam, hal)
    await send_campaigns(town.store)
    await town.write(campaign.pause, sam, again)
    await town.write(campaign.cancel, sam, again)
    assert await send(town) == []
    assert await results(town, sam, again) == {DeliveryState.CANCELLED: 3}


async def test_who_stops_before_it_goes_out_gets_nothing(town: Town, sam: By, hal: By) -> None:
    ada = await subscriber(town)
    await approved(town, sam, hal)
    await send_campaigns(town.store)
    await town.write(subscription.stop, ada)
    assert await send(town) == []


async def test_many_are_told_page_by_page_a_pause_in_between_and_nobody_twice(
    town: Town, sam: By, hal: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_sending, "AT_ONCE", 2)
    people = [await subscriber(town) for _ in range(5)]
    sent = await approved(town, sam, hal)
    assert await town.write(sending_out.tell_next, Round()) == 2
    await town.write(campaign.pause, sam, sent)
    assert await town.write(sending_out.tell_next, Round()) is None
    await town.write(campaign.resume, sam, sent)
    await send_campaigns(town.store)
    await send(town)
    await send_campaigns(town.store)
    told = Counter([one.chat_id for one in await letters(town.store) if one.state == "sent"])
    assert told == dict.fromkeys([person.chat_id for person in people], 1)
    assert await state(town, sam, sent) is CampaignState.SENT


async def test_one_spread_over_hours_reaches_its_people_evenly_page_by_page_and_after_a_restart(
    town: Town, sam: By, hal: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_sending, "AT_ONCE", 2)
    for _ in range(5):
        await subscriber(town)
    await subscriber(town, language="pl")
    begins = town.clock.now()
    sent = await approved(town, sam, hal, spread=5, languages=frozenset({"en"}))
    assert await town.write(sending_out.tell_next, Round()) in {1, 2}
    town.pass_time(minutes=1)
    await send_campaigns(town.store)
    due = sorted([one.due_at for one in await letters(town.store)])
    assert due[0] <= begins + timedelta(minutes=1)
    assert due[1:] == [begins + timedelta(hours=number) for number in range(1, 5)]
    for hour in range(5):
        assert len(await send(town)) == 1, hour
        await send_campaigns(town.store)
        expected = CampaignState.SENT if hour == 4 else CampaignState.SENDING
        assert await state(town, sam, sent) is expected
        town.pass_time(hours=1)


async def test_one_spread_into_the_night_goes_on_in_the_morning_and_a_digest_stays_one(
    town: Town, sam: By, hal: By
) -> None:
    town.pass_time(hours=11)
    begins = town.clock.now()
    people = [await subscriber(town) for _ in range(4)]
    daily = await subscriber(town, Subscription(WISH.topics, frequency=Frequency.DAILY))
    await approved(town, sam, hal, spread=5)
    await send_campaigns(town.store)
    due = {one.chat_id: one.due_at for one in await letters(town.store)}
    morning = begins + timedelta(hours=12)
    known = {begins, *(morning + timedelta(hours=number) for number in range(4))}
    assert {due[person.chat_id] for person in people} <= known
    assert due[daily.chat_id] in {morning + timedelta(hours=1), morning + timedelta(days=1, hours=1)}


async def test_one_that_nobody_wants_has_gone_out_at_once(town: Town, sam: By, hal: By) -> None:
    sent = await sending(town, sam, hal)
    await send_campaigns(town.store)
    assert await state(town, sam, sent) is CampaignState.SENT


async def test_who_tries_it_gets_it_in_each_of_its_languages(town: Town, sam: By) -> None:
    town.store.before_commit = Outbox(-1, "https://safety.example", lambda: PROFILE).publish
    await town.write(_link, sam)
    me = By(replace(sam.staff, chat_id=4_711), sam.channel)
    await town.write(campaign.try_out, me, await a_draft(town, sam))
    english, polish = await letters(town.store, chat_id=4_711)
    assert english.text == f"Lock your shed. Ask {PROFILE.district.email}."
    assert polish.text == "Zamknij szopę."


def _link(session: Session, by: By) -> None:
    staff.link(session, staff.start_link(session, by.staff.id), 4_711)


@pytest.mark.parametrize(
    ("deed", "becomes"),
    [(campaign.pause, DeliveryState.HELD), (campaign.cancel, DeliveryState.CANCELLED)],
)
async def test_what_comes_back_unsent_into_a_halted_campaign_does_not_go_out(
    town: Town, sam: By, hal: By, deed: Callable[..., None], becomes: DeliveryState
) -> None:
    for _ in range(3):
        await subscriber(town)
    sent = await approved(town, sam, hal)
    await send_campaigns(town.store)
    in_hand = (await town.read(outbox.due, 10, frozenset(), 10)).deliveries
    back, given, gone = (one.id for one in in_hand)
    assert await town.write(delivery.lease, [back, given, gone]) == {back, given, gone}
    await town.write(deed, sam, sent)
    await town.write(delivery.put_back, [one for one in in_hand if one.id == back])
    await town.write(delivery.give_back, [given])
    await town.write(delivery.finish, [Sent(gone, DeliveryState.SENT, 1)])
    assert await results(town, sam, sent) == {becomes: 2, DeliveryState.SENT: 1}


async def test_what_comes_back_unsent_waits_to_go_out_again(town: Town, sam: By, hal: By) -> None:
    await subscriber(town)
    sent = await approved(town, sam, hal)
    await send_campaigns(town.store)
    in_hand = (await town.read(outbox.due, 10, frozenset(), 10)).deliveries
    await town.write(delivery.lease, [one.id for one in in_hand])
    await town.write(delivery.put_back, in_hand)
    assert await results(town, sam, sent) == {DeliveryState.QUEUED: 1}


async def test_whoever_leaves_a_topic_gets_nothing_of_it_that_waits(town: Town, sam: By, hal: By) -> None:
    surveys = replace(WISH, topics=frozenset({Topic.SURVEYS}))
    people = [await subscriber(town) for _ in range(4)]
    sent = await approved(town, sam, hal)
    await send_campaigns(town.store)
    in_hand = (await town.read(outbox.due, 1, frozenset(), 1)).deliveries
    await town.write(delivery.lease, [one.id for one in in_hand])
    people.sort(key=lambda person: person.chat_id != in_hand[0].chat_id)
    for person in people[:3]:
        await town.write(subscription.change, person, surveys)
    await town.write(delivery.give_back, [one.id for one in in_hand])
    await town.write(delivery.lease, [one.id for one in in_hand])
    assert await results(town, sam, sent) == {
        DeliveryState.EXPIRED: 1,
        DeliveryState.CANCELLED: 2,
        DeliveryState.QUEUED: 1,
    }
    await town.write(subscription.change, people[3], replace(WISH, topics=WISH.topics | surveys.topics))
    assert (await results(town, sam, sent))[DeliveryState.QUEUED] == 1
