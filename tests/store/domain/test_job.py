from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from store.domain.job import AGAIN_AFTER, BUSY_FOR, NOTED_EVERY, Job, Run, is_worth_noting

NIGHT = datetime(2026, 11, 23, 3, 40, tzinfo=UTC)
DAY = timedelta(days=1)


def nightly(instant: datetime) -> datetime:
    """Return the next time of a job that runs each day at 03:40."""
    today = instant.replace(hour=3, minute=40, second=0, microsecond=0)
    return today if today > instant else today + DAY


def ran(at: datetime, **more: str) -> Run:
    return Run(at, 20, **more)


@pytest.mark.parametrize(
    ("job", "at", "due"),
    [
        (Job("x", NIGHT), NIGHT + timedelta(hours=1), False),
        (Job("x", NIGHT), NIGHT + DAY, True),
        (Job("x", NIGHT, ran(NIGHT + DAY)), NIGHT + DAY, False),
        (Job("x", NIGHT, ran(NIGHT + DAY)), NIGHT + 9 * DAY, True),
        (Job("x", NIGHT, ran(NIGHT, error="OSError"), failing_since=NIGHT), NIGHT + AGAIN_AFTER, True),
        (Job("x", NIGHT, ran(NIGHT)), NIGHT + AGAIN_AFTER, False),
    ],
)
def test_a_job_is_due_once_its_time_has_passed_since_it_was_known_or_ran_last(
    job: Job, at: datetime, due: bool
) -> None:
    assert job.is_due(nightly, at) is due


def test_whoever_takes_a_job_has_it_for_a_while() -> None:
    taken = Job("x", NIGHT, busy_until=NIGHT + BUSY_FOR)
    assert [taken.is_busy(NIGHT), taken.is_busy(NIGHT + BUSY_FOR), Job("x", NIGHT).is_busy(NIGHT)] == [
        True,
        False,
        False,
    ]


def test_a_run_is_written_down_when_it_says_something_new_or_after_a_while() -> None:
    soon, later = NIGHT + timedelta(minutes=1), NIGHT + NOTED_EVERY
    assert is_worth_noting(None, ran(soon))
    assert not is_worth_noting(ran(NIGHT), ran(soon))
    assert is_worth_noting(ran(NIGHT), ran(soon, did="3 reminders queued"))
    assert is_worth_noting(ran(NIGHT), ran(soon, error="OSError"))
    assert is_worth_noting(ran(NIGHT), ran(later))
