from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.working_days import (
    add_working_days,
    due_at,
    is_working_day,
    london_date,
    working_days_between,
)

# Good Friday, Easter Monday, Christmas Day and the day instead of Boxing Day of 2026.
HOLIDAYS = (date(2026, 4, 3), date(2026, 4, 6), date(2026, 12, 25), date(2026, 12, 28))
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def test_weekends_and_holidays_are_no_working_days() -> None:
    assert is_working_day(date(2026, 4, 2), HOLIDAYS)
    assert not is_working_day(date(2026, 4, 3), HOLIDAYS)
    assert not is_working_day(date(2026, 4, 4), HOLIDAYS)
    assert not is_working_day(date(2026, 4, 5), HOLIDAYS)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 0, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 12, 24), 2, date(2026, 12, 30)),
    ],
)
def test_working_days_are_added_over_weekends_and_holidays(start: date, days: int, end: date) -> None:
    assert add_working_days(start, days, HOLIDAYS) == end


def test_working_days_are_not_counted_backward() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_working_days(date(2026, 11, 23), -1, HOLIDAYS)


@given(DAYS, st.integers(0, 60))
def test_the_day_found_is_a_working_day_as_many_working_days_later(start: date, days: int) -> None:
    end = add_working_days(start, days, HOLIDAYS)
    assert is_working_day(end, HOLIDAYS)
    if days or is_working_day(start, HOLIDAYS):
        assert working_days_between(start, end, HOLIDAYS) == days


@given(DAYS, st.integers(0, 100))
def test_no_working_day_lies_between_a_day_and_one_that_is_not_later(start: date, days: int) -> None:
    assert working_days_between(start, start - timedelta(days), HOLIDAYS) == 0


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "days", "due"),
    [
        pytest.param(at(23, 10), 1, at(24, 17), id="in office hours"),
        pytest.param(at(23, 3), 1, at(24, 17), id="before the office opens"),
        pytest.param(at(23, 16, 59), 1, at(24, 17), id="just before five"),
        pytest.param(at(23, 17), 1, at(25, 17), id="at five the day is over"),
        pytest.param(at(27, 16), 1, at(30, 17), id="Friday afternoon"),
        pytest.param(at(27, 18), 1, at(1, 17, month=12), id="Friday evening"),
        pytest.param(at(28, 12), 1, at(1, 17, month=12), id="Saturday"),
        pytest.param(at(23, 10), 0, at(23, 17), id="the same day"),
        pytest.param(at(23, 10, month=10), 1, at(26, 17, month=10), id="over the end of summer time"),
        pytest.param(at(27, 10, month=3), 1, at(30, 16, month=3), id="over the start of summer time"),
        pytest.param(at(6, 16, 30, month=7), 1, at(8, 16, month=7), id="half past five in summer"),
        pytest.param(at(24, 12, month=12), 1, at(29, 17, month=12), id="over Christmas"),
    ],
)
def test_a_target_runs_out_at_five_in_london(told: datetime, days: int, due: datetime) -> None:
    assert due_at(days, told, HOLIDAYS) == due
    assert due_at(days, told, HOLIDAYS).tzinfo is UTC


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 20), timezones=st.just(UTC)), st.integers(1, 20))
def test_a_target_is_never_due_before_it_began_nor_earlier_for_a_later_report(
    told: datetime, days: int
) -> None:
    due = due_at(days, told, HOLIDAYS)
    assert due > told
    assert due_at(days, told + timedelta(hours=1), HOLIDAYS) >= due


def test_the_local_day_starts_an_hour_earlier_in_summer() -> None:
    assert london_date(at(6, 23, 30, month=7)) == date(2026, 7, 7)
    assert london_date(at(23, 23, 30)) == date(2026, 11, 23)


def test_a_naive_time_is_an_error() -> None:
    naive = at(23, 10).replace(tzinfo=None)
    with pytest.raises(ValueError, match="aware"):
        due_at(1, naive, HOLIDAYS)
    with pytest.raises(ValueError, match="aware"):
        london_date(naive)
