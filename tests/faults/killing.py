"""Kill the program again and again while people report, and count what is left."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.emulator import Emulator, Limits
from store.engine import open_store
from store.queries import inbox
from store.tables.inbox import PARKED, InboxRow
from store.tables.report import ReportRow
from tests.faults.process import BotProcess
from tests.faults.reporter import Reporter

REPORTS_EACH = 5
UP_AT_MOST_SECONDS = 0.5
KILL_SECONDS = 1.6
"""How long a round takes, about: the people spread over all of them."""
KILLED_WHILE_STARTING = 0.2
STARTING_SECONDS = 1.0
PATIENCE_SECONDS = 60.0
FAST = Limits(per_second=1000)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was told and what is there. `refused` counts sends that came too fast."""

    told: int
    stored: int
    parked: int
    waiting: int
    refused: int
    audit: tuple[int, str]


async def kill_often(
    folder: Path, database_url: str, *, kills: int = 10, reports: int = 50, seed: int = 1
) -> Outcome:
    """Let people send `reports` reports while the program is killed `kills` times."""
    dice = Random(seed)
    async with Emulator(limits=FAST, keep_calls=100_000) as emulator:
        people = [
            Reporter(emulator.person(f"Resident {n}"), Random(seed + n))
            for n in range(-(-reports // REPORTS_EACH))
        ]
        bot = BotProcess(emulator, folder, database_url)
        async with asyncio.TaskGroup() as tasks:
            killer = tasks.create_task(_kill(bot, kills, dice))
            for number, one in enumerate(people):
                times = min(REPORTS_EACH, reports - number * REPORTS_EACH)
                moments = sorted(dice.uniform(0, kills * KILL_SECONDS) for _ in range(times))
                tasks.create_task(_report(one, moments))
            await killer
        await _quiet(emulator)
        await bot.stop()
        told = sum(len(one.references()) for one in people)
        refused = sum(call.outcome.startswith("429") for call in emulator.calls)
        stored, parked, waiting = await _counted(database_url)
        return Outcome(told, stored, parked, waiting, refused, await bot.audit())


async def _kill(bot: BotProcess, kills: int, dice: Random) -> None:
    for _ in range(kills):
        await bot.start()
        if dice.random() < KILLED_WHILE_STARTING:
            await asyncio.sleep(dice.uniform(0, STARTING_SECONDS))
        else:
            await bot.listening()
            await asyncio.sleep(dice.uniform(0, UP_AT_MOST_SECONDS))
        await bot.kill()
    await bot.start()
    await bot.listening()


async def _report(one: Reporter, moments: list[float]) -> None:
    """Report at these moments (seconds from now), or as soon as the report before is done."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    for number, moment in enumerate(moments):
        await asyncio.sleep(max(0.0, began + moment - loop.time()))
        await one.report(f"Loud music again, night {number}")


async def _quiet(emulator: Emulator) -> None:
    """Wait until every update was taken and nothing more is sent."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        seen = -1
        while emulator.pending or seen != emulator.world.seq:
            seen = emulator.world.seq
            await asyncio.sleep(1.0)


async def _counted(database_url: str) -> tuple[int, int, int]:
    def count(session: Session) -> tuple[int, int, int]:
        reports = session.scalar(select(func.count()).select_from(ReportRow)) or 0
        parked = session.scalar(select(func.count()).where(InboxRow.state == PARKED)) or 0
        return reports, parked, inbox.count_waiting(session)

    async with open_store(database_url) as store:
        return await store.read(count)
