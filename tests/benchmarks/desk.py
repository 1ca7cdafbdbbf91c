"""`./dev bench desk`: the staff desk over 120,000 and 1,000,000 reports, on SQLite and PostgreSQL.

For each thing that a person does: SQL statements, CPU of this process and wall-clock time, both as
the store alone does it and as a page comes out of the real web server. The bar is measured beside
it: a fixed piece of Python, timed before and after, tells how busy the machine was. Each act is done in
turn on all sizes, so that what else the machine does slows them alike.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from store.engine import Store, migrate, open_store
from store.profile.load import load
from tests.benchmarks import desk_town
from tests.benchmarks.desk_acts import Desk, measure
from tests.benchmarks.desk_figures import Figures, table
from tests.benchmarks.figures import noise_ms
from tests.support.postgres import running_postgres

SIZES = (120_000, 1_000_000)
ROUNDS = 40
SAY_EVERY = 100_000


def main(argv: Sequence[str]) -> int:
    """Fill, ask, print."""
    parser = argparse.ArgumentParser(prog="./dev bench desk", description=__doc__)
    parser.add_argument("--reports", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    wanted = parser.parse_args(argv)
    found: dict[tuple[str, int], list[Figures]] = {}
    for kind in wanted.databases:
        found |= asyncio.run(_measure(kind, wanted.reports, wanted.rounds))
        print(table({key: acts for key, acts in found.items() if key[0] == kind}), flush=True)
    return 0


@contextmanager
def database(kind: str) -> Any:
    """Yield the address of a fresh database; PostgreSQL with what a real server would have."""
    if kind == "postgresql":
        with running_postgres(autovacuum="on", shared_buffers="512MB") as url:
            yield url
        return
    with tempfile.TemporaryDirectory(prefix="foreland-desk-") as folder:
        yield f"sqlite:///{Path(folder) / 'foreland.db'}"


async def _measure(kind: str, sizes: Sequence[int], rounds: int) -> dict[tuple[str, int], list[Figures]]:
    """Fill a database of each size, then do every act in turn on all of them."""
    async with AsyncExitStack() as stack:
        desks = []
        for size in sizes:
            print(f"{kind}, {size:,} reports", flush=True)
            url = stack.enter_context(database(kind))
            await migrate(url)
            store, town = await stack.enter_async_context(_filled(url, size))
            desks.append(await stack.enter_async_context(Desk(store, town)))
        print(f"noise loop {noise_ms():.0f} ms", flush=True)
        found = [await measure(acts, rounds) for acts in zip(*(desk.acts() for desk in desks), strict=True)]
        print(f"noise loop {noise_ms():.0f} ms", flush=True)
    return {(kind, size): list(acts) for size, acts in zip(sizes, zip(*found, strict=True), strict=True)}


@asynccontextmanager
async def _filled(url: str, size: int) -> AsyncIterator[tuple[Store, desk_town.Town]]:
    profile = load("thanet")
    town = desk_town.Town(profile, size)
    async with open_store(url) as store:
        await store.write(desk_town.begin, town)
        done = 0
        for batch in town.batches():
            await store.write(desk_town.put, batch)
            done += len(batch["reports"])
            if done % SAY_EVERY == 0:
                print(f"  {done:,} written", flush=True)
        await store.write(desk_town.settle)
        yield store, town
