"""A day and a time to come, as staff write them in English: "Friday 9am", "5 December 14:30", "tomorrow"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from store.domain.day_ahead import day_ahead
from store.domain.recurrence import instant_of, local_of

AT_NINE = time(9)
"""What a day without a time means."""
_ISO_T = re.compile(r"(?<=\d)t(?=\d)")
_DAY = timedelta(days=1)
_NOON = 12
_CLOCKS = (
    re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?: ?([ap])\.?m\b)?"),
    re.compile(r"(?<!\d)(\d{1,2})(?:\.(\d{2}))? ?([ap])\.?m\b"),
    re.compile(r"\bat (\d{1,2})()()(?![\d./]| [a-z])"),
)
"""Hour, minutes, and whether before or after noon."""
_DOTTED = re.compile(r"(?<=^\d)\.(?=\d{2}$)|(?<=^\d\d)\.(?=\d{2}$)")
_MIDDAY = re.compile(r"\b(?:noon|midday)\b")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|urs|ur)?(?:day)?\b")


def time_ahead(text: str, at: datetime) -> datetime | None:
    """Return the instant (aware UTC) that is meant, seen from `at`; None where none is.

    A time alone is its next one; a weekday is the next such day whose time is to come. A date may be past.
    """
    said = _ISO_T.sub(" ", " ".join(text.casefold().split()))
    clock, rest = _clock(said)
    now = local_of(at)
    if clock is None and rest != said:
        return None
    day = _day(rest, now.date())
    if day is not None:
        return instant_of(datetime.combine(day, clock or AT_NINE))
    found = _WEEKDAY.search(rest)
    if found is None and clock is None:
        return None
    wanted = WEEKDAYS.index(found[1]) if found is not None else None
    return instant_of(_next(now, clock or AT_NINE, wanted))


def time_of_day(text: str) -> time | None:
    """Return the time of the day that is meant, if nothing else is said: "9", "9.30", "at 6p.m.", "noon"."""
    said = " ".join(text.casefold().split()).removeprefix("at ").rstrip(".")
    clock, rest = _clock(f"at {_DOTTED.sub(':', said)}")
    return clock if rest.split() in ([], ["at"]) else None


def _clock(said: str) -> tuple[time | None, str]:
    """Return the time that is named, and the words without it; None where the time is none."""
    for pattern in _CLOCKS:
        if found := pattern.search(said):
            rest = said[: found.start()] + " " + said[found.end() :]
            return _time(int(found[1]), int(found[2] or 0), found[3]), rest
    if found := _MIDDAY.search(said):
        return time(_NOON), said[: found.start()] + " " + said[found.end() :]
    return None, said


def _time(hour: int, minute: int, half: str | None) -> time | None:
    if half:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _day(said: str, today: date) -> date | None:
    if "tomorrow" in said:
        return today + _DAY
    if "today" in said or "tonight" in said:
        return today
    return day_ahead(said, today - _DAY)


def _next(now: datetime, clock: time, weekday: int | None) -> datetime:
    """Return the next such time after `now`, on this weekday if one is named."""
    found = datetime.combine(now.date(), clock)
    while found <= now or (weekday is not None and found.weekday() != weekday):
        found += _DAY
    return found
