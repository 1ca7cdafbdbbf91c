"""An alert, its updates and its all clear: one chain, whose last word is the last that goes out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, time

import pytest

from notifications import campaign_news
from notifications.timetable import send_campaigns
from notifications.urgent import Herald
from store.actions import campaign_settle, delivery, urgent
from store.domain.campaign import CampaignFacts, CampaignState
from store.domain.clock import LONDON
from store.domain.delivery import Delivery, DeliveryState, Lane, Sent
from store.domain.errors import Refusal
from store.domain.staff import By
from store.domain.subscription import QuietHours
from store.domain.urgent import Urgent, UrgentKind
from store.queries import campaign_results, outbox
from tests.notifications.test_reminders import heard, send
from tests.notifications.test_urgent import WISH, hal, page, sam, subscriber
from tests.support import campaigns as ordinary
from tests.support.deliveries import letters, link_chat
from tests.support.triage_factory import PROFILE, Town
from tests.support.urgent import OVER, going_out, partly_failed

__all__ = ["hal", "sam"]

NIGHT = datetime(2026, 11, 24, 3, 0, tzinfo=LONDON)
NEVER_QUIET = replace(WISH, quiet=QuietHours(time(0), time(0)))
STAY = replace(OVER, texts={"en": "Stay indoors."}, urgent=Urgent(UrgentKind.FLOODING))
MOVE = replace(STAY, texts={"en": "Move your car."})


async def results(town: Town, by: By, reference: str) -> dict[DeliveryState, int]:
    found = (await page(town, by, reference)).alert
    return dict((await town.read(campaign_results.count, found.id)).counts)


async def agreed(town: Town, sam: By, hal: By, follows: str, said: CampaignFacts) -> str:
    """Follow an alert up, an hour later."""
    town.pass_time(hours=1)
    reference = await town.write(urgent.follow, sam, follows, said, PROFILE.district)
    await town.write(urgent.submit, sam, reference)
    await town.write(urgent.approve, hal, reference)
    return reference


async def follow(town: Town, sam: By, hal: By, follows: str, said: CampaignFacts) -> str:
    reference = await agreed(town, sam, hal, follows, said)
    await Herald(town.store).tell_all()
    return reference


async def state(town: Town, by: By, reference: str) -> CampaignState:
    return (await page(town, by, reference)).alert.state


async def in_the_night(town: Town, sam: By, hal: By) -> str:
    """Wake everybody at three."""
    town.clock.advance(NIGHT - town.clock.now())
    return await going_out(town, sam, hal, danger=True, agreed=True)


async def test_the_all_clear_after_an_update_reaches_also_those_whom_the_update_did_not(
    town: Town, sam: By, hal: By
) -> None:
    sleeper, owl = await subscriber(town), await subscriber(town, NEVER_QUIET)
    await subscriber(town)
    first = await in_the_night(town, sam, hal)
    newcomer = await subscriber(town)
    assert len(await send(town)) == 3
    update = await follow(town, sam, hal, first, STAY)
    assert await send(town) == [owl.chat_id]
    over = await follow(town, sam, hal, update, OVER)
    assert await state(town, sam, update) is CampaignState.CANCELLED
    found = await page(town, sam, over)
    assert found.before is not None
    assert (found.before.reference, [one.reference for one in found.after]) == (first, [update])
    assert found.reach.people == 3
    assert sum("The water is gone." in one.text for one in await heard(town, sleeper)) == 1
    town.pass_time(hours=4)
    assert len(await send(town)) == 3
    assert await heard(town, newcomer) == []


async def test_the_all_clear_of_the_first_ends_an_update_that_waits_for_the_morning(
    town: Town, sam: By, hal: By
) -> None:
    sleeper = await subscriber(town)
    first = await in_the_night(town, sam, hal)
    await send(town)
    going, not_begun = [await deed(town, sam, hal, first, STAY) for deed in (follow, agreed)]
    await follow(town, sam, hal, first, OVER)
    for ended in (going, not_begun):
        assert await state(town, sam, ended) is CampaignState.CANCELLED
    assert not any("Stay" in one.text for one in await heard(town, sleeper))
    town.pass_time(hours=5)
    assert await send(town) == [sleeper.chat_id]


async def test_what_failed_is_tried_again_only_while_it_is_the_last_word(
    town: Town, sam: By, hal: By
) -> None:
    for _ in range(2):
        await subscriber(town, NEVER_QUIET)
    first = await partly_failed(town, sam, hal)
    await send(town)
    await send_campaigns(town.store)
    taken_back = await agreed(town, sam, hal, first, STAY)
    await town.write(urgent.cancel, sam, taken_back)
    await tried_again(town, sam, first)
    update = await follow(town, sam, hal, first, STAY)
    assert await state(town, sam, first) is CampaignState.SENT
    with pytest.raises(Refusal, match=r"urgent\.overtaken"):
        await town.write(urgent.retry, sam, first)
    await fails(town)
    await tried_again(town, sam, update)


async def test_of_what_was_overtaken_nobody_hears_that_it_can_be_tried_again(
    town: Town, sam: By, hal: By
) -> None:
    for who, chat_id in ((sam, 71), (hal, 72)):
        await town.write(link_chat, who.staff.id, chat_id)
    for _ in range(2):
        await subscriber(town, NEVER_QUIET)
    for overtaken in (False, True):
        first = await partly_failed(town, sam, hal)
        await send(town)
        await send_campaigns(town.store)
        if overtaken:
            await agreed(town, sam, hal, first, STAY)
        await campaign_news.follow(town.store)
        said = [one.text for one in await letters(town.store, campaign_news.KIND) if first in one.text]
        assert len(said) == 2
        assert all("(1 failed)" in one for one in said)
        assert all(("can be tried again" in one) is not overtaken for one in said)


@pytest.mark.parametrize("taken_back", [False, True])
async def test_news_of_a_draft_is_no_news_after_the_all_clear(
    town: Town, sam: By, hal: By, *, taken_back: bool
) -> None:
    await subscriber(town, NEVER_QUIET)
    first = await going_out(town, sam, hal)
    await send(town)
    news, corrected = [
        await town.write(urgent.follow, sam, first, said, PROFILE.district) for said in (STAY, OVER)
    ]
    for one in (news, corrected):
        await town.write(urgent.submit, sam, one)
    over = await agreed(town, sam, hal, first, OVER)
    if taken_back:
        await town.write(urgent.cancel, sam, over)
        await town.write(urgent.approve, hal, news)
        assert await state(town, sam, news) is CampaignState.APPROVED
        return
    with pytest.raises(Refusal, match=r"urgent\.all_clear_given"):
        await town.write(urgent.approve, hal, news)
    assert await state(town, sam, news) is CampaignState.WAITING
    with pytest.raises(Refusal, match=r"urgent\.all_clear_given"):
        await town.write(urgent.follow, sam, first, STAY, PROFILE.district)
    await town.write(urgent.approve, hal, corrected)
    assert await state(town, sam, corrected) is CampaignState.APPROVED


async def tried_again(town: Town, sam: By, reference: str) -> None:
    """Try it again, in vain."""
    await town.write(urgent.retry, sam, reference)
    await send_campaigns(town.store)
    await fails(town)


async def fails(town: Town) -> None:
    await ordinary.ended(town, DeliveryState.FAILED, lane=Lane.URGENT)
    await send_campaigns(town.store)


async def in_hand(town: Town) -> list[Delivery]:
    """Lease all alerts that are due."""
    due = [one for one in (await town.read(outbox.due, 10)).deliveries if one.lane is Lane.URGENT]
    leased = await town.write(delivery.lease, [one.id for one in due])
    return [one for one in due if one.id in leased]


async def no_answer(town: Town) -> None:
    """Let the answer be lost, so that nobody knows; it is put back, to be said again."""
    [one] = await in_hand(town)
    await town.write(delivery.put_back, [replace(one, may_have_come=True, tries=1)])


async def dies(town: Town) -> None:
    await in_hand(town)
    await town.write(delivery.recover)


async def no_answer_and_then_none_in_time(town: Town) -> None:
    await no_answer(town)
    town.pass_time(hours=13)
    await in_hand(town)


async def no_answer_and_then_refused(town: Town) -> None:
    await no_answer(town)
    [one] = await in_hand(town)
    await town.write(delivery.put_back, [replace(one, tries=2)])
    [one] = await in_hand(town)
    await town.write(delivery.finish, [Sent(one.id, DeliveryState.FAILED, error="Bad Request: no")])


@pytest.mark.parametrize(
    "befalls", [no_answer, dies, no_answer_and_then_none_in_time, no_answer_and_then_refused]
)
async def test_the_all_clear_reaches_also_whoever_may_have_got_it(
    town: Town, sam: By, hal: By, befalls: Callable[[Town], Awaitable[None]]
) -> None:
    await subscriber(town, NEVER_QUIET)
    first = await going_out(town, sam, hal)
    await befalls(town)
    over = await follow(town, sam, hal, first, OVER)
    assert await results(town, sam, first) == {DeliveryState.UNCERTAIN: 1}
    assert await results(town, sam, over) == {DeliveryState.QUEUED: 1}


async def test_the_all_clear_reaches_whoever_may_have_got_what_has_not_followed_its_end_yet(
    town: Town, sam: By, hal: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_settle, "AT_ONCE", 1)
    people = [await subscriber(town, NEVER_QUIET) for _ in range(3)]
    first = await going_out(town, sam, hal)
    due = [one for one in (await town.read(outbox.due, 10)).deliveries if one.lane is Lane.URGENT]
    last = max(people, key=lambda person: person.id)
    [its] = [one for one in due if one.chat_id == last.chat_id]
    await town.write(delivery.lease, [its.id])
    await town.write(delivery.put_back, [replace(its, may_have_come=True, tries=1)])
    over = await follow(town, sam, hal, first, OVER)
    assert await results(town, sam, first) == {DeliveryState.CANCELLED: 1, DeliveryState.QUEUED: 2}
    assert await results(town, sam, over) == {DeliveryState.QUEUED: 1}
    assert sum("The water is gone." in one.text for one in await heard(town, last)) == 1


async def test_the_all_clear_does_not_reach_whom_it_certainly_did_not(town: Town, sam: By, hal: By) -> None:
    await subscriber(town, NEVER_QUIET)
    first = await going_out(town, sam, hal)
    [one] = await in_hand(town)
    await town.write(delivery.put_back, [replace(one, tries=1)])
    over = await follow(town, sam, hal, first, OVER)
    assert await results(town, sam, first) == {DeliveryState.CANCELLED: 1}
    assert await results(town, sam, over) == {}


async def test_an_answer_that_is_lost_after_the_end_of_an_alert_leaves_it_in_doubt(
    town: Town, sam: By, hal: By
) -> None:
    await subscriber(town, NEVER_QUIET)
    first = await going_out(town, sam, hal)
    [one] = await in_hand(town)
    await town.write(urgent.cancel, sam, first)
    await town.write(delivery.put_back, [replace(one, may_have_come=True, tries=1)])
    assert await results(town, sam, first) == {DeliveryState.UNCERTAIN: 1}


async def test_of_two_that_are_agreed_to_at_the_same_moment_one_goes_out(
    town: Town, sam: By, hal: By
) -> None:
    await subscriber(town, NEVER_QUIET)
    first = await going_out(town, sam, hal)
    await send(town)
    both = [await town.write(urgent.follow, sam, first, said, PROFILE.district) for said in (STAY, MOVE)]
    for one in both:
        await town.write(urgent.submit, sam, one)
    await asyncio.gather(*(town.write(urgent.approve, hal, one) for one in both))
    ended = [await state(town, sam, one) for one in both]
    assert sorted(ended) == [CampaignState.APPROVED, CampaignState.CANCELLED]
