from __future__ import annotations

from datetime import time, timedelta

import pytest
from sqlalchemy.orm import Session

from store.actions import delivery, resident, subscription, unsent
from store.actions.subscription import Consent
from store.domain.delivery import EXPIRY, PROTECTED, Delivery, DeliveryState, Lane, Outgoing, Sent
from store.domain.subscription import QuietHours, Subscription, Topic
from store.queries import outbox
from tests.support.deliveries import hush, letters, plan
from tests.support.triage_factory import Town, counted


def queued(session: Session, chat_id: int, kind: str, lane: Lane = Lane.CASE) -> None:
    delivery.queue(session, [Outgoing(lane, chat_id, kind, "sendMessage", {"text": "Hello"})])


async def lease_all(town: Town) -> set[int]:
    return await town.write(delivery.lease, [one.id for one in await letters(town.store)])


async def test_a_lease_is_given_once(town: Town) -> None:
    await town.write(queued, 5, "news.x")
    assert len(await lease_all(town)) == 1
    assert await lease_all(town) == set()


async def test_what_waits_for_somebody_who_must_not_be_contacted_is_taken_back(town: Town) -> None:
    ada = await town.resident()
    await town.write(queued, ada.chat_id, "news.x")
    await town.write(queued, ada.chat_id, "staff.alert")
    await town.write(hush, ada.chat_id)
    assert len(await lease_all(town)) == 1
    news, alert = await letters(town.store)
    assert (news.state, news.params) == (DeliveryState.CANCELLED, {})
    assert alert.state == DeliveryState.LEASED


async def test_what_waits_for_somebody_who_blocked_us_is_taken_back(town: Town) -> None:
    ada, ben = await town.resident("Ada"), await town.resident("Ben")
    for person in (ada, ben):
        await town.write(queued, person.chat_id, "news.x")
    await town.write(lambda s: resident.mark_blocked(s, ada.chat_id, blocked=True))
    assert len(await lease_all(town)) == 1
    assert [one.state for one in await letters(town.store)] == [DeliveryState.BLOCKED, DeliveryState.LEASED]


@pytest.mark.parametrize(
    ("kind", "lane", "goes"),
    [
        ("news.x", Lane.CASE, False),
        ("news.x", Lane.REMINDER, False),
        ("news.x", Lane.URGENT, True),
        ("staff.alert", Lane.CASE, True),
    ],
)
async def test_in_quiet_hours_only_what_is_urgent_or_for_staff_goes(
    town: Town, kind: str, lane: Lane, goes: bool
) -> None:
    town.pass_time(hours=13)
    await town.write(queued, 5, kind, lane)
    assert bool(await lease_all(town)) is goes
    if not goes:
        town.pass_time(hours=10)
        assert await lease_all(town)


async def test_words_of_a_report_are_taken_away_after_a_day(town: Town) -> None:
    await town.write(queued, 5, PROTECTED, Lane.REPLY)
    await town.write(queued, 5, "reply", Lane.REPLY)
    results = [
        Sent(one.id, DeliveryState.SENT, message_id=40 + n, to_staff=one.kind == PROTECTED)
        for n, one in enumerate(await letters(town.store))
    ]
    for _again in range(2):
        await town.write(delivery.finish, results)
    [expiry] = await letters(town.store, EXPIRY)
    assert (expiry.method, expiry.params) == ("deleteMessage", {"chat_id": 5, "message_id": 40})
    assert expiry.due_at == town.clock.now() + timedelta(hours=24)


async def test_what_was_never_sent_needs_no_taking_away(town: Town) -> None:
    await town.write(queued, 5, PROTECTED)
    [one] = await letters(town.store)
    await town.write(delivery.finish, [Sent(one.id, DeliveryState.FAILED, error="gone")])
    assert await letters(town.store, EXPIRY) == []


async def test_what_is_put_back_is_looked_at_again_before_it_goes(town: Town) -> None:
    ada = await town.resident()
    await town.write(queued, ada.chat_id, "news.x")
    await lease_all(town)
    [one] = await letters(town.store)
    later = town.clock.now() + timedelta(minutes=1)
    again = Delivery(one.id, Lane.CASE, one.chat_id, one.kind, one.method, '{"text": "Hi"}', 3, later)
    await town.write(delivery.put_back, [again])
    assert await lease_all(town) == set()
    town.clock.advance(timedelta(minutes=2))
    [found] = (await town.read(outbox.due, 5)).deliveries
    assert (found.tries, found.params) == (3, '{"text": "Hi"}')
    await town.write(hush, ada.chat_id)
    assert await lease_all(town) == set()
    assert [one.state for one in await letters(town.store)] == [DeliveryState.CANCELLED]


async def test_what_was_leased_and_not_sent_is_given_back(town: Town) -> None:
    await town.write(queued, 5, "news.x")
    leased = await lease_all(town)
    await town.write(delivery.give_back, [*leased])
    assert await lease_all(town) == leased


