"""Dates of a series, whatever the calendar does: clock changes, leap days, ends of months."""

from __future__ import annotations

from calendar import isleap, monthrange
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise

from hypothesis import given
from hypothesis import strategies as st

from store.domain.recurrence import DAYS, instant_of, local_of, parse
from store.queries.slots import anchored, preview, slots, within

STARTS = st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1)).map(
    lambda at: at.replace(second=0, microsecond=0)
)
INTERVALS = st.integers(1, 6)
CHANGES = st.sampled_from([datetime(2027, 3, 28), datetime(2027, 10, 31), datetime(2028, 3, 26)])


@given(STARTS, INTERVALS, st.sets(st.sampled_from(DAYS), min_size=1))
def test_a_week_has_its_days_and_the_time_of_day_never_changes(
    start: datetime, interval: int, days: set[str]
) -> None:
    rule = parse(f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={','.join(sorted(days))}", start)
    found = preview(rule, start, 20)
    assert len(found) == 20
    assert found[0] >= start
    assert found[0] - start < timedelta(days=7)
    assert {DAYS[one.weekday()] for one in found} <= days
    assert {one.time() for one in found} == {start.time()}
    weeks = {(one.date() - timedelta(days=one.weekday()) - _monday(found[0])).days // 7 for one in found}
    assert {week % interval for week in weeks} == {0}


def _monday(at: datetime) -> date:
    return at.date() - timedelta(days=at.weekday())


@given(STARTS, INTERVALS, st.sampled_from([1, 2, 3, 4, -1]), st.sampled_from(DAYS))
def test_the_nth_weekday_of_a_month_is_that(start: datetime, interval: int, nth: int, day: str) -> None:
    found = preview(parse(f"FREQ=MONTHLY;INTERVAL={interval};BYDAY={nth}{day}", start), start, 12)
    for one in found:
        assert DAYS[one.weekday()] == day
        last = one.day + 7 > monthrange(one.year, one.month)[1]
        assert last if nth == -1 else (one.day - 1) // 7 + 1 == nth
    months = [one.year * 12 + one.month for one in found]
    assert {later - earlier for earlier, later in pairwise(months)} == {interval}


@given(STARTS, st.integers(1, 31))
def test_a_day_of_the_month_that_a_month_has_not_is_left_out_and_never_moved(
    start: datetime, day: int
) -> None:
    found = preview(parse(f"FREQ=MONTHLY;BYMONTHDAY={day}", start), start, 14)
    assert {one.day for one in found} == {day}
    between = [
        (year, month) for year, month in _months(found[0], found[-1]) if monthrange(year, month)[1] >= day
    ]
    assert [(one.year, one.month) for one in found] == between


def _months(first: datetime, last: datetime) -> list[tuple[int, int]]:
    counted = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [(number // 12, number % 12 + 1) for number in counted]


@given(STARTS)
def test_the_last_day_of_the_month_is_the_last(start: datetime) -> None:
    found = preview(parse("FREQ=MONTHLY;BYMONTHDAY=-1", start), start, 14)
    assert all(one.day == monthrange(one.year, one.month)[1] for one in found)
    assert [(one.year, one.month) for one in found] == _months(found[0], found[-1])


@given(STARTS)
def test_the_29th_of_february_comes_in_leap_years_alone(start: datetime) -> None:
    found = preview(parse("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", start), start, 3)
    assert all(isleap(one.year) and (one.month, one.day) == (2, 29) for one in found)
    assert [later.year - earlier.year for earlier, later in pairwise(found)] == [4, 4]


@given(CHANGES, st.times(), INTERVALS)
def test_a_series_over_a_change_of_the_clocks_stays_at_its_hour(
    change: datetime, at: time, interval: int
) -> None:
    start = datetime.combine(change - timedelta(weeks=interval), at.replace(second=0, microsecond=0))
    for local in preview(parse(f"FREQ=WEEKLY;INTERVAL={interval}", start), start, 3):
        instant = instant_of(local)
        shown = local_of(instant)
        skipped = local.month == 3 and local.date() == change.date() and local.hour == 1
        assert shown == (local + timedelta(hours=1) if skipped else local)
        # Of a time that the clocks show twice the first is meant: an hour before they show it again.
        assert local_of(instant - timedelta(hours=1)) != shown
        assert instant.tzinfo is UTC


@given(STARTS, st.integers(1, 60), st.integers(0, 400))
def test_a_count_ends_and_dates_since_a_day_are_the_same_dates(
    start: datetime, count: int, days: int
) -> None:
    rule = parse(f"FREQ=WEEKLY;COUNT={count}", start)
    found = list(slots(rule, start))
    assert len(found) == count
    since = start + timedelta(days=days)
    assert list(slots(rule, start, since)) == [one for one in found if one >= since]


def test_intervals_are_counted_from_the_first_date_on_the_rule() -> None:
    start = datetime(2027, 1, 20, 18, 30)
    rule = parse("FREQ=MONTHLY;INTERVAL=3;BYDAY=2WE", start)
    assert anchored(rule, start) == datetime(2027, 2, 10, 18, 30)
    assert [f"{one:%d %b}" for one in preview(rule, start, 3)] == ["10 Feb", "12 May", "11 Aug"]


def test_a_rule_that_ended_has_no_dates() -> None:
    start = datetime(2027, 1, 20, 18, 30)
    rule = parse("FREQ=WEEKLY;UNTIL=20270101", start)
    assert anchored(rule, start) is None
    assert preview(rule, start, 5) == []
    assert list(islice(slots(rule, start), 5)) == []


def test_a_rule_is_kept_within_an_end() -> None:
    start, end = datetime(2027, 1, 19, 18, 30), datetime(2027, 2, 9, 18, 30)
    for said, days in (
        ("", 4),
        (";COUNT=2", 2),
        (";COUNT=9", 4),
        (";UNTIL=20270130", 2),
        (";UNTIL=20280130", 4),
    ):
        rule = parse(f"FREQ=WEEKLY{said}", start)
        assert len(preview(within(rule, start, end), start, 60)) == days
        assert within(rule, start, None) == rule
