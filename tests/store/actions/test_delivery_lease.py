from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from store.actions import delivery, resident
from store.domain.delivery import EXPIRY, PROTECTED, Delivery, DeliveryState, Lane, Outgoing, Sent
from store.queries import outbox
from tests.support.deliveries import hush, letters
from tests.support.triage_factory import Town


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
