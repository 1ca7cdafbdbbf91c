"""A campaign for very many subscribers queued in a process of its own: how long, and how much memory."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from bot import memory
from store.domain.clock import FixedClock
from store.engine import migrate, open_store
from store.tables.delivery import DeliveryRow
from tests.benchmarks.bots.watch import peak_bytes
from tests.benchmarks.campaign_rows import queue_campaign, subscribe_all
from tests.benchmarks.desk import database
from tests.benchmarks.figures import noise_ms
from tests.support.house import NOON

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Queued:
    """How many were queued, in how many seconds, and the most memory the process ever had (MB)."""

    database: str
    rows: int
    seconds: float
    peak_mb: float
    noise_ms: float


async def queue(kind: str, people: int) -> Queued:
    """Let so many subscribe, then queue a message to each from a fresh process."""
    with database(kind) as url:
        await migrate(url)
        async with open_store(url, FixedClock(NOON)) as store:
            await subscribe_all(store, people)
            await store.write(_settle)
        noise = noise_ms()
        command = (sys.executable, "-m", "tests.benchmarks.sending_million", url)
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, cwd=_ROOT)
        said, _ = await process.communicate()
    return Queued(kind, **json.loads(said), noise_ms=noise)


async def _measured(url: str) -> dict[str, float]:
    async with open_store(url, FixedClock(NOON)) as store:
        memory.settle()
        began = time.perf_counter()
        await queue_campaign(store)
        seconds = time.perf_counter() - began
        rows = await store.read(_rows)
    return {"rows": rows, "seconds": seconds, "peak_mb": peak_bytes() / 1e6}


def _settle(session: Session) -> None:
    """Let the database look at what it holds, as after a night."""
    session.execute(text("ANALYZE"))


def _rows(session: Session) -> int:
    return session.scalar(select(func.count(DeliveryRow.id))) or 0


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_measured(sys.argv[1]))))
