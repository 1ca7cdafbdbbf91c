"""The plan's year and the timetable as people meet them: a supervisor's chat, an administrator's wish."""

from __future__ import annotations

from datetime import UTC, datetime

from notifications.timetable import TIMETABLE
from store.actions import cycle, job, staff
from store.domain.actor import SYSTEM, Channel
from store.domain.cycle import KnownRound
from store.domain.job import Job
from store.domain.staff import By, Role
from store.queries import cycle as plan
from store.queries import jobs
from tests.support.town import Town
from tests.support.waiting import eventually

YEAR = next(one for one in TIMETABLE if one.name == "tell supervisors what the plan asks for")
FORGET = next(one for one in TIMETABLE if one.name == "delete what is past its time")


async def a_member(town: Town, name: str, role: Role, chat_id: int) -> By:
    member = await town.house.write(staff.add, SYSTEM, name.lower(), name, role)
    code = await town.house.write(staff.start_link, member.id)
    return By(await town.house.write(staff.link, code, chat_id), Channel.WEB)


async def test_a_supervisor_hears_in_chat_what_january_asks_for_and_only_once(own_town: Town) -> None:
    town = own_town
    sue = await a_member(town, "Sue", Role.SUPERVISOR, town.dan.id)
    fourth = datetime(2026, 12, 4, 9, 4, tzinfo=UTC)
    town.house.clock.advance(fourth - town.house.clock.now())
    town.dan.mark()
    await YEAR.work(town.house.app.store)
    told = await town.dan.wait_for("Data review")
    assert "1 January 2027 to 31 January 2027" in told.text
    await town.house.restart()
    await YEAR.work(town.house.app.store)
    await town.settled()
    heard = [bubble.text for bubble in town.dan.news if "The plan's year: Data review" in bubble.text]
    assert len(heard) == 1
    await town.house.write(cycle.finish, sue, "data_review:2027")
    known: KnownRound = (await town.house.read(plan.newest))["data_review"]
    assert known.done_by == "Sue"


async def test_what_an_administrator_wants_runs_and_what_a_night_missed_is_made_up_for(
    own_town: Town,
) -> None:
    town = own_town
    ann = await a_member(town, "Ann", Role.ADMINISTRATOR, town.ben.id)

    async def standing() -> Job | None:
        return (await town.house.read(jobs.standing)).get(FORGET.code)

    async def ran() -> bool:
        found = await standing()
        return found is not None and found.last is not None and found.asked_at is None

    await town.house.write(job.ask, ann, FORGET.code)
    await eventually(ran)
    first = await standing()
    await town.house.stop()
    town.pass_time(days=3)
    await town.house.start()

    async def ran_again() -> bool:
        found = await standing()
        return found is not None and first is not None and found.ran_at != first.ran_at

    await eventually(ran_again)
