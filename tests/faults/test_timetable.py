"""Two processes that may have the scheduler: what is wanted runs; one of them dies, the other goes on."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.emulator import Emulator
from notifications.timetable import TIMETABLE
from store.actions import job, reference, staff
from store.domain.actor import SYSTEM, Channel
from store.domain.staff import By, Role
from store.engine import Store, open_store
from store.profile.load import load
from store.queries import jobs
from store.tables.event import EventRow
from tests.faults.process import BotProcess
from tests.support.databases import PostgresDatabases
from tests.support.waiting import eventually

NIGHTLY = next(one for one in TIMETABLE if one.made_up)
PATIENCE_SECONDS = 40.0


def _failures(session: Session) -> int:
    wanted = select(func.count()).where(EventRow.action == "job.failed")
    return session.scalar(wanted) or 0


async def _runs(store: Store, ann: By) -> None:
    """Ask for a run and wait for the end of it."""
    await store.write(job.ask, ann, NIGHTLY.code)

    async def done() -> bool:
        found = (await store.read(jobs.standing))[NIGHTLY.code]
        return found.asked_at is None and found.last is not None

    await eventually(done, PATIENCE_SECONDS)


@pytest.mark.timeout(120)
async def test_what_is_asked_for_runs_wherever_the_scheduler_is(
    postgres_databases: PostgresDatabases, tmp_path: Path
) -> None:
    url = await postgres_databases.migrated()
    profile = await asyncio.to_thread(load, "thanet")
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    async with Emulator() as emulator, open_store(url) as store:
        await store.write(reference.seed, profile)
        ann = By(await store.write(staff.add, SYSTEM, "ann", "Ann", Role.ADMINISTRATOR), Channel.WEB)
        async with (
            BotProcess(emulator, tmp_path / "first", url, roles="scheduler") as first,
            BotProcess(emulator, tmp_path / "second", url, roles="scheduler") as second,
        ):
            await _runs(store, ann)
            await first.kill()
            await _runs(store, ann)
            assert second.running.returncode is None
        assert await store.read(_failures) == 0
    await postgres_databases.drop(url)
