from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from apscheduler.triggers.cron import CronTrigger

from notifications.timetable import TIMETABLE, scheduler
from store.actions import meeting_due
from store.domain.clock import LONDON
from store.queries import public_meetings, series
from tests.support.meetings import TUESDAY, a_meeting, a_series
from tests.support.triage_factory import Town

WHEN = {entry.name: CronTrigger.from_crontab(entry.when, timezone=LONDON) for entry in TIMETABLE}


@pytest.mark.parametrize(
    ("after", "ticks"),
    [
        (datetime(2026, 11, 23, 8, 12), datetime(2026, 11, 23, 8, 15)),
        (datetime(2026, 6, 1, 8, 12), datetime(2026, 6, 1, 8, 15)),
        (datetime(2026, 11, 27, 12, 0), datetime(2026, 11, 30, 8, 0)),
    ],
)
def test_the_digest_is_looked_for_on_the_mornings_of_weekdays(after: datetime, ticks: datetime) -> None:
    found = WHEN["make the morning digest"].get_next_fire_time(None, after.replace(tzinfo=LONDON))
    assert found == ticks.replace(tzinfo=LONDON)


def test_missed_targets_are_looked_for_after_the_end_of_the_working_day() -> None:
    five = datetime(2026, 11, 23, 17, 0, 1, tzinfo=LONDON)
    found = WHEN["escalate what was missed"].get_next_fire_time(None, five)
    assert found == datetime(2026, 11, 23, 17, 10, tzinfo=LONDON)


async def test_meetings_are_published_and_series_go_on_by_the_table(town: Town) -> None:
    cleo = await town.staff("Cleo")
    its = await a_series(town, cleo)
    single = await a_meeting(town, cleo, TUESDAY.replace(day=9))
    at = town.clock.now() + timedelta(minutes=1)
    await town.write(meeting_due.publish_later, cleo, single.reference, at)
    town.pass_time(days=9)
    for entry in TIMETABLE:
        if entry.name in {"publish meetings that are due", "make the next meetings of each series"}:
            await entry.work(town.store)
    known = await town.read(public_meetings.coming)
    assert [one.reference for one in known] == [single.reference]
    assert len(await town.read(series.all_of, its[0].series_id or "")) == 61


def test_what_is_due_to_be_published_is_looked_for_each_minute() -> None:
    noon = datetime(2026, 11, 23, 12, 0, 1, tzinfo=LONDON)
    found = WHEN["publish meetings that are due"].get_next_fire_time(None, noon)
    assert found == datetime(2026, 11, 23, 12, 1, tzinfo=LONDON)


async def test_everything_in_the_table_is_scheduled(town: Town) -> None:
    assert {job.id for job in scheduler(town.store, "https://safety.example").get_jobs()} == set(WHEN)
