from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from notifications.clockwork import LOOK, scheduler
from notifications.scheduled import Scheduled
from notifications.timetable import ALWAYS, TIMETABLE
from store.actions import meeting_due
from store.domain.clock import LONDON
from store.queries import public_meetings, series
from tests.support.meetings import TUESDAY, a_meeting, a_series
from tests.support.triage_factory import Town

PUBLISH, EXTEND = "publish meetings that are due", "make the next meetings of each series"
DOCS = Path(__file__).parents[2] / "docs" / "timetable.md"
WHEN = {entry.name: entry for entry in TIMETABLE}


@pytest.mark.parametrize(
    ("after", "ticks"),
    [
        (datetime(2026, 11, 23, 8, 12), datetime(2026, 11, 23, 8, 15)),
        (datetime(2026, 6, 1, 8, 12), datetime(2026, 6, 1, 8, 15)),
        (datetime(2026, 11, 27, 12, 0), datetime(2026, 11, 30, 8, 0)),
    ],
)
def test_the_digest_is_looked_for_on_the_mornings_of_weekdays(after: datetime, ticks: datetime) -> None:
    found = WHEN["make the morning digest"].next_after(after.replace(tzinfo=LONDON))
    assert found == ticks.replace(tzinfo=LONDON)


def test_missed_targets_are_looked_for_after_the_end_of_the_working_day() -> None:
    five = datetime(2026, 11, 23, 17, 0, 1, tzinfo=LONDON)
    found = WHEN["escalate what was missed"].next_after(five)
    assert found == datetime(2026, 11, 23, 17, 10, tzinfo=LONDON)


async def test_meetings_are_published_and_series_go_on_by_the_table(town: Town) -> None:
    cleo = await town.staff("Cleo")
    its = await a_series(town, cleo)
    single = await a_meeting(town, cleo, TUESDAY.replace(day=9))
    at = town.clock.now() + timedelta(minutes=1)
    await town.write(meeting_due.publish_later, cleo, single.reference, at)
    town.pass_time(days=9)
    done = {name: await WHEN[name].work(town.store) for name in (PUBLISH, EXTEND)}
    assert done == {PUBLISH: "1 meeting was due", EXTEND: "1 meeting made"}
    known = await town.read(public_meetings.coming)
    assert [one.reference for one in known] == [single.reference]
    assert len(await town.read(series.all_of, its[0].series_id or "")) == 61


def test_what_is_due_to_be_published_is_looked_for_each_minute() -> None:
    noon = datetime(2026, 11, 23, 12, 0, 1, tzinfo=LONDON)
    found = WHEN["publish meetings that are due"].next_after(noon)
    assert found == datetime(2026, 11, 23, 12, 1, tzinfo=LONDON)


def test_everything_in_the_table_is_scheduled_or_looked_for(town: Town) -> None:
    ticking = {entry.code for entry in TIMETABLE if not entry.made_up}
    made = {job.id for job in scheduler(town.store, "https://safety.example").get_jobs()}
    assert made == ticking | {LOOK}


def test_everything_in_the_table_stands_in_the_docs() -> None:
    told = DOCS.read_text(encoding="utf-8")
    assert [entry.name for entry in TIMETABLE if f"| {entry.name} |" not in told] == []
    assert [name for name, often in ALWAYS.items() if f"| {name} | {often} |" not in told] == []


async def test_where_there_is_nothing_to_do_nothing_is_said(town: Town) -> None:
    town.pass_time(hours=12)  # past the time of the digest
    for entry in TIMETABLE:
        said = await entry.work(town.store, *(["https://safety.example"] if entry.links else []))
        assert not said, entry.name


def test_no_two_things_have_one_row() -> None:
    assert len({entry.code for entry in TIMETABLE}) == len(TIMETABLE)
    assert max(len(entry.code) for entry in TIMETABLE) <= 100


def test_nothing_has_its_time_in_the_hour_that_is_missing_or_comes_twice() -> None:
    for entry in TIMETABLE:
        for day in (datetime(2027, 3, 28, tzinfo=LONDON), datetime(2026, 10, 25, tzinfo=LONDON)):
            first = entry.next_after(day + timedelta(minutes=59)).astimezone(LONDON)
            assert first.hour != 1, entry.name


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("40 3 * * *", "Every day at 3:40am"),
        ("0 12 * * mon-fri", "Every weekday at 12pm"),
        ("* 0,2-23 * * *", "Every minute"),
        ("*/10 8-19 * * *", "Every 10 minutes, 8am to 8pm"),
        ("*/5 8-11 * * mon-fri", "Every 5 minutes, 8am to 12pm on weekdays"),
        ("5 9-16 * * mon-fri", "Every hour, 9am to 5pm on weekdays"),
        ("0 3 1 * *", "0 3 1 * *"),
        ("0 3,9 * * *", "0 3,9 * * *"),
        ("0,30 * * * *", "0,30 * * * *"),
        ("0 3 * * sun", "0 3 * * sun"),
    ],
)
def test_when_it_ticks_is_said_in_words(when: str, said: str) -> None:
    async def nothing() -> None:
        return None

    assert Scheduled("do nothing", when, nothing).in_words == said
