"""Working days: Monday to Friday without the bank holidays of England, in London's local time.

The working day ends at 17:00. What comes in by then counts from that day; what comes in later, at
a weekend or on a holiday counts from the next working day. So a one-day target for something told
on Friday at 16:00 is due on Monday at 17:00; told at 18:00, on Tuesday at 17:00.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from store.domain.clock import LONDON

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
