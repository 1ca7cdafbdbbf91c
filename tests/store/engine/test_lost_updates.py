"""No read-modify-write is lost, with many writers in one process and with two processes."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import Engine, create_engine, text

from store.engine import Store, open_store
from tests.store.engine import counters

WRITERS = 8
TIMES = 20
PROCESSES = 2
OTHER = """
import asyncio, sys
from store.engine import open_store
from tests.store.engine import counters

async def main(url, writers, times):
    async with open_store(url) as store:
        async def writer():
            for _ in range(times):
                await store.write(counters.increment, "shared")
        await asyncio.gather(*(writer() for _ in range(writers)))

asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
"""


async def _write(store: Store) -> None:
    for _ in range(TIMES):
        await store.write(counters.increment, "shared")


async def test_many_writers_lose_nothing(store: Store) -> None:
    await store.write(counters.add, "shared")
    await asyncio.gather(*(_write(store) for _ in range(WRITERS)))
    assert await store.read(counters.value, "shared") == WRITERS * TIMES


async def test_two_processes_lose_nothing(database_url: str) -> None:
    async with open_store(database_url) as store:
        await counters.prepare(store)
        await store.write(counters.add, "shared")
        command = [sys.executable, "-c", OTHER, database_url, str(WRITERS), str(TIMES)]
        folder = Path(__file__).parents[3]
        others = [subprocess.Popen(command, cwd=folder) for _ in range(PROCESSES)]
        await asyncio.gather(*(_write(store) for _ in range(WRITERS)))
        for other in others:
            assert await asyncio.to_thread(other.wait, 50) == 0
        assert await store.read(counters.value, "shared") == (PROCESSES + 1) * WRITERS * TIMES


async def test_the_same_work_through_default_transactions_is_not_safe(tmp_path: Path) -> None:
    """The control: were the store to use the driver's deferred transactions, the tests above would fail."""
    path = tmp_path / "default.db"
    with sqlite3.connect(path) as made:
        made.execute(counters.TABLE)
        made.execute("INSERT INTO counters VALUES ('shared', 0, '')")
    made.close()
    engine = create_engine(f"sqlite+pysqlite:///{path}")
    with ThreadPoolExecutor(WRITERS) as threads:
        done = [threads.submit(_default_increment, engine) for _ in range(WRITERS * TIMES)]
    told = sum(1 for one in done if one.exception() is None)
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT n FROM counters")).scalar_one()
    engine.dispose()
    assert kept < WRITERS * TIMES
    assert kept < told, "every increment that was told to be done was done"


def _default_increment(engine: Engine) -> None:
    with engine.begin() as connection:
        n = connection.execute(text("SELECT n FROM counters")).scalar_one()
        connection.execute(text("UPDATE counters SET n = :n"), {"n": n + 1})
