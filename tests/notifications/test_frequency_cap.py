"""Nobody gets more campaigns in a week than the profile says; what is more waits, or comes too late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from notifications.timetable import bundle, send_campaigns
from store.actions import delivery, reference
from store.domain.delivery import DeliveryState, Lane, Outgoing, Sent
from store.domain.frequency_cap import Capped
from store.domain.staff import By
from store.domain.subscription import Frequency
from store.queries import campaigns, outbox
from store.queries import frequency_cap as limits
from tests.notifications.test_campaigns import results, subscriber
from tests.notifications.test_reminders import send
from tests.support.campaigns import WISH, approved
from tests.support.deliveries import letters, plan
from tests.support.readers import hal
from tests.support.triage_factory import PROFILE, Town, counted

__all__ = ["hal"]

TWO = replace(PROFILE, district=replace(PROFILE.district, campaigns_a_week=2))


@pytest.fixture
async def sam(town: Town) -> By:
    await town.write(reference.seed, TWO)
    return await town.staff("Sam")


async def capped(town: Town, sam: By, reference: str) -> Capped:
    return (await town.read(campaigns.page, sam.staff, reference)).capped


async def made_out(town: Town, sam: By, hal: By, **more: timedelta) -> str:
    made = await approved(town, sam, hal, **more)
    await send_campaigns(town.store)
    return made


async def test_what_is_more_waits_till_it_fits(town: Town, sam: By, hal: By) -> None:
    ada = await subscriber(town)
    for _ in range(2):
        await made_out(town, sam, hal)
        assert await send(town) == [ada.chat_id]
        town.pass_time(days=1)
    third = await made_out(town, sam, hal, good_for=timedelta(days=30))
    assert await send(town) == []
    assert await results(town, sam, third) == {DeliveryState.QUEUED: 1}
    assert await capped(town, sam, third) == Capped(waiting=1)
    town.pass_time(days=4, hours=22)
    assert await send(town) == []
    town.pass_time(hours=1)
    assert await send(town) == [ada.chat_id]
    assert await results(town, sam, third) == {DeliveryState.SENT: 1}
    assert await capped(town, sam, third) == Capped()


async def test_what_does_not_fit_in_time_is_too_late_and_the_results_say_why(
    town: Town, sam: By, hal: By
) -> None:
    ada = await subscriber(town)
    for _ in range(2):
        await made_out(town, sam, hal)
        assert await send(town) == [ada.chat_id]
    ben = await subscriber(town)
    third = await made_out(town, sam, hal, good_for=timedelta(days=2))
    assert await send(town) == [ben.chat_id], "others have room"
    town.pass_time(days=2)
    assert await send(town) == []
    assert await results(town, sam, third) == {DeliveryState.SENT: 1, DeliveryState.EXPIRED: 1}
    assert await capped(town, sam, third) == Capped(too_late=1)


async def test_of_several_that_wait_only_what_fits_goes(town: Town, sam: By, hal: By) -> None:
    ada = await subscriber(town)
    for _ in range(2):
        await made_out(town, sam, hal)
        await send(town)
    for _ in range(3):
        await made_out(town, sam, hal, good_for=timedelta(days=30))
    assert await send(town) == []
    town.pass_time(days=7)
    sent: list[int] = []
    for one in (await letters(town.store, chat_id=ada.chat_id))[2:]:
        leased = await town.write(delivery.lease, [one.id])
        sent += leased
        await town.write(_finish, leased)
    assert len(sent) == 2


def _finish(session: Session, leased: set[int]) -> None:
    if leased:
        delivery.finish(session, [Sent(one, DeliveryState.SENT, one) for one in leased])


async def test_reminders_and_urgent_messages_are_not_counted_nor_held_back(
    town: Town, sam: By, hal: By
) -> None:
    ada = await subscriber(town)
    for _ in range(2):
        for lane, kind in ((Lane.REMINDER, "meeting.coming"), (Lane.URGENT, "subscribed.campaign")):
            await town.write(delivery.queue, [Outgoing(lane, ada.chat_id, kind, "sendMessage", {})])
            assert await send(town) == [ada.chat_id]
        await made_out(town, sam, hal)
        assert await send(town) == [ada.chat_id]
    await town.write(
        delivery.queue, [Outgoing(Lane.URGENT, ada.chat_id, "subscribed.campaign", "sendMessage", {})]
    )
    assert await send(town) == [ada.chat_id]


async def test_what_a_digest_holds_counts_and_what_does_not_fit_waits_for_a_later_one(
    town: Town, sam: By, hal: By
) -> None:
    ada = await subscriber(town, replace(WISH, frequency=Frequency.DAILY))
    town.pass_time(hours=12)
    made = [await made_out(town, sam, hal, good_for=timedelta(days=30)) for _ in range(3)]
    nine = (await letters(town.store))[0].due_at
    town.clock.advance(nine - town.clock.now())
    assert await send(town) == [ada.chat_id]
    states = [await results(town, sam, one) for one in made]
    assert sorted(map(str, states)) == sorted(
        map(str, [{DeliveryState.SENT: 1}, {DeliveryState.SENT: 1}, {DeliveryState.QUEUED: 1}])
    )
    waiting = [one for one in await letters(town.store, chat_id=ada.chat_id) if one.state == "queued"]
    assert [one.due_at for one in waiting] == [nine + timedelta(days=7)]
    town.pass_time(days=7)
    assert await send(town) == [ada.chat_id]
    assert await send(town) == []


@pytest.mark.parametrize("together", [True, False], ids=["together", "one after the other"])
async def test_of_two_digests_made_while_nothing_could_be_sent_only_what_fits_goes(
    town: Town, sam: By, hal: By, *, together: bool
) -> None:
    ada = await subscriber(town, replace(WISH, frequency=Frequency.DAILY))
    for _ in range(2):
        for _ in range(2):
            await made_out(town, sam, hal, good_for=timedelta(days=30))
        town.pass_time(days=1)
        await bundle(town.store)
    first, second = [one.id for one in (await town.read(outbox.due, 100)).deliveries]
    if together:
        assert await town.write(delivery.lease, [first, second]) == {first}
    else:
        assert await town.write(delivery.lease, [first]) == {first}
        assert await town.write(delivery.lease, [second]) == set()
    await town.write(delivery.finish, [Sent(first, DeliveryState.SENT, 1, bundle=True)])
    assert await send(town) == []
    assert await send(town) == []
    town.pass_time(days=7)
    assert await send(town) == [ada.chat_id]


async def test_sqlite_finds_what_somebody_got_lately_and_what_is_capped_by_index(
    town: Town, sam: By, hal: By
) -> None:
    if town.store.dialect != "sqlite":
        pytest.skip("PostgreSQL chooses by what it knows of the rows")
    with counted() as sent:
        await town.write(delivery.lease, [1])
        await town.read(limits.capped, "campaign:any:")
    [lease, *_] = [one for one in sent if one.startswith("UPDATE deliveries")]
    assert "ix_deliveries_campaigns (chat_id=? AND finished_at>?)" in await town.read(plan, lease)
    assert "ix_deliveries_capped (key>? AND key<?)" in await town.read(plan, sent[-1])
