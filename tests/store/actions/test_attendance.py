from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest

from store.actions import attendance, meeting
from store.domain.attendance import Attendance, AttendanceState, Crowd
from store.domain.errors import NotAllowed, NotFound, Refusal
from store.domain.event import Action
from store.domain.staff import By, Role
from store.queries import attendances
from tests.support.meetings import TUESDAY, a_meeting, published
from tests.support.triage_factory import Town

SOON = datetime(2026, 11, 23, 10)
COMING, WAITING = AttendanceState.COMING, AttendanceState.WAITING


@pytest.fixture
async def sam(town: Town) -> By:
    return await town.staff("Sam")


async def test_who_says_so_comes_and_may_say_it_again_with_more_people(town: Town, sam: By) -> None:
    at, ada = await published(town, sam, capacity=5), await town.resident()
    assert await town.write(attendance.come, ada, at.reference, 2, "A ramp") == Attendance(
        COMING, 2, "A ramp"
    )
    assert await town.write(attendance.come, ada, at.reference, 5) == Attendance(COMING, 5, "A ramp")
    with pytest.raises(Refusal, match=r"meeting\.no_room"):
        await town.write(attendance.come, ada, at.reference, 6)
    assert await town.read(attendance.of, ada, at.id) == Attendance(COMING, 5, "A ramp")


async def test_who_finds_no_room_waits_and_moves_up_when_somebody_stays_away(town: Town, sam: By) -> None:
    at = await published(town, sam, capacity=3)
    ada, ben, eve = await town.resident(), await town.resident(), await town.resident()
    await town.write(attendance.come, ada, at.reference, 3)
    for person, ahead in ((ben, 0), (eve, 2)):
        town.pass_time(minutes=1)
        found = await town.write(attendance.come, person, at.reference, 2)
        assert (found.state, found.ahead) == (WAITING, ahead)
    await town.write(attendance.stay_away, ada, at.reference)
    await town.write(attendance.stay_away, ada, at.reference)
    assert await town.read(attendance.of, ada, at.id) is None
    assert (await town.read(attendance.of, ben, at.id)) == Attendance(COMING, 2)
    assert (await town.read(attendance.of, eve, at.id)) == Attendance(WAITING, 2, ahead=0)
    assert await town.how_often(Action.ATTENDANCE_MOVED_UP) == 1


async def test_who_comes_back_goes_to_the_end_of_the_list(town: Town, sam: By) -> None:
    at = await published(town, sam, capacity=1)
    ada, ben, eve = await town.resident(), await town.resident(), await town.resident()
    for person in (ada, ben, eve):
        town.pass_time(minutes=1)
        await town.write(attendance.come, person, at.reference)
    await town.write(attendance.stay_away, ben, at.reference)
    town.pass_time(minutes=1)
    again = await town.write(attendance.come, ben, at.reference)
    assert (again.state, again.ahead) == (WAITING, 1)


async def test_two_do_not_take_the_last_seat(town: Town, sam: By) -> None:
    at, people = await published(town, sam, capacity=1), [await town.resident() for _ in range(4)]
    said = await asyncio.gather(*(town.write(attendance.come, one, at.reference) for one in people))
    assert sorted(one.state for one in said) == [COMING, WAITING, WAITING, WAITING]


async def test_nobody_comes_to_what_is_over_called_off_or_not_published(town: Town, sam: By) -> None:
    ada = await town.resident()
    draft = await a_meeting(town, sam, TUESDAY)
    off, soon = await published(town, sam), await published(town, sam, SOON)
    await town.write(meeting.cancel, sam, off.reference, "The hall is flooded")
    town.pass_time(hours=4)
    with pytest.raises(NotFound):
        await town.write(attendance.come, ada, draft.reference)
    with pytest.raises(Refusal, match=r"meeting\.called_off"):
        await town.write(attendance.come, ada, off.reference)
    with pytest.raises(Refusal, match=r"meeting\.over"):
        await town.write(attendance.stay_away, ada, soon.reference)


async def test_staff_see_numbers_and_needs_and_never_who(town: Town, sam: By) -> None:
    at = await published(town, sam, capacity=3)
    people = [await town.resident() for _ in range(3)]
    for person, count, needs in zip(people, (2, 1, 2), ("A ramp", None, "Sign language"), strict=True):
        await town.write(attendance.come, person, at.reference, count, needs)
        town.pass_time(minutes=1)
    assert await town.read(attendances.crowd, sam.staff, at.id) == Crowd(3, 2, ("A ramp",))
    with pytest.raises(NotAllowed):
        await town.read(attendances.crowd, replace(sam.staff, role=Role.ANALYST), at.id)
