"""SQLite: a driver that does what nobody expects stops the store for nobody but those in the group."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy.orm import Session

import store.engine.sqlite as engine
from store.engine.sqlite import SqliteStore
from tests.store.engine import counters


async def goes_on(store: SqliteStore) -> None:
    async with asyncio.timeout(20):
        await store.write(counters.add, "after")
        assert "after" in await store.read(counters.names)


def hang_up(store: SqliteStore) -> None:
    driver: Any = store._connection.connection.dbapi_connection
    driver.close()


async def test_a_connection_that_is_gone_before_the_group_is_replaced(sqlite: SqliteStore) -> None:
    hang_up(sqlite)
    async with asyncio.timeout(20):
        with pytest.raises(Exception, match="closed"):
            await sqlite.write(counters.add, "lost")
    await goes_on(sqlite)


async def test_a_connection_that_goes_in_the_middle_of_a_group_is_replaced(sqlite: SqliteStore) -> None:
    def cut(session: Session) -> None:
        counters.add(session, "lost")
        hang_up(sqlite)

    async with asyncio.timeout(20):
        results = await asyncio.gather(
            sqlite.write(counters.add, "beside"), sqlite.write(cut), return_exceptions=True
        )
    assert isinstance(results[1], Exception)
    assert isinstance(results[0], Exception) or "beside" in await sqlite.read(counters.names)
    await goes_on(sqlite)


async def test_a_savepoint_that_cannot_be_set_fails_its_unit(
    sqlite: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    savepoint = SqliteStore._savepoint

    def refuse(store: SqliteStore, statement: str) -> None:
        if statement == "SAVEPOINT unit":
            monkeypatch.setattr(SqliteStore, "_savepoint", savepoint)
            raise RuntimeError("no savepoint")
        savepoint(store, statement)

    monkeypatch.setattr(SqliteStore, "_savepoint", refuse)
    async with asyncio.timeout(20):
        with pytest.raises(RuntimeError, match="no savepoint"):
            await sqlite.write(counters.add, "lost")
    await goes_on(sqlite)


async def test_a_roll_back_that_fails_costs_the_connection_and_no_unit_more(
    sqlite: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sqlite.write(
        counters.execute,
        "CREATE TABLE shadows (name TEXT REFERENCES counters(name) DEFERRABLE INITIALLY DEFERRED)",
    )

    def fail(*_: object) -> None:
        monkeypatch.undo()
        raise RuntimeError("cannot roll back")

    monkeypatch.setattr(engine, "_roll_back", fail)
    async with asyncio.timeout(20):
        results = await asyncio.gather(
            sqlite.write(counters.add, "one"),
            sqlite.write(counters.execute, "INSERT INTO shadows VALUES ('nobody')"),
            return_exceptions=True,
        )
    assert results[0] == "one"
    assert isinstance(results[1], Exception)
    await goes_on(sqlite)


async def test_a_unit_that_raises_what_no_future_takes_holds_up_nobody(sqlite: SqliteStore) -> None:
    def stop(_session: Session) -> None:
        raise StopIteration

    async with asyncio.timeout(20):
        with pytest.raises(RuntimeError, match="StopIteration"):
            await sqlite.write(stop)
    await goes_on(sqlite)
