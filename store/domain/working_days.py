"""Working days: Monday to Friday without the bank holidays of England, in London's local time.

The working day ends at 17:00. What comes in by then counts from that day; what comes in later, at
a weekend or on a holiday counts from the next working day. So a one-day target for something told
on Friday at 16:00 is due on Monday at 17:00; told at 18:00, on Tuesday at 17:00.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from store.domain.clock import LONDON

START_OF_WORKING_DAY = time(9)
END_OF_WORKING_DAY = time(17)
_DAY = timedelta(days=1)
_SATURDAY = 5


def london_date(instant: datetime) -> date:
    """Return the local day of an aware instant; `ValueError` for a naive one."""
    return _in_london(instant).date()


def _in_london(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant must be aware")
    return instant.astimezone(LONDON)


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Tell whether offices work on `day`."""
    return day.weekday() < _SATURDAY and day not in holidays


def add_working_days(start: date, days: int, holidays: Collection[date]) -> date:
    """Return the working day that is `days` working days after `start`.

    `start` itself does not count. Zero days gives `start`, or the first working day after it.
    `ValueError` for a negative number.
    """
    if days < 0:
        raise ValueError("working days are counted forward")
    day, left = start, days
    while left or not is_working_day(day, holidays):
        day += _DAY
        if left and is_working_day(day, holidays):
            left -= 1
    return day


def working_days_between(start: date, end: date, holidays: Collection[date]) -> int:
    """Count the working days after `start` up to and including `end`; 0 if `end` is not later."""
    days = (start + _DAY * n for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, holidays) for day in days)


def due_at(target_days: int, from_instant: datetime, holidays: Collection[date]) -> datetime:
    """Return the UTC instant when a target of so many working days runs out.

    It is the end of that working day, whichever clock London keeps then. `ValueError` for a naive
    instant or a negative target.
    """
    told = _in_london(from_instant)
    late = told.time() >= END_OF_WORKING_DAY
    first = add_working_days(told.date() + _DAY if late else told.date(), 0, holidays)
    last = add_working_days(first, target_days, holidays)
    return datetime.combine(last, END_OF_WORKING_DAY, LONDON).astimezone(UTC)


def working_time_between(start: datetime, end: datetime, holidays: Collection[date]) -> timedelta:
    """Return how much of the time from `start` to `end` lies in office hours; zero if `end` is not later.

    Office hours are 09:00 to 17:00 of a working day. No change of the clocks falls into them.
    """
    first, last = _in_london(start), _in_london(end)
    days = (first.date() + _DAY * n for n in range((last.date() - first.date()).days + 1))
    return sum((_office_time(day, first, last, holidays) for day in days), timedelta())


def _office_time(day: date, first: datetime, last: datetime, holidays: Collection[date]) -> timedelta:
    if not is_working_day(day, holidays):
        return timedelta()
    opens = max(datetime.combine(day, START_OF_WORKING_DAY, LONDON), first)
    closes = min(datetime.combine(day, END_OF_WORKING_DAY, LONDON), last)
    return max(closes - opens, timedelta())


def add_working_time(instant: datetime, amount: timedelta, holidays: Collection[date]) -> datetime:
    """Return the UTC instant when so much office time has passed since `instant`; the same for none."""
    here, left = _in_london(instant), amount
    while left > timedelta():
        closes = datetime.combine(here.date(), END_OF_WORKING_DAY, LONDON)
        free = _office_time(here.date(), here, closes, holidays)
        if left <= free:
            opens = datetime.combine(here.date(), START_OF_WORKING_DAY, LONDON)
            return (max(here, opens) + left).astimezone(UTC)
        left -= free
        here = datetime.combine(here.date() + _DAY, START_OF_WORKING_DAY, LONDON)
    return here.astimezone(UTC)
