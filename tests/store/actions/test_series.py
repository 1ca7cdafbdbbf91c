"""Series: made ahead of time, extended, published whole, ended; one or the rest of it changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from store.actions import meeting, series, series_rest
from store.domain.errors import Changed, Refusal
from store.domain.event import Action
from store.domain.meeting import Meeting, MeetingState, Venue
from store.domain.recurrence import instant_of, local_of, parse
from store.domain.series import Plan, Series
from store.domain.staff import By
from store.queries import meeting_desk, public_meetings
from store.queries import series as reading
from store.tables.meeting import SeriesRow
from tests.support.meetings import FACTS, TUESDAY, WEEKLY, a_meeting, a_series, facts, plan
from tests.support.triage_factory import Town

WEEK = timedelta(weeks=1)
LIBRARY = Venue("The Library")


@pytest.fixture
async def cleo(town: Town) -> By:
    return await town.staff("Cleo")


async def its_series(town: Town, by: By, one: Meeting) -> Series:
    found = (await town.read(meeting_desk.page, by.staff, one.reference)).series
    assert found is not None
    return found


async def rest(town: Town, by: By, one: Meeting, changed: Plan) -> list[Meeting]:
    """Change a meeting and the rest; return all meetings of the series it is in from then on."""
    first = await town.write(series_rest.change_rest, by, one.reference, changed)
    return list(await town.read(reading.all_of, first.series_id or ""))


def local(found: list[Meeting]) -> list[str]:
    return [f"{local_of(one.starts_at):%Y-%m-%d %H:%M}" for one in found]


async def test_a_series_has_meetings_for_18_months_at_half_past_six_whatever_the_clocks_do(
    town: Town, cleo: By
) -> None:
    found = await a_series(town, cleo, "FREQ=MONTHLY;BYDAY=3TU")
    assert len(found) == 18
    assert local(found)[:2] == ["2026-12-15 18:30", "2027-01-19 18:30"]
    assert {local_of(one.starts_at).hour for one in found} == {18}
    assert {one.starts_at.hour for one in found} == {17, 18}
    assert {one.state for one in found} == {MeetingState.DRAFT}
    assert [one.slot for one in found][:1] == ["2026-12-15T18:30"]
    assert await town.read(public_meetings.coming) == []


async def test_a_weekly_series_is_at_most_60_meetings_ahead_and_goes_on(town: Town, cleo: By) -> None:
    found = await a_series(town, cleo)
    assert len(found) == 60
    [series_id] = await town.read(reading.going_on)
    assert await town.write(series.extend, series_id) == 0
    town.pass_time(days=21)
    assert [await town.write(series.extend, series_id) for _ in range(2)] == [2, 0]
    later = list(await town.read(reading.all_of, series_id))
    assert [b.starts_at > a.starts_at for a, b in pairwise(later)] == [True] * 61


async def test_the_next_29th_of_february_is_there_however_far_away(town: Town, cleo: By) -> None:
    found = await a_series(town, cleo, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")
    assert local(found) == ["2028-02-29 18:30"]
    town.pass_time(days=600)
    assert await town.write(series.extend, found[0].series_id or "") == 1
    again = await town.read(reading.all_of, found[0].series_id or "")
    assert local(list(again)) == ["2028-02-29 18:30", "2032-02-29 18:30"]


async def test_a_series_that_ends_makes_no_more(town: Town, cleo: By) -> None:
    found = await a_series(town, cleo, "FREQ=WEEKLY;COUNT=3")
    assert local(found) == ["2026-12-01 18:30", "2026-12-08 18:30", "2026-12-15 18:30"]
    town.pass_time(days=100)
    assert await town.write(series.extend, found[0].series_id or "") == 0
    with pytest.raises(Refusal, match=r"meeting\.no_dates"):
        await town.write(series.make_series, cleo, plan("FREQ=WEEKLY;UNTIL=20260101"))
    with pytest.raises(Refusal, match=r"meeting\.no_dates"):
        await town.write(series.make_series, cleo, plan("FREQ=WEEKLY;COUNT=2"))


async def test_one_meeting_is_changed_alone_and_keeps_its_slot(town: Town, cleo: By) -> None:
    found = await a_series(town, cleo)
    moved = await town.write(
        meeting.change, cleo, found[1].reference, found[1].starts_at + timedelta(days=1), FACTS
    )
    assert (moved.slot, moved.series_id) == (found[1].slot, found[1].series_id)
    page = await town.read(meeting_desk.page, cleo.staff, moved.reference)
    assert (page.exception, len(page.rest)) == (True, 59)
    assert not (await town.read(meeting_desk.page, cleo.staff, found[2].reference)).exception
    dropped = await town.write(meeting.cancel, cleo, found[2].reference, "Christmas")
    assert await town.write(series.extend, dropped.series_id or "") == 0


async def test_a_series_is_published_whole_and_later_ones_as_they_are_made(town: Town, cleo: By) -> None:
    found = await a_series(town, cleo)
    await town.twice(series.publish_all, cleo, found[3].reference)
    assert len(await town.read(public_meetings.coming, (), 0, 100)) == 60
    assert await town.how_often(Action.MEETING_PUBLISHED) == 60
    town.pass_time(days=14)
    assert await town.write(series.extend, found[0].series_id or "") == 1
    assert await town.how_often(Action.MEETING_PUBLISHED) == 61
    single = await a_meeting(town, cleo, datetime(2027, 1, 1, 12))
    with pytest.raises(Refusal, match=r"meeting\.no_series"):
        await town.write(series.publish_all, cleo, single.reference)


async def test_a_series_is_ended_before_one_of_its_meetings(town: Town, cleo: By) -> None:
    found = await a_series(town, cleo, "FREQ=WEEKLY;COUNT=6")
    await town.write(meeting.publish, cleo, found[4].reference)
    with pytest.raises(Refusal, match=r"meeting\.needs_reason"):
        await town.write(series.end, cleo, found[3].reference, "")
    ended = await town.twice(series.end, cleo, found[3].reference, "Nobody came")
    assert ended.rule.words == "every week on Tuesday, until 22 December 2026"
    states = [one.state for one in await town.read(reading.all_of, ended.id)]
    draft, _, cancelled = MeetingState
    assert states == [draft] * 3 + [cancelled] * 3
    told = [body["tells"] for action, body in town.events if action == Action.MEETING_CANCELLED]
    assert told == [False, True, False]
    assert await town.read(reading.going_on) == []
    assert await town.write(series.extend, ended.id) == 0


async def test_this_and_the_rest_change_and_those_before_stay(town: Town, cleo: By) -> None:
    found = await a_series(town, cleo, "FREQ=WEEKLY;COUNT=6")
    published = await town.write(meeting.publish, cleo, found[4].reference)
    own = facts(chair="Dora")
    await town.write(meeting.change, cleo, found[5].reference, found[5].starts_at, own)
    changed = Plan(parse("FREQ=WEEKLY;COUNT=4", TUESDAY), datetime(2026, 12, 15, 19), facts(venue=LIBRARY))
    after = await rest(town, cleo, found[2], changed)
    assert local(after) == [f"{TUESDAY + week * WEEK:%Y-%m-%d} 19:00" for week in (2, 3, 4, 5)]
    assert [one.reference for one in after] == [one.reference for one in found[2:]]
    assert [one.facts.venue for one in after] == [LIBRARY] * 4
    assert (after[3].facts.chair, after[2].sequence) == ("Dora", published.sequence + 1)
    before = list(await town.read(reading.all_of, found[0].series_id or ""))
    assert before == found[:2]
    old = await its_series(town, cleo, found[0])
    assert old.rule.words == "every week on Tuesday, until 15 December 2026"
    assert len(await town.read(reading.going_on)) == 1


async def test_other_days_cancel_what_people_were_told_of_and_drop_drafts(town: Town, cleo: By) -> None:
    found = await a_series(town, cleo, "FREQ=WEEKLY;COUNT=4")
    await town.write(meeting.publish, cleo, found[2].reference)
    wednesdays = plan("FREQ=WEEKLY;BYDAY=WE;COUNT=3", datetime(2026, 12, 8, 18, 30))
    after = await rest(town, cleo, found[1], wednesdays)
    assert local(after) == ["2026-12-09 18:30", "2026-12-16 18:30", "2026-12-23 18:30"]
    gone = list(await town.read(reading.all_of, found[0].series_id or ""))
    assert [one.state for one in gone[1:]] == [MeetingState.CANCELLED] * 3
    assert "dates of the series have changed" in (gone[2].cancel_reason or "")
    told = [body["tells"] for action, body in town.events if action == Action.MEETING_CANCELLED]
    assert told == [False, True, False]


async def test_from_the_first_date_on_it_stays_the_same_series(town: Town, cleo: By) -> None:
    found = await a_series(town, cleo)
    await town.write(series.publish_all, cleo, found[0].reference)
    later = plan(WEEKLY, datetime(2026, 12, 1, 19))
    after = await rest(town, cleo, found[0], later)
    assert {one.series_id for one in after} == {found[0].series_id}
    assert [one.reference for one in after] == [one.reference for one in found]
    assert local(after)[:2] == ["2026-12-01 19:00", "2026-12-08 19:00"]
    assert {one.state for one in after} == {MeetingState.PUBLISHED}
    assert (await its_series(town, cleo, after[0])).plan == later
    town.pass_time(days=14)
    assert await town.write(series.extend, found[0].series_id or "") == 1


async def test_one_that_was_moved_or_cancelled_alone_stays_so(town: Town, cleo: By) -> None:
    found = await a_series(town, cleo, "FREQ=WEEKLY;COUNT=5")
    aside = found[3].starts_at + timedelta(days=2)
    await town.write(meeting.change, cleo, found[3].reference, aside, FACTS)
    await town.write(meeting.publish, cleo, found[4].reference)
    await town.write(meeting.cancel, cleo, found[4].reference, "Holidays")
    after = await rest(
        town, cleo, found[1], plan("FREQ=WEEKLY;COUNT=4", datetime(2026, 12, 8, 20), title="New")
    )
    assert [one.reference for one in after] == [one.reference for one in found[1:]]
    assert (after[2].starts_at, after[2].slot, after[2].facts.title) == (aside, "2026-12-22T20:00", "New")
    assert (after[3].state, after[3].facts.title) == (MeetingState.CANCELLED, FACTS.title)


async def test_a_series_that_was_followed_by_another_stays_within_its_end(town: Town, cleo: By) -> None:
    found = await a_series(town, cleo)
    await rest(town, cleo, found[4], plan(WEEKLY, found_local(found[4]), title="New"))
    after = await rest(town, cleo, found[2], plan(WEEKLY, found_local(found[2]), title="Between"))
    assert [one.facts.title for one in after] == ["Between"] * 2
    assert after[0].series_id != found[0].series_id
    assert len(await town.read(reading.all_of, found[0].series_id or "")) == 2


async def test_the_rest_as_it_is_already_changes_nothing(town: Town, cleo: By) -> None:
    found = await a_series(town, cleo)
    same = await rest(town, cleo, found[2], plan(WEEKLY, found_local(found[2])))
    assert same == found
    assert await town.how_often(Action.SERIES_CHANGED) == 0


def found_local(one: Meeting) -> datetime:
    return local_of(one.starts_at)


async def test_the_rest_is_refused_where_it_makes_no_sense(town: Town, cleo: By) -> None:
    found = await a_series(town, cleo)
    other = plan(start=found_local(found[2]), title="New")
    with pytest.raises(Refusal, match=r"meeting\.rest_starts_before"):
        await town.write(series_rest.change_rest, cleo, found[2].reference, replace(other, start=TUESDAY))
    ended = replace(other, rule=parse("FREQ=WEEKLY;UNTIL=20261201", TUESDAY))
    with pytest.raises(Refusal, match=r"meeting\.no_dates"):
        await town.write(series_rest.change_rest, cleo, found[2].reference, ended)
    await town.write(meeting.cancel, cleo, found[2].reference, "Fire")
    with pytest.raises(Refusal, match=r"meeting\.cancelled"):
        await town.write(series_rest.change_rest, cleo, found[2].reference, other)
    town.pass_time(days=9)
    for deed, given in ((series_rest.change_rest, (other,)), (series.end, ("Late",))):
        with pytest.raises(Refusal, match=r"meeting\.over"):
            await town.write(deed, cleo, found[0].reference, *given)


async def test_the_second_writer_of_a_series_is_told(town: Town, cleo: By) -> None:
    dan = await town.staff("Dan")
    found = await a_series(town, cleo)
    seen = await its_series(town, cleo, found[1])
    await town.write(series.end, dan, found[9].reference, "Spring")
    deeds: list[tuple[Any, tuple[Any, ...]]] = [
        (series_rest.change_rest, (plan(start=found_local(found[1]), title="New"),)),
        (series.end, ("No more",)),
        (series.publish_all, ()),
    ]
    for deed, given in deeds:
        with pytest.raises(Changed) as refused:
            await town.write(deed, cleo, found[1].reference, *given, version=seen.version)
        assert refused.value.values["who"] == "Dan"


async def test_what_is_past_is_never_made_nor_changed(town: Town, cleo: By) -> None:
    found = await a_series(town, cleo)
    early = instant_of(datetime(2026, 11, 25, 12))
    await town.write(meeting.change, cleo, found[2].reference, early, FACTS)
    await town.write(meeting.publish, cleo, found[2].reference)
    town.pass_time(days=3)
    after = await rest(town, cleo, found[1], plan(start=found_local(found[1]), title="New"))
    held = next(one for one in after if one.reference == found[2].reference)
    assert (held.starts_at, held.facts.title) == (early, FACTS.title)
    assert await town.read(lambda session: session.query(SeriesRow).count()) == 2
