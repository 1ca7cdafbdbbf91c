"""Run the timetable: tick, make up for what was missed, do what an administrator asked for, note it all.

One process at a time has it. What ticks often needs no claim: what is due lies in rows that its units
lock, so two that tick at once do nothing twice. What runs once at its time is claimed in its own row.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from notifications.scheduled import Scheduled
from notifications.timetable import TIMETABLE
from store.actions import job
from store.domain.clock import LONDON
from store.domain.job import Job, Run, is_worth_noting
from store.engine import Store
from store.queries import jobs

log = logging.getLogger(__name__)

LATE_SECONDS = 6 * 3600
"""A tick that was held up in this very process is made up for, if it is not later than this."""
LOOK_SECONDS = 2
"""So soon begins what an administrator asked for."""
LOOK = "look for what is wanted or was missed"


class Clockwork:
    """What runs the things of the timetable."""

    def __init__(self, store: Store, public_url: str, entries: Sequence[Scheduled] = TIMETABLE) -> None:
        self._store = store
        self._public_url = public_url
        self._entries = entries
        self._noted: dict[str, Run] = {}
        self._in_hand: set[str] = set()

    async def tick(self, entry: Scheduled) -> None:
        """Run what ticks often. A run that did nothing is written down every few minutes at most."""
        if entry.code not in self._in_hand:
            with self._holding(entry):
                run = await self._run(entry)
                if is_worth_noting(self._noted.get(entry.code), run):
                    await self._note(entry, run)

    async def look(self) -> None:
        """Run what somebody asked for, and what has not run since its time; only read where that is none."""
        known = await self._store.read(jobs.standing)
        if unknown := [entry.code for entry in self._entries if entry.code not in known]:
            await self._store.write(job.learn, unknown)
            known = await self._store.read(jobs.standing)
        at = self._store.clock.now()
        for entry in self._entries:
            if entry.code not in self._in_hand and _is_wanted(entry, known[entry.code], at):
                await self._take(entry, known[entry.code])

    async def _take(self, entry: Scheduled, found: Job) -> None:
        """Run what is due, unless another process took it first."""
        with self._holding(entry):
            if await self._store.write(job.take, entry.code, found.ran_at):
                await self._note(entry, await self._run(entry))

    async def _run(self, entry: Scheduled) -> Run:
        began_at, began = self._store.clock.now(), time.monotonic()
        did = error = ""
        try:
            did = await entry.work(self._store, *([self._public_url] if entry.links else [])) or ""
        except Exception as trouble:
            log.exception("%s failed.", entry.name, extra={"action": "job.failed"})
            error = type(trouble).__name__
        return Run(began_at, round((time.monotonic() - began) * 1000), did, error)

    async def _note(self, entry: Scheduled, run: Run) -> None:
        await self._store.write(job.finish, entry.code, run)
        self._noted[entry.code] = run

    @contextmanager
    def _holding(self, entry: Scheduled) -> Iterator[None]:
        self._in_hand.add(entry.code)
        try:
            yield
        finally:
            self._in_hand.discard(entry.code)


def scheduler(store: Store, public_url: str, entries: Sequence[Scheduled] = TIMETABLE) -> AsyncIOScheduler:
    """Return a scheduler with everything of the timetable; not started."""
    made, clockwork = AsyncIOScheduler(timezone=LONDON), Clockwork(store, public_url, entries)
    for entry in entries:
        if not entry.made_up:
            made.add_job(
                clockwork.tick,
                entry.trigger,
                args=[entry],
                id=entry.code,
                coalesce=True,
                misfire_grace_time=LATE_SECONDS,
            )
    # While one job is long at work, the next look finds the others.
    made.add_job(
        clockwork.look,
        IntervalTrigger(seconds=LOOK_SECONDS),
        id=LOOK,
        coalesce=True,
        max_instances=len(entries),
        misfire_grace_time=LATE_SECONDS,
    )
    return made


def _is_wanted(entry: Scheduled, found: Job, at: datetime) -> bool:
    if found.is_busy(at):
        return False
    return found.asked_at is not None or (entry.made_up and found.is_due(entry.next_after, at))
