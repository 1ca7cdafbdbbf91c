from __future__ import annotations

import asyncio

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from store.actions import inbox
from store.domain.inbox import InboxItem, RawUpdate
from store.queries import inbox as waiting
from store.tables.inbox import InboxRow
from tests.support.triage_factory import Town

BOT = 7


def raw(number: int, chat_id: int = 10, bot_id: int = BOT) -> RawUpdate:
    return RawUpdate(bot_id, number, chat_id, f'{{"update_id": {number}}}')


def payloads(session: Session) -> list[tuple[str, str | None]]:
    rows = session.execute(select(InboxRow.state, InboxRow.payload).order_by(InboxRow.id))
    return [(row.state, row.payload) for row in rows]


async def numbers(town: Town) -> list[int]:
    return [item.data["update_id"] for item in await town.read(waiting.waiting)]


async def test_updates_wait_in_the_order_they_came(town: Town) -> None:
    added = await town.write(inbox.add, [raw(3), raw(1), raw(2)])
    assert [item.data["update_id"] for item in added] == [3, 1, 2]
    await town.write(inbox.add, [raw(0)])
    assert await numbers(town) == [3, 1, 2, 0]
    assert await town.read(waiting.count_waiting) == 4
    assert await town.read(waiting.oldest_waiting) == town.clock.now()


async def test_a_repeat_is_dropped_even_after_it_was_handled(town: Town) -> None:
    (first,) = await town.write(inbox.add, [raw(1), raw(1)])
    assert await town.write(inbox.claim, first)
    assert await town.write(inbox.add, [raw(1), raw(2)]) != []
    assert await numbers(town) == [2]


async def test_two_bots_may_have_an_update_of_the_same_number(town: Town) -> None:
    assert len(await town.write(inbox.add, [raw(1), raw(1, bot_id=8)])) == 2


async def test_an_update_is_claimed_once_and_emptied_by_that(town: Town) -> None:
    (item,) = await town.write(inbox.add, [raw(1)])
    claims = await asyncio.gather(*(town.write(inbox.claim, item) for _ in range(4)))
    assert claims.count(True) == 1
    assert await town.read(payloads) == [("done", None)]
    assert await town.read(waiting.oldest_waiting) is None


async def test_a_turn_that_fails_gives_its_claim_back(town: Town) -> None:
    (item,) = await town.write(inbox.add, [raw(1)])

    def turn(session: Session) -> None:
        assert inbox.claim(session, item)
        raise ValueError("no")

    await asyncio.gather(town.write(turn), return_exceptions=True)
    assert await numbers(town) == [1]
    assert await town.write(inbox.claim, item)


async def test_on_postgresql_a_chat_is_claimed_strictly_in_order(town: Town) -> None:
    first, second, other = await town.write(inbox.add, [raw(1), raw(2), raw(3, chat_id=20)])
    assert await town.write(inbox.claim, other)
    in_order = town.store.dialect == "postgresql"
    assert await town.write(inbox.claim, second) is not in_order
    assert await town.write(inbox.claim, first)
    assert await town.write(inbox.claim, second) is in_order


async def test_on_postgresql_a_chat_is_in_one_turn_at_a_time(town: Town) -> None:
    if town.store.dialect == "sqlite":  # one writer: nothing runs side by side
        return
    items = await town.write(inbox.add, [raw(1), raw(2)])
    claims = await asyncio.gather(*(town.write(_slow_claim, items[0]) for _ in items))
    assert sorted(claims) == [False, True]


def _slow_claim(session: Session, item: InboxItem) -> bool:
    mine = inbox.claim(session, item)
    session.execute(text("SELECT pg_sleep(0.2)"))
    return mine


async def test_failed_tries_are_counted(town: Town) -> None:
    (item,) = await town.write(inbox.add, [raw(1)])
    assert [await town.write(inbox.count_try, item.id, "ValueError") for _ in range(3)] == [1, 2, 3]
    assert [one.tries for one in await town.read(waiting.waiting)] == [3]


async def test_a_parked_update_shows_its_error_and_nothing_of_its_content(town: Town) -> None:
    (item,) = await town.write(inbox.add, [raw(41)])
    await town.write(inbox.count_try, item.id, "KeyError")
    assert await town.write(inbox.park, item.id, "KeyError")
    assert not await town.write(inbox.park, item.id, "KeyError")
    assert not await town.write(inbox.claim, item)
    assert await town.read(payloads) == [("parked", None)]
    (parked,) = await town.read(waiting.parked)
    assert (parked.update_id, parked.error, parked.tries) == (41, "KeyError", 1)
