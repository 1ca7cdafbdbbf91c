from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from store.actions import inbox
from store.domain.inbox import InboxItem, RawUpdate
from store.engine import open_store
from store.engine.postgres import PostgresStore
from store.queries import inbox as waiting
from store.tables.inbox import InboxRow
from tests.support.databases import PostgresDatabases
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


async def test_one_chat_does_not_fill_the_list_of_what_waits(town: Town) -> None:
    await town.write(inbox.add, [raw(n) for n in range(30)])
    await town.write(inbox.add, [raw(30, chat_id=11)])
    found = await town.read(waiting.waiting, 25)
    assert [item.chat_id for item in found] == [10] * waiting.PER_CHAT + [11]
    in_hand = frozenset(item.id for item in found[:-1])
    assert [item.chat_id for item in await town.read(waiting.waiting, 1, in_hand)] == [11]
    before = town.clock.now() - timedelta(seconds=1)
    assert await town.read(waiting.waiting, 25, frozenset(), before) == []


async def test_a_try_counts_only_while_it_lasts_or_when_the_process_died(town: Town) -> None:
    (item,) = await town.write(inbox.add, [raw(1)])
    for expected in (1, 2, 3):
        assert await town.write(inbox.begin_again, item) == expected
    assert await town.write(inbox.begin_again, item) == 4
    await town.write(inbox.try_ended, item.id)
    assert await town.write(inbox.begin_again, item) == 3
    await town.write(inbox.park, item.id, "x")
    assert await town.write(inbox.begin_again, item) == 0


async def test_what_is_not_its_chats_oldest_is_nobodys_to_begin_on_postgresql(
    postgres_databases: PostgresDatabases,
) -> None:
    url = await postgres_databases.migrated()
    async with open_store(url) as store:
        first, second = await store.write(inbox.add, [raw(1), raw(2)])
        assert await store.write(inbox.begin_again, second) == 0
        async with PostgresStore(url) as other, other.engine.begin() as held:
            await held.execute(text("SELECT pg_advisory_xact_lock(10)"))
            assert await store.write(inbox.begin_again, first) == 0
        assert await store.write(inbox.begin_again, first) == 1
    await postgres_databases.drop(url)