async def test_a_long_line_of_one_chat_keeps_nobody_else_waiting(town: Town) -> None:
    for _ in range(30):
        await town.write(queued, 7, "reply", Lane.REPLY)
    await town.write(queued, 8, "reply", Lane.REPLY)
    found = await town.read(outbox.due, 25)
    assert [one.chat_id for one in found.deliveries] == [7] * outbox.PER_CHAT + [8]
    assert (found.behind, found.cut) == (frozenset({7}), False)
    in_hand = frozenset(one.id for one in found.deliveries[:-1])
    assert [one.chat_id for one in (await town.read(outbox.due, 1, in_hand)).deliveries] == [8]


async def test_a_campaign_that_waits_neither_hides_replies_nor_is_looked_through(town: Town) -> None:
    for _ in range(60):
        await town.write(queued, 7, "subscribed.campaign", Lane.CAMPAIGN)
        await town.write(queued, 8, "subscribed.campaign", Lane.CAMPAIGN)
    await town.write(queued, 9, "reply", Lane.REPLY)
    await town.write(queued, 9, "news.x", Lane.CASE)
    found = await town.read(outbox.due, 10, frozenset(), 4)
    lanes = [one.lane for one in found.deliveries]
    assert lanes == [Lane.REPLY, Lane.CASE, *[Lane.CAMPAIGN] * 3]
    assert (found.behind, found.cut) == (frozenset(), False)
    without = await town.read(outbox.due, 10, frozenset(), 0)
    assert [one.lane for one in without.deliveries] == [Lane.REPLY]


async def test_long_lines_of_several_chats_keep_nobody_else_waiting(town: Town) -> None:
    for chat in (7, 8):
        for _ in range(50):
            await town.write(queued, chat, "news.x")
    await town.write(queued, 9, "news.x")
    found = await town.read(outbox.due, 60)
    assert [one.chat_id for one in found.deliveries] == [
        *[7] * outbox.AHEAD_PER_CHAT,
        *[8] * outbox.AHEAD_PER_CHAT,
        9,
    ]


async def test_many_slow_chats_leave_room_for_others(town: Town) -> None:
    groups = [-number for number in range(1, 11)]
    for _ in range(5):
        for group in groups:
            await town.write(queued, group, "staff.card")
    await town.write(queued, 9, "subscribed.campaign", Lane.CAMPAIGN)
    ahead = len(groups) * outbox.AHEAD_PER_CHAT
    found = await town.read(outbox.due, 60, frozenset(), 2 * len(groups) + 1)
    assert len(found.deliveries) == ahead + 1
    in_hand = frozenset(one.id for one in found.deliveries)
    assert (await town.read(outbox.due, 60, in_hand, 60)).deliveries == []


async def test_each_person_has_quiet_hours_of_their_own(town: Town) -> None:
    hours = (QuietHours(time(9), time(17)), QuietHours(time(0), time(0)), QuietHours())
    people = [await town.resident(f"Resident {number}") for number in range(len(hours))]
    for person, quiet in zip(people, hours, strict=True):
        wishes = Subscription(frozenset({Topic.CAMPAIGNS}), quiet=quiet)
        await town.write(subscription.subscribe, person, wishes, Consent("Yes", "en"))
        await town.write(queued, person.chat_id, "subscribed.campaign", Lane.CAMPAIGN)
    by_day, never, by_night = (one.id for one in await letters(town.store))
    assert await lease_all(town) == {never, by_night}
    await town.write(delivery.give_back, [never, by_night])
    town.pass_time(hours=13)
    assert await lease_all(town) == {by_day, never}


async def test_in_quiet_hours_a_lease_puts_off_and_takes_back_at_once(town: Town) -> None:
    town.pass_time(hours=13)
    ada, ben = await town.resident("Ada"), await town.resident("Ben")
    for person in (ada, ben):
        await town.write(queued, person.chat_id, "news.x")
    await town.write(hush, ben.chat_id)
    assert await lease_all(town) == set()
    waits, cancelled = await letters(town.store)
    assert (waits.state, waits.due_at > town.clock.now()) == (DeliveryState.QUEUED, True)
    assert cancelled.state == DeliveryState.CANCELLED


async def test_sqlite_finds_what_is_due_by_its_index(town: Town) -> None:
    if town.store.dialect != "sqlite":
        pytest.skip("PostgreSQL chooses by what it knows of the rows")
    with counted() as sent:
        await town.read(outbox.due, 5)
    assert len(sent) == len(Lane) - 1, "what waits for a digest is not looked at"
    for walk in sent:
        assert "ix_deliveries_due (lane=? AND due_at<?)" in await town.read(plan, walk)


async def test_sqlite_finds_what_waits_for_a_chat_by_its_index(town: Town) -> None:
    if town.store.dialect != "sqlite":
        pytest.skip("PostgreSQL chooses by what it knows of the rows")
    with counted() as sent:
        await town.write(unsent.cancel_for_chat, 7, DeliveryState.BLOCKED)
        await town.write(unsent.take_back, 7, "news.x")
    for statement in (one for one in sent if "deliveries" in one):
        assert "ix_deliveries_waiting (chat_id=?)" in await town.read(plan, statement)
