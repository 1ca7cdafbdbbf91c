from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import delivery
from store.domain.delivery import REPEATABLE_LANES, DeliveryState, Lane, Outgoing, Sent
from store.engine import unit
from store.queries import chat, deliveries, outbox
from store.tables.delivery import DeliveryRow
from tests.support.triage_factory import Town

GROUP = -100


def thing(
    lane: Lane = Lane.CASE, chat_id: int = 10, key: str | None = None, due_at: datetime | None = None
) -> Outgoing:
    return Outgoing(
        lane, chat_id, "staff.x", "sendMessage", {"chat_id": chat_id, "text": "Hello"}, key, due_at
    )


def rows(session: Session) -> list[tuple[DeliveryState, bool]]:
    """Return the state of each delivery, and whether its content is still there."""
    found = session.execute(select(DeliveryRow.state, DeliveryRow.params).order_by(DeliveryRow.id))
    return [(DeliveryState(row.state), row.params is not None) for row in found]


def queue_and_tell(session: Session, things: Sequence[Outgoing]) -> int:
    delivery.queue(session, things)
    return len(unit(session).outgoing)


async def due(town: Town) -> list[int]:
    return [one.id for one in (await town.read(outbox.due, 50)).deliveries]


async def test_what_has_a_key_is_said_once(town: Town) -> None:
    twice = [thing(key="event:ada:news")] * 2
    assert await town.write(queue_and_tell, twice) == 1
    assert await town.write(queue_and_tell, twice) == 0
    assert await town.write(queue_and_tell, [thing(key="event:ben:news"), thing(), thing()]) == 3
    assert len(await town.read(rows)) == 4


async def test_what_was_sent_is_not_said_again_under_its_key(town: Town) -> None:
    await town.write(delivery.queue, [thing(key="k")])
    ids = await due(town)
    await town.write(delivery.lease, ids)
    await town.write(delivery.finish, [Sent(ids[0], DeliveryState.SENT, 5)])
    assert await town.write(queue_and_tell, [thing(key="k")]) == 0
    assert await town.read(rows) == [(DeliveryState.SENT, False)]


async def test_due_is_by_lane_then_by_age_and_not_before_its_time(town: Town) -> None:
    later = town.clock.now() + timedelta(hours=1)
    await town.write(
        delivery.queue,
        [thing(Lane.CAMPAIGN), thing(Lane.REPLY), thing(Lane.CASE), thing(Lane.REPLY), thing(due_at=later)],
    )
    found = (await town.read(outbox.due, 50)).deliveries
    assert [one.lane for one in found] == [Lane.REPLY, Lane.REPLY, Lane.CASE, Lane.CAMPAIGN]
    assert found[0].id < found[1].id
    town.pass_time(hours=1)
    assert len(await due(town)) == 5
    assert await town.read(deliveries.count_queued) == 5


async def test_alerts_are_due_however_much_bulk_is_in_hand(town: Town) -> None:
    await town.write(delivery.queue, [thing(Lane.CAMPAIGN, chat_id) for chat_id in range(1, 6)])
    in_hand = frozenset((await due(town))[:3])
    await town.write(delivery.queue, [thing(Lane.URGENT, chat_id) for chat_id in range(1, 6)])

    async def lanes(room: int) -> list[Lane]:
        found = await town.read(outbox.due, 50, in_hand, room, 3)
        return [one.lane for one in found.deliveries]

    assert await lanes(0) == [Lane.URGENT] * 3
    assert await lanes(-2) == [Lane.URGENT]
    assert await lanes(7) == [Lane.URGENT] * 5 + [Lane.CAMPAIGN] * 2
    assert (await town.read(outbox.due, 50, in_hand, -3, 3)).deliveries == []


async def test_what_is_leased_is_due_no_more(town: Town) -> None:
    await town.write(delivery.queue, [thing(), thing()])
    first, second = await due(town)
    assert await town.write(delivery.lease, [first]) == {first}
    assert await town.write(delivery.lease, [first, second]) == {second}
    assert await due(town) == []


async def test_what_comes_too_late_expires_instead_of_going_out(town: Town) -> None:
    soon = town.clock.now() + timedelta(minutes=5)
    late = Outgoing(Lane.REMINDER, 10, "reminder", "sendMessage", {}, expires_at=soon)
    await town.write(delivery.queue, [late])
    town.pass_time(minutes=6)
    assert await town.write(delivery.lease, await due(town)) == set()
    assert await town.read(rows) == [(DeliveryState.EXPIRED, False)]


async def test_a_finished_delivery_keeps_no_content(town: Town) -> None:
    await town.write(delivery.queue, [thing(), thing()])
    ids = await due(town)
    await town.write(delivery.lease, ids)
    await town.write(
        delivery.finish,
        [Sent(ids[0], DeliveryState.SENT, 5), Sent(ids[1], DeliveryState.FAILED, error="chat not found")],
    )
    assert await town.read(rows) == [(DeliveryState.SENT, False), (DeliveryState.FAILED, False)]
    (trouble,) = await town.read(deliveries.trouble)
    assert (trouble.id, trouble.error) == (ids[1], "chat not found")


async def test_a_refusal_blocks_the_chat_and_takes_back_what_waits_for_it(town: Town) -> None:
    ada = await town.resident()
    await town.write(
        delivery.queue, [thing(chat_id=ada.chat_id), thing(chat_id=ada.chat_id), thing(chat_id=5)]
    )
    first, *_ = await due(town)
    await town.write(delivery.lease, [first])
    await town.write(delivery.finish, [Sent(first, DeliveryState.BLOCKED, error="blocked")])
    states = [state for state, _ in await town.read(rows)]
    assert states == [DeliveryState.BLOCKED, DeliveryState.BLOCKED, DeliveryState.QUEUED]
    known = (await town.read(chat.who, ada.chat_id)).resident
    assert known is not None
    assert known.blocked_at == town.clock.now()


@pytest.mark.parametrize("lane", [lane for lane in Lane if lane is not Lane.GATHERED])
async def test_what_a_dead_sender_had_in_hand_is_repeated_only_where_that_is_better(
    town: Town, lane: Lane
) -> None:
    await town.write(delivery.queue, [thing(lane)])
    ids = await due(town)
    await town.write(delivery.lease, ids)
    assert await town.write(delivery.recover) == 1
    assert await town.write(delivery.recover) == 0
    again = lane in REPEATABLE_LANES
    assert await town.read(rows) == [(DeliveryState.QUEUED if again else DeliveryState.UNCERTAIN, again)]
    assert await due(town) == (ids if again else [])
    assert len(await town.read(deliveries.trouble)) == (0 if again else 1)


async def test_a_new_sender_learns_what_groups_got_in_the_last_minute(town: Town) -> None:
    await town.write(delivery.queue, [thing(chat_id=GROUP) for _ in range(3)] + [thing(chat_id=10)])
    old, sent, _ = await due(town)
    await town.write(delivery.lease, [old, sent])
    leased, _ = await due(town)
    await town.write(delivery.lease, [leased])
    await town.write(delivery.finish, [Sent(old, DeliveryState.SENT, 1)])
    town.pass_time(minutes=2)
    await town.write(delivery.finish, [Sent(sent, DeliveryState.SENT, 2)])
    at = town.clock.now()
    town.pass_time(seconds=10)
    assert await town.read(outbox.sent_to_groups) == [(GROUP, at), (GROUP, town.clock.now())]
