"""The plan's year: each supervisor hears once of each task, in office hours, until somebody did it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from notifications.timetable import TIMETABLE
from store.actions import cycle, reference
from store.domain.clock import LONDON
from store.domain.errors import NotAllowed, NotFound
from store.domain.event import Action
from store.domain.staff import By, Role
from store.profile.load import load
from store.queries import cycle as plan
from tests.support.deliveries import Letter, letters, link_chat
from tests.support.triage_factory import PROFILE, Town

SUE, GUS, ANN, CLEO = 901, 902, 903, 904
[TICK] = [entry.work for entry in TIMETABLE if entry.name == "tell supervisors what the plan asks for"]
YEAR = tuple(one for one in load("thanet").cycle if not one.code.startswith("meetings"))


@pytest.fixture
async def sue(town: Town) -> By:
    await town.write(reference.seed, replace(PROFILE, cycle=YEAR))
    for name, role, chat in (("Ann", Role.ADMINISTRATOR, ANN), ("Cleo", Role.OFFICER, CLEO)):
        await town.write(link_chat, (await town.staff(name, role)).staff.id, chat)
    by = await town.staff("Sue", Role.SUPERVISOR)
    await town.write(link_chat, by.staff.id, SUE)
    return by


async def told(town: Town) -> list[Letter]:
    return await letters(town.store, "staff.cycle")


def move(town: Town, at: datetime) -> None:
    town.clock.advance(at.astimezone(UTC) - town.clock.now())


async def test_supervisors_hear_four_weeks_ahead_what_comes(town: Town, sue: By) -> None:
    await TICK(town.store)
    assert [one.text.partition("\n")[0] for one in await told(town)] == [
        "The plan's year: Perception survey, 1 January 2027 to 31 January 2027",
        "The plan's year: Action plan, 1 April 2026 to 31 March 2027",
    ]
    move(town, datetime(2026, 12, 4, 9, 5, tzinfo=LONDON))
    assert await TICK(town.store) == "1 reminder queued"
    [*_, review] = await told(town)
    assert review.chat_id == SUE
    assert review.text == (
        "The plan's year: Data review, 1 January 2027 to 31 January 2027\n"
        "Look at the year's figures and find out what will be hard in the next one.\n"
        "Mark it done on your desk once it is: https://safety.example/console"
    )
    assert await TICK(town.store) == ""


async def test_through_two_years_each_hears_of_each_once_a_year_and_never_out_of_hours(
    town: Town, sue: By
) -> None:
    await town.write(link_chat, (await town.staff("Gus", Role.SUPERVISOR)).staff.id, GUS)
    entry = next(one for one in TIMETABLE if one.work is TICK)
    end = town.clock.now() + timedelta(days=730)
    while town.clock.now() < end:
        before = len(await told(town))
        await TICK(town.store)
        await TICK(town.store)  # another process, or after a restart
        local = town.clock.now().astimezone(LONDON)
        if len(await told(town)) > before:
            assert local.weekday() < 5
            assert 9 <= local.hour < 17
        town.clock.advance(timedelta(days=1, hours=1))
    counts = Counter((one.chat_id, one.text.partition("\n")[0]) for one in await told(town))
    assert set(counts.values()) == {1}
    assert {chat for chat, _ in counts} == {SUE, GUS}
    surveys, reviews, refreshes, plans = 3, 2, 2, 3
    assert len(counts) == 2 * (surveys + reviews + refreshes + plans)
    assert entry.next_after(datetime(2026, 12, 4, 17, tzinfo=UTC)) == datetime(2026, 12, 7, 9, 5, tzinfo=UTC)


async def test_a_weekend_and_a_holiday_are_waited_for(town: Town, sue: By) -> None:
    await TICK(town.store)
    before = len(await told(town))
    move(town, datetime(2026, 12, 5, 12, 0, tzinfo=LONDON))
    await TICK(town.store)
    move(town, datetime(2026, 12, 6, 12, 0, tzinfo=LONDON))
    await TICK(town.store)
    move(town, datetime(2026, 12, 7, 8, 59, tzinfo=LONDON))
    await TICK(town.store)
    assert len(await told(town)) == before
    move(town, datetime(2026, 12, 7, 9, 0, tzinfo=LONDON))
    await TICK(town.store)
    assert len(await told(town)) == before + 1


async def test_whoever_gets_a_chat_later_hears_too_unless_it_is_done(town: Town, sue: By) -> None:
    await TICK(town.store)
    gus = await town.staff("Gus", Role.SUPERVISOR)
    await town.twice(cycle.finish, sue, "perception_survey:2027")
    await town.write(link_chat, gus.staff.id, GUS)
    await TICK(town.store)
    [heard] = [one.text for one in await told(town) if one.chat_id == GUS]
    assert heard.startswith("The plan's year: Action plan")


async def test_who_did_it_first_is_kept_and_a_mistake_is_taken_back(town: Town, sue: By) -> None:
    await TICK(town.store)
    gus, at = await town.staff("Gus", Role.SUPERVISOR), town.clock.now()
    await town.write(cycle.finish, sue, "action_plan:2026")
    town.pass_time(minutes=1)
    await town.write(cycle.finish, gus, "action_plan:2026")
    known = (await town.read(plan.newest))["action_plan"]
    assert (known.done_by, known.done_at) == ("Sue", at)
    assert await town.how_often(Action.CYCLE_DONE) == 1
    await town.twice(cycle.reopen, gus, "action_plan:2026")
    assert (await town.read(plan.newest))["action_plan"].done_at is None
    assert await town.how_often(Action.CYCLE_REOPENED) == 1
    before = len(await told(town))
    await TICK(town.store)
    assert len(await told(town)) == before


@pytest.mark.parametrize("key", ["", "data_review", "data_review:2027", "action_plan:2025", "x:2026"])
async def test_what_has_not_come_round_is_not_done(town: Town, sue: By, key: str) -> None:
    await TICK(town.store)
    for deed in (cycle.finish, cycle.reopen):
        with pytest.raises(NotFound):
            await town.write(deed, sue, key)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
async def test_only_supervisors_mark_it(town: Town, sue: By, role: Role) -> None:
    await TICK(town.store)
    by = await town.staff("Dan", role)
    for deed in (cycle.finish, cycle.reopen):
        with pytest.raises(NotAllowed):
            await town.write(deed, by, "action_plan:2026")


async def test_a_profile_without_a_plan_asks_for_nothing(town: Town) -> None:
    await town.write(reference.seed, replace(PROFILE, cycle=()))
    assert await TICK(town.store) == ""
