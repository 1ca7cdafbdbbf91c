from __future__ import annotations

from datetime import datetime

import pytest
from apscheduler.triggers.cron import CronTrigger

from notifications.timetable import TIMETABLE, scheduler
from store.domain.clock import LONDON
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


async def test_everything_in_the_table_is_scheduled(town: Town) -> None:
    assert {job.id for job in scheduler(town.store).get_jobs()} == set(WHEN)
