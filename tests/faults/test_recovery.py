"""What waits while workers come and go, or the database has a bad time, is nobody's poison."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from typing import cast

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from telegram import Update
from telegram.ext import ApplicationBuilder, ExtBot, TypeHandler

from bot.settings import prepare_environment
from handlers.chat import dispatcher as module
from handlers.chat.application import StrictApplication, item_at_hand
from handlers.chat.dispatcher import Dispatcher
from store.actions import inbox
from store.domain.inbox import RawUpdate
from store.engine import Session, Store, open_store
from store.queries import inbox as queries
from store.tables.inbox import WAITING, InboxRow
from tests.support.waiting import eventually


@pytest.fixture
async def store(migrated_database_url: str) -> AsyncIterator[Store]:
    async with open_store(migrated_database_url) as opened:
        yield opened


def application(store: Store, before: Callable[[], None] = lambda: None) -> StrictApplication:
    """Return an application whose only handler claims the update and is done."""
    prepare_environment()

    async def handle(_update: object, _context: object) -> None:
        before()
        await store.write(inbox.claim, item_at_hand.get())

    made = ApplicationBuilder().application_class(StrictApplication).bot(ExtBot("1:x")).updater(None)
    found = cast("StrictApplication", made.job_queue(None).build())
    found.add_handler(TypeHandler(Update, handle))
    found._initialized = True
    return found


def raws(count: int) -> list[RawUpdate]:
    return [RawUpdate(1, n, 10 + n % 25, f'{{"update_id": {n}}}') for n in range(count)]


def tries(session: Session) -> list[int]:
    return list(session.scalars(select(InboxRow.tries).order_by(InboxRow.id)))


def most_tries(session: Session) -> int:
    """Of those that still wait."""
    return session.scalar(select(func.max(InboxRow.tries)).where(InboxRow.state == WAITING)) or 0


async def _none_waits(store: Store) -> bool:
    return not await store.read(queries.count_waiting)


async def test_workers_that_start_and_stop_one_after_the_other_park_nothing(store: Store) -> None:
    await store.write(inbox.add, raws(100))

    for _ in range(6):
        run = asyncio.ensure_future(Dispatcher(store, application(store)).run())  # noqa: TID251 - stopped below
        await asyncio.sleep(0.01)
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)
    assert await store.read(queries.parked) == []
    assert await store.read(most_tries) == 0


async def test_workers_started_beside_one_that_is_busy_count_nothing(store: Store) -> None:
    await store.write(inbox.add, raws(100))

    async def start() -> None:
        async with asyncio.timeout(20):
            run = asyncio.ensure_future(Dispatcher(store, application(store)).run())  # noqa: TID251
            await eventually(lambda: _none_waits(store), 15)
            run.cancel()
            await asyncio.gather(run, return_exceptions=True)

    await asyncio.gather(*(start() for _ in range(1 if store.dialect == "sqlite" else 4)))
    assert await store.read(queries.parked) == []


async def test_a_database_in_trouble_is_no_fault_of_the_update(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE_SECONDS", 0.001)
    troubles = [OperationalError("x", None, sqlite3.OperationalError("database is locked"))] * 5

    def before() -> None:
        if troubles:
            raise troubles.pop()

    feeder = Dispatcher(store, application(store, before))
    run = asyncio.ensure_future(feeder.run())  # noqa: TID251 - stopped below
    await asyncio.sleep(0.05)
    feeder.feed(await store.write(inbox.add, raws(1)))
    await eventually(lambda: _none_waits(store), 5)
    run.cancel()
    await asyncio.gather(run, return_exceptions=True)
    assert troubles == []
    assert await store.read(tries) == [0]


async def test_more_than_a_page_is_recovered_in_order_within_each_chat(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE", 30)
    await store.write(inbox.add, [RawUpdate(1, n, 10 + n // 50, f'{{"update_id": {n}}}') for n in range(100)])
    seen: list[int] = []
    run = asyncio.ensure_future(  # noqa: TID251 - stopped below
        Dispatcher(store, application(store, lambda: seen.append(item_at_hand.get().data["update_id"]))).run()
    )
    await eventually(lambda: _none_waits(store), 15)
    run.cancel()
    await asyncio.gather(run, return_exceptions=True)
    assert [n for n in seen if n < 50] == list(range(50))
    assert [n for n in seen if n >= 50] == list(range(50, 100))
