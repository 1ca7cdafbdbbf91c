"""Who came to a meeting: written down by staff, and counted at the door."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from store.actions import attendance, meeting, turnout
from store.domain.attendance import Attendance, AttendanceState, Crowd
from store.domain.errors import Changed, NotFound, Refusal
from store.domain.event import Action
from store.domain.meeting import Meeting
from store.domain.staff import By, Role
from store.domain.turnout import Held, Turnout
from store.queries import attendances, meeting_desk, turnouts
from tests.support.meetings import a_meeting, published
from tests.support.triage_factory import Town

SOON = datetime(2026, 11, 23, 10)
"""An hour after the town's morning (naive London time)."""
YEAR = (date(2026, 4, 1), date(2027, 4, 1))


@pytest.fixture
async def sam(town: Town) -> By:
    return await town.staff("Sam")


@pytest.fixture
async def made(town: Town, sam: By) -> Meeting:
    return await published(town, sam, SOON)


async def test_staff_write_down_who_came_and_correct_it(town: Town, sam: By, made: Meeting) -> None:
    town.pass_time(minutes=60)
    assert await town.read(turnouts.of, sam.staff, made.id) is None
    for told in (Turnout(18, 6), Turnout(18, 6), Turnout(19, 6, "Fire service")):
        assert await town.write(turnout.set_turnout, sam, made.reference, told) == told
    assert await town.read(turnouts.of, sam.staff, made.id) == Turnout(19, 6, "Fire service")
    page = await town.read(meeting_desk.page, sam.staff, made.reference)
    assert [line.detail for line in page.story][2:] == [
        "In person: none → 18; Online: none → 6",
        "In person: 18 → 19; Partners: none → Fire service",
    ]


async def test_a_second_writer_is_told_of_the_first(town: Town, sam: By, made: Meeting) -> None:
    town.pass_time(minutes=60)
    await town.write(turnout.set_turnout, sam, made.reference, Turnout(18, 0), made.version)
    with pytest.raises(Changed):
        await town.write(turnout.set_turnout, sam, made.reference, Turnout(17, 0), made.version)
    assert await town.read(turnouts.of, sam.staff, made.id) == Turnout(18, 0)


async def test_it_is_too_early_before_the_start_and_nothing_for_drafts_and_cancelled_ones(
    town: Town, sam: By, made: Meeting
) -> None:
    draft, off = await a_meeting(town, sam, SOON), await published(town, sam, SOON)
    await town.write(meeting.cancel, sam, off.reference, "The hall is flooded")
    with pytest.raises(Refusal, match="not_held"):
        await town.write(turnout.set_turnout, sam, made.reference, Turnout(1, 0))
    town.pass_time(minutes=60)
    for one in (draft, off):
        with pytest.raises(Refusal, match="not_held"):
            await town.write(turnout.set_turnout, sam, one.reference, Turnout(1, 0))
    assert await town.how_often(Action.MEETING_TURNOUT_SET) == 0


async def test_only_those_who_work_with_meetings_write_and_read_it(town: Town, made: Meeting) -> None:
    ann = await town.staff("Ann", Role.ANALYST)
    town.pass_time(minutes=60)
    for refused in (
        town.write(turnout.set_turnout, ann, made.reference, Turnout(1, 0)),
        town.read(turnouts.of, ann.staff, made.id),
        town.read(turnouts.held, ann.staff, YEAR),
    ):
        with pytest.raises(Refusal, match=r"staff\.not_allowed"):
            await refused


async def test_a_year_says_of_each_held_meeting_how_many_came_and_had_said_so(
    town: Town, sam: By, made: Meeting
) -> None:
    ada, ben = await town.resident(), await town.resident()
    await town.write(attendance.come, ada, made.reference, 3)
    await town.write(attendance.come, ben, made.reference, 2)
    await town.write(attendance.stay_away, ben, made.reference)
    later = await published(town, sam, SOON + timedelta(hours=3))
    await published(town, sam, SOON + timedelta(days=3))
    await a_meeting(town, sam, SOON)
    town.pass_time(minutes=360)
    await town.write(turnout.set_turnout, sam, made.reference, Turnout(18, 6))
    found = await town.read(turnouts.held, sam.staff, YEAR)
    assert [(one.meeting.id, one.said, one.turnout) for one in found] == [
        (later.id, 0, None),
        (made.id, 3, Turnout(18, 6)),
    ]
    assert isinstance(found[0], Held)
    assert await town.read(turnouts.held, sam.staff, (date(2027, 4, 1), date(2028, 4, 1))) == []


async def test_whoever_is_at_the_door_is_counted_once(town: Town, sam: By, made: Meeting) -> None:
    ada, ben, eve = await town.resident(), await town.resident(), await town.resident()
    await town.write(attendance.come, ada, made.reference, 3)
    await town.write(attendance.come, ben, made.reference, 4)
    await town.write(attendance.stay_away, ben, made.reference)
    town.pass_time(minutes=30)
    for person in (ada, ada, ben, eve):
        await town.write(attendance.arrive, person, made.reference)
    assert await town.read(attendances.crowd, sam.staff, made.id) == Crowd(3, 0, (), 3)
    assert await town.how_often(Action.ATTENDANCE_HERE) == 3
    assert await town.read(attendance.of, ada, made.id) == Attendance(AttendanceState.COMING, 3)
    assert await town.read(attendance.of, eve, made.id) is None
    page = await town.read(meeting_desk.page, sam.staff, made.reference)
    assert len(page.story) == 2


async def test_at_the_door_it_can_be_too_early_and_too_late(town: Town, made: Meeting) -> None:
    ada = await town.resident()
    with pytest.raises(Refusal, match="too_early"):
        await town.write(attendance.arrive, ada, made.reference)
    town.pass_time(minutes=150)
    with pytest.raises(Refusal, match="too_late"):
        await town.write(attendance.arrive, ada, made.reference)
    assert await town.how_often(Action.ATTENDANCE_HERE) == 0


async def test_nobody_is_at_the_door_of_a_cancelled_meeting_or_of_a_draft(town: Town, sam: By) -> None:
    ada, off = await town.resident(), await published(town, sam, SOON)
    await town.write(meeting.cancel, sam, off.reference, "The hall is flooded")
    town.pass_time(minutes=45)
    with pytest.raises(Refusal, match="called_off"):
        await town.write(attendance.arrive, ada, off.reference)
    with pytest.raises(NotFound):
        await town.write(attendance.arrive, ada, (await a_meeting(town, sam, SOON)).reference)
