"""SQLite: a full disk, and others who write to the same file."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

import store.engine.sqlite as engine
from store.engine.sqlite import SqliteStore
from tests.store.engine import counters

LARGE = "x" * 200_000


def limit_pages(session: Session, more: int) -> None:
    """Let the file grow by so many pages of 4 KiB: a disk that is nearly full."""
    pages = session.execute(text("PRAGMA page_count")).scalar_one()
    session.execute(text(f"PRAGMA max_page_count = {pages + more}"))


def in_transaction(store: SqliteStore) -> bool:
    return engine._in_transaction(store._connection)


@contextmanager
def another_writer(path: Path) -> Iterator[sqlite3.Connection]:
    """Hold the write lock as another process would."""
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        other.close()


async def test_a_full_disk_loses_only_what_cannot_be_stored(sqlite: SqliteStore) -> None:
    await sqlite.write(limit_pages, 10)
    results = await asyncio.gather(
        sqlite.write(counters.add, "one"),
        sqlite.write(counters.add, "too large", words=LARGE),
        sqlite.write(counters.add, "two"),
        sqlite.write(counters.add, "also too large", words=LARGE),
        sqlite.write(counters.add, "three"),
        return_exceptions=True,
    )
    assert [results[n] for n in (0, 2, 4)] == ["one", "two", "three"]
    for n in (1, 3):
        assert isinstance(results[n], OperationalError)
        assert "full" in str(results[n])
    assert await sqlite.read(counters.names) == {"one", "two", "three"}
    assert not in_transaction(sqlite)


async def test_a_full_disk_is_survived_by_the_next_unit(sqlite: SqliteStore) -> None:
    await sqlite.write(limit_pages, 10)
    with pytest.raises(OperationalError, match="full"):
        await sqlite.write(counters.add, "too large", words=LARGE)
    await sqlite.write(limit_pages, 1_000)
    await sqlite.write(counters.add, "too large", words=LARGE)
    assert await sqlite.read(counters.names) == {"too large"}


async def test_a_failed_commit_loses_only_what_cannot_be_stored(sqlite: SqliteStore) -> None:
    """A deferred foreign key is checked by COMMIT, which then fails and leaves the transaction open."""
    await sqlite.write(
        counters.execute,
        "CREATE TABLE shadows (name TEXT REFERENCES counters(name) DEFERRABLE INITIALLY DEFERRED)",
    )
    orphan = "INSERT INTO shadows VALUES ('nobody')"
    results = await asyncio.gather(
        sqlite.write(counters.add, "one"),
        sqlite.write(counters.execute, orphan),
        sqlite.write(counters.add, "two"),
        return_exceptions=True,
    )
    assert results[0] == "one"
    assert isinstance(results[1], Exception)
    assert results[2] == "two"
    assert await sqlite.read(counters.names) == {"one", "two"}
    assert not in_transaction(sqlite)
    with pytest.raises(Exception, match="FOREIGN KEY"):
        await sqlite.write(counters.execute, orphan)
    await sqlite.write(counters.add, "three")


async def test_units_wait_for_another_process_without_holding_up_the_loop(
    sqlite: SqliteStore, tmp_path: Path
) -> None:
    with another_writer(tmp_path / "one.db") as other:
        waiters = [asyncio.ensure_future(sqlite.write(counters.add, str(n))) for n in range(5)]  # noqa: TID251
        longest, last = 0.0, time.perf_counter()
        for _ in range(50):
            await asyncio.sleep(0.005)
            longest, last = max(longest, time.perf_counter() - last), time.perf_counter()
        assert not any(waiter.done() for waiter in waiters)
        other.execute("COMMIT")
    assert await asyncio.gather(*waiters) == ["0", "1", "2", "3", "4"]
    assert longest < 0.1


async def test_a_lock_that_is_never_given_back_fails_the_unit_in_the_end(
    sqlite: SqliteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "LOCK_WAIT_SECONDS", 0.05)
    with another_writer(tmp_path / "one.db"), pytest.raises(OperationalError, match="locked"):
        await sqlite.write(counters.add, "ada")
    assert await sqlite.write(counters.add, "ada") == "ada"


async def test_the_file_is_set_up_to_survive_a_power_cut(sqlite: SqliteStore) -> None:
    def pragma(session: Session, name: str) -> object:
        return session.execute(text(f"PRAGMA {name}")).scalar_one()

    assert await sqlite.write(pragma, "journal_mode") == "wal"
    assert await sqlite.write(pragma, "synchronous") == 2
    assert await sqlite.write(pragma, "foreign_keys") == 1
    assert await sqlite.read(pragma, "query_only") == 1
    assert await sqlite.read(pragma, "wal_autocheckpoint") == 0


async def test_units_that_wait_together_share_a_commit(sqlite: SqliteStore) -> None:
    commits: list[str] = []
    driver: Any = sqlite._connection.connection.dbapi_connection
    driver.set_trace_callback(lambda said: commits.append(said) if said == "COMMIT" else None)
    await asyncio.gather(*(sqlite.write(counters.add, str(n)) for n in range(10)))
    assert len(commits) <= 2  # the first may be off before the others are there
