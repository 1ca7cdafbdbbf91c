"""The timetable at work: nothing twice, nothing missed, and what came of it is written down."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from notifications.clockwork import LOOK, Clockwork, scheduler
from notifications.scheduled import Scheduled
from store.actions import job
from store.domain.clock import LONDON, FixedClock
from store.domain.errors import NotAllowed
from store.domain.event import Action
from store.domain.job import AGAIN_AFTER, BUSY_FOR, NOTED_EVERY, Job
from store.domain.staff import By, Role
from store.engine import Store, open_store
from store.queries import jobs
from tests.support.deliveries import letters, link_chat
from tests.support.triage_factory import Town, counted
from tests.support.waiting import eventually

NIGHTLY, OFTEN = "clean up at night", "look each minute"
ADMIN, SUPERVISOR = 901, 902
URL = "https://safety.example"


class Works:
    """Two things of a timetable that remember when they ran, and do as they are told."""

    def __init__(self, clock: FixedClock) -> None:
        self.ran: list[tuple[str, datetime]] = []
        self.does, self.fails = "", False
        self._clock = clock
        self.hold: asyncio.Event | None = None
        self.entries = (
            Scheduled(NIGHTLY, "40 3 * * *", self._nightly, made_up=True),
            Scheduled(OFTEN, "* 0,2-23 * * *", self._often, links=True),
        )

    async def _nightly(self, _store: Store) -> str:
        return await self._did(NIGHTLY)

    async def _often(self, _store: Store, public_url: str) -> str:
        assert public_url == URL
        return await self._did(OFTEN)

    async def _did(self, name: str) -> str:
        self.ran.append((name, self._clock.now()))
        if self.hold is not None:
            await self.hold.wait()
        if self.fails:
            raise OSError("the disk of somebody named Ada is full")
        return self.does

    def times(self, name: str) -> list[datetime]:
        return [at for which, at in self.ran if which == name]


@pytest.fixture
def works(town: Town) -> Works:
    return Works(town.clock)


@pytest.fixture
def clockwork(town: Town, works: Works) -> Clockwork:
    return Clockwork(town.store, URL, works.entries)


def code_of(name: str) -> str:
    return name.replace(" ", "-")


async def standing(town: Town, name: str) -> Job:
    return (await town.read(jobs.standing))[code_of(name)]


async def test_what_is_missed_while_nothing_runs_is_made_up_for_once(town: Town, works: Works) -> None:
    await Clockwork(town.store, URL, works.entries).look()
    assert works.ran == []  # it was not there before: nothing is missed
    town.pass_time(days=5)
    started_again = Clockwork(town.store, URL, works.entries)
    for _look in range(3):
        await started_again.look()
    assert works.times(NIGHTLY) == [town.clock.now()]
    assert works.times(OFTEN) == []  # its next tick finds what is due
    town.pass_time(days=1)
    await started_again.look()
    assert len(works.times(NIGHTLY)) == 2


async def test_a_job_that_two_processes_find_due_runs_in_one_of_them(
    town: Town, works: Works, clockwork: Clockwork
) -> None:
    await clockwork.look()
    town.pass_time(days=1)
    works.hold = asyncio.Event()
    twin = Clockwork(town.store, URL, works.entries)
    async with asyncio.TaskGroup() as tasks:
        looking = [tasks.create_task(one.look()) for one in (clockwork, twin)]
        await eventually(_async(lambda: len(works.ran) == 1))
        for one in (clockwork, twin):
            await one.look()
        works.hold.set()
        await asyncio.gather(*looking)
        await twin.look()
    assert len(works.times(NIGHTLY)) == 1


async def test_a_job_whose_process_died_in_it_is_run_again_after_a_while(
    town: Town, works: Works, clockwork: Clockwork
) -> None:
    await clockwork.look()
    town.pass_time(days=1)
    assert await town.write(job.take, code_of(NIGHTLY), None)
    await clockwork.look()
    assert works.ran == []
    town.clock.advance(BUSY_FOR)
    await clockwork.look()
    assert len(works.times(NIGHTLY)) == 1


async def test_a_look_that_finds_nothing_only_reads(town: Town, works: Works, clockwork: Clockwork) -> None:
    await clockwork.look()
    with counted() as sent:
        await clockwork.look()
    assert len(sent) == 1
    assert sent[0].startswith("SELECT")


async def test_a_tick_that_did_nothing_is_written_down_every_few_minutes(
    town: Town, works: Works, clockwork: Clockwork
) -> None:
    began = town.clock.now()
    noted = []
    for minute in range(12):
        works.does = "3 reminders queued" if minute == 7 else ""
        await clockwork.tick(works.entries[1])
        noted.append((await standing(town, OFTEN)).ran_at)
        town.pass_time(minutes=1)
    assert len(works.times(OFTEN)) == 12
    minutes = [at - began for at in dict.fromkeys(noted) if at is not None]
    assert minutes == [timedelta(minutes=0), NOTED_EVERY, timedelta(minutes=7)]
    shown = await standing(town, OFTEN)
    assert (shown.did, shown.did_at) == ("3 reminders queued", began + timedelta(minutes=7))
    assert shown.last is not None


async def test_administrators_hear_once_that_a_job_fails_and_once_that_it_works_again(
    town: Town, works: Works, clockwork: Clockwork
) -> None:
    for name, role, chat in (("Ann", Role.ADMINISTRATOR, ADMIN), ("Sue", Role.SUPERVISOR, SUPERVISOR)):
        await town.write(link_chat, (await town.staff(name, role)).staff.id, chat)
    works.fails = True
    for _minute in range(20):
        await clockwork.tick(works.entries[1])
        town.pass_time(minutes=1)
    [told] = await letters(town.store, "staff.job")
    assert told.chat_id == ADMIN
    assert told.text == (
        f"Something that runs by itself failed (OSError): {OFTEN}. It is tried again.\n"
        f"{URL}/console/timetable"
    )
    assert "Ada" not in told.text
    failed = await standing(town, OFTEN)
    assert failed.failing_since == works.times(OFTEN)[0]
    works.fails = False
    for _minute in range(3):
        await clockwork.tick(works.entries[1])
        town.pass_time(minutes=1)
    assert [one.text.partition("\n")[0] for one in await letters(town.store, "staff.job")][1:] == [
        f"It works again: {OFTEN}."
    ]
    works.fails = True
    await clockwork.tick(works.entries[1])
    assert len(await letters(town.store, "staff.job")) == 3


async def test_what_fails_at_night_is_tried_again_and_told_in_the_morning(
    town: Town, works: Works, clockwork: Clockwork
) -> None:
    await town.write(link_chat, (await town.staff("Ann", Role.ADMINISTRATOR)).staff.id, ADMIN)
    await clockwork.look()
    works.fails = True
    town.clock.advance(datetime(2026, 11, 24, 3, 40, 1, tzinfo=UTC) - town.clock.now())
    await clockwork.look()
    [told] = await letters(town.store, "staff.job")
    assert told.due_at == datetime(2026, 11, 24, 8, tzinfo=UTC)
    await clockwork.look()
    assert len(works.times(NIGHTLY)) == 1
    works.fails = False
    town.clock.advance(AGAIN_AFTER)
    await clockwork.look()
    await clockwork.look()
    assert len(works.times(NIGHTLY)) == 2


async def test_an_administrator_has_a_job_run_now_and_it_is_recorded(
    town: Town, works: Works, clockwork: Clockwork
) -> None:
    ann = await town.staff("Ann", Role.ADMINISTRATOR)
    await clockwork.look()
    works.does = "2 rows deleted"
    for name in (NIGHTLY, OFTEN):
        await town.twice(job.ask, ann, code_of(name))
    assert (await standing(town, NIGHTLY)).asked_by == "Ann"
    assert await town.how_often(Action.JOB_ASKED) == 2
    await clockwork.look()
    await clockwork.look()
    assert sorted(name for name, _ in works.ran) == sorted([NIGHTLY, OFTEN])
    after = await standing(town, NIGHTLY)
    assert (after.asked_at, after.asked_by, after.busy_until, after.did) == (
        None,
        None,
        None,
        "2 rows deleted",
    )


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
async def test_nobody_else_has_a_job_run(town: Town, role: Role) -> None:
    by: By = await town.staff("Cleo", role)
    with pytest.raises(NotAllowed):
        await town.write(job.ask, by, code_of(NIGHTLY))
    assert await town.read(jobs.standing) == {}


@pytest.mark.parametrize(
    "changes", [datetime(2027, 3, 28, tzinfo=LONDON), datetime(2026, 10, 25, tzinfo=LONDON)]
)
async def test_a_nightly_job_runs_once_on_each_day_also_when_the_clocks_change(
    migrated_database_url: str, changes: datetime
) -> None:
    clock = FixedClock((changes - timedelta(days=1)).astimezone(UTC))
    async with open_store(migrated_database_url, clock) as store:
        works = Works(clock)
        clockwork = Clockwork(store, URL, works.entries)
        for _quarter in range(4 * 24 * 3):
            await clockwork.look()
            clock.advance(timedelta(minutes=15))
    local = [at.astimezone(LONDON) for at in works.times(NIGHTLY)]
    assert [(at.day - (changes - timedelta(days=1)).day, at.hour, at.minute) for at in local] == [
        (0, 3, 45),
        (1, 3, 45),
        (2, 3, 45),
    ]


async def test_the_scheduler_itself_runs_soon_what_was_asked_for(migrated_database_url: str) -> None:
    async with open_store(migrated_database_url) as store:
        town = Town(store, FixedClock(store.clock.now()))
        works = Works(town.clock)
        await store.write(job.ask, await town.staff("Ann", Role.ADMINISTRATOR), code_of(NIGHTLY))
        running = scheduler(store, URL, works.entries)
        assert {one.id for one in running.get_jobs()} == {code_of(OFTEN), LOOK}
        running.start()
        try:
            await eventually(_async(lambda: bool(works.times(NIGHTLY))))
        finally:
            running.shutdown(wait=False)


def _async(told: Callable[[], bool]) -> Callable[[], Awaitable[bool]]:
    async def answer() -> bool:
        return told()

    return answer
