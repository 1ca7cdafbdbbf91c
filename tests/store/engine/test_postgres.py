"""PostgreSQL: conflicts between transactions are tried again, errors are not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

import store.engine.postgres as engine
from store.engine.postgres import PostgresStore
from tests.store.engine import counters
from tests.support.databases import PostgresDatabases


@pytest.fixture
async def postgres(postgres_databases: PostgresDatabases) -> AsyncIterator[PostgresStore]:
    url = await postgres_databases.empty()
    async with PostgresStore(url) as opened:
        await counters.prepare(opened)
        yield opened
    await postgres_databases.drop(url)


class Runs:
    """Counts how often a unit ran."""

    def __init__(self) -> None:
        self.count = 0

    def conflicted(self, session: Session, times: int, state: str = "40001") -> int:
        """End with this SQLSTATE for so many times, then succeed."""
        self.count += 1
        counters.add(session, f"run {self.count}")
        if self.count <= times:
            session.execute(text(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$"))
        return self.count

    def stale(self, session: Session) -> int:
        self.count += 1
        counters.add(session, f"run {self.count}")
        if self.count == 1:
            raise StaleDataError
        return self.count


def touch_both(session: Session, first: str, second: str) -> None:
    counters.increment(session, first)
    session.execute(text("SELECT pg_sleep(0.05)"))
    counters.increment(session, second)


def lost_update(session: Session, name: str) -> None:
    """Read without a lock in a serializable transaction, then write."""
    session.execute(text("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
    n = counters.value(session, name) or 0
    session.execute(text("SELECT pg_sleep(0.02)"))
    session.execute(text("UPDATE counters SET n = :n WHERE name = :name"), {"n": n + 1, "name": name})


async def test_a_deadlock_of_two_units_ends_with_both_done(postgres: PostgresStore) -> None:
    for name in ("a", "b"):
        await postgres.write(counters.add, name)
    await asyncio.gather(postgres.write(touch_both, "a", "b"), postgres.write(touch_both, "b", "a"))
    assert [await postgres.read(counters.value, name) for name in ("a", "b")] == [2, 2]


async def test_units_that_cannot_be_put_in_order_are_tried_again(postgres: PostgresStore) -> None:
    await postgres.write(counters.add, "a")
    await asyncio.gather(*(postgres.write(lost_update, "a") for _ in range(3)))
    assert await postgres.read(counters.value, "a") == 3


@pytest.mark.parametrize("state", ["40001", "40P01"])
async def test_a_conflict_is_tried_again_and_leaves_nothing_of_the_first_try(
    postgres: PostgresStore, state: str
) -> None:
    assert await postgres.write(Runs().conflicted, 1, state) == 2
    assert await postgres.read(counters.names) == {"run 2"}


async def test_a_stale_row_is_tried_again(postgres: PostgresStore) -> None:
    assert await postgres.write(Runs().stale) == 2
    assert await postgres.read(counters.names) == {"run 2"}


async def test_a_conflict_without_end_is_told_to_the_caller(
    postgres: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "RETRY_SECONDS", 0.0)
    runs = Runs()
    with pytest.raises(DBAPIError):
        await postgres.write(runs.conflicted, 1_000)
    assert runs.count == engine.TRIES
    assert await postgres.read(counters.names) == set()


async def test_an_error_that_is_no_conflict_is_not_tried_again(postgres: PostgresStore) -> None:
    runs = Runs()
    with pytest.raises(DBAPIError):
        await postgres.write(runs.conflicted, 1, "22012")
    assert runs.count == 1


async def test_more_units_than_connections_all_get_their_turn(postgres: PostgresStore) -> None:
    count = engine.POOL_SIZE * 4
    await asyncio.gather(*(postgres.write(counters.add, str(n)) for n in range(count)))
    assert len(await postgres.read(counters.names)) == count
