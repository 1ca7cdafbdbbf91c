"""How often a series of meetings comes back: the rules that make sense, in RFC 5545 and in English.

Times of a series are naive: what London's clocks show. So a meeting at half past six stays at half
past six when the clocks change.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from store.domain.clock import LONDON
from store.domain.errors import Refusal

MOST_INTERVAL = 52
MOST_COUNT = 500
LAST = -1
"""The last weekday of a month, or its last day."""
NTH = MappingProxyType({1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"})
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SHORTEST = 28
_WEEKDAY = re.compile(r"([+-]?[0-9])?([A-Z]{2})")
_ALLOWED = frozenset(
    ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS")
)
_END_OF_DAY = time(23, 59, 59)


class Frequency(StrEnum):
    """What is counted between two meetings."""

    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


_UNITS = {Frequency.WEEKLY: "week", Frequency.MONTHLY: "month", Frequency.YEARLY: "year"}


@dataclass(frozen=True, slots=True)
class Rule:
    """When a series comes back, nothing left to be guessed from its first date.

    `weekdays` count from Monday (0): any number of them each week, or one with `nth` in a month.
    `day` is that of a month (`LAST`: the last). `month` is for once a year. `until` is the last
    moment for a start (naive London time); there is `count`, `until` or no end.
    """

    frequency: Frequency
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    day: int | None = None
    month: int | None = None
    count: int | None = None
    until: datetime | None = None

    @property
    def text(self) -> str:
        """The rule as RFC 5545 has it, `UNTIL` in naive London time."""
        by_day = ",".join(f"{self.nth or ''}{DAYS[day]}" for day in self.weekdays)
        parts = {
            "FREQ": self.frequency.value,
            "INTERVAL": self.interval if self.interval > 1 else None,
            "BYMONTH": self.month,
            "BYMONTHDAY": self.day,
            "BYDAY": by_day,
            "COUNT": self.count,
            "UNTIL": f"{self.until:%Y%m%dT%H%M%S}" if self.until else None,
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)

    @property
    def words(self) -> str:
        """The rule in English: `every 3 months on the second Wednesday, 4 times`."""
        unit = _UNITS[self.frequency]
        often = f"every {unit}" if self.interval == 1 else f"every {self.interval} {unit}s"
        return f"{often} on {self._on()}{self._end()}"

    def _on(self) -> str:
        named = [day_name[day] for day in self.weekdays]
        if self.frequency is Frequency.WEEKLY:
            return " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
        if self.nth is not None:
            month = f" of {month_name[self.month]}" if self.month else ""
            return f"the {NTH[self.nth]} {named[0]}{month}"
        if self.day == LAST:
            return f"the last day of {month_name[self.month] if self.month else 'the month'}"
        on = f"{self.day} {month_name[self.month]}" if self.month else f"day {self.day}"
        shortest = _shortest(self.month)
        return on if (self.day or 0) <= shortest else f"{on}, where there is one"

    def _end(self) -> str:
        if self.count is not None:
            return f", {self.count} times" if self.count > 1 else ", once"
        return f", until {self.until.day} {self.until:%B %Y}" if self.until else ""

    def ending_before(self, slot: datetime) -> Rule:
        """Return the rule with no date at or after this one."""
        return replace(self, count=None, until=slot - timedelta(seconds=1))

    def ending_on(self, day: date) -> Rule:
        """Return the rule whose last date may be this day."""
        return replace(self, count=None, until=datetime.combine(day, _END_OF_DAY))


def _shortest(month: int | None) -> int:
    return _SHORTEST if month in {None, 2} else _DAYS_IN[(month or 1) - 1]


def parse(text: str, first: datetime) -> Rule:
    """Return what a rule of RFC 5545 says; what it leaves open its first start says.

    Refusal: `meeting.bad_rule`, also for what no series of meetings needs (hours, several days of a
    month, weeks of a year), and for a day that no month has.
    """
    try:
        parts = dict(_part(one) for one in text.strip().upper().removeprefix("RRULE:").split(";") if one)
        made = _rule(parts, first)
    except (ValueError, KeyError) as error:
        raise Refusal("meeting.bad_rule") from error
    return checked(made)


def checked(rule: Rule) -> Rule:
    """Return a rule that can come true. Refusal: `meeting.bad_rule`."""
    most = _DAYS_IN[rule.month - 1] if rule.month else max(_DAYS_IN)
    good = (
        1 <= rule.interval <= MOST_INTERVAL,
        rule.count is None or (1 <= rule.count <= MOST_COUNT and rule.until is None),
        rule.nth is None or rule.nth in NTH,
        rule.day is None or rule.day == LAST or 1 <= rule.day <= most,
    )
    if not all(good):
        raise Refusal("meeting.bad_rule")
    return rule


def _part(said: str) -> tuple[str, str]:
    name, equals, value = said.partition("=")
    if not equals or name not in _ALLOWED:
        raise ValueError(said)
    return name, value


def _rule(parts: Mapping[str, str], first: datetime) -> Rule:
    frequency = Frequency(parts["FREQ"])
    weekdays, nth = _weekdays(parts.get("BYDAY", ""), parts.get("BYSETPOS"))
    plain = Rule(
        frequency,
        int(parts.get("INTERVAL", "1")),
        weekdays,
        nth,
        _number(parts, "BYMONTHDAY"),
        _number(parts, "BYMONTH"),
        _number(parts, "COUNT"),
        _until(parts.get("UNTIL")),
    )
    if frequency is Frequency.WEEKLY:
        return _weekly(plain, parts, first)
    return _of_a_month(plain, first)


def _weekly(rule: Rule, parts: Mapping[str, str], first: datetime) -> Rule:
    """Weeks begin on Monday; where that makes a difference, no other day is taken."""
    odd = rule.interval > 1 and len(rule.weekdays) > 1 and parts.get("WKST", "MO") != "MO"
    if odd or rule.nth is not None or rule.day is not None or rule.month is not None:
        raise ValueError(rule)
    return replace(rule, weekdays=tuple(sorted(set(rule.weekdays))) or (first.weekday(),))


def _of_a_month(rule: Rule, first: datetime) -> Rule:
    yearly = rule.frequency is Frequency.YEARLY
    by_weekday = bool(rule.weekdays)
    # Once a year without a month means something else in RFC 5545: each month, or weeks of the year.
    vague = yearly and rule.month is None and (by_weekday or rule.day is not None)
    if vague or (by_weekday and (len(rule.weekdays) > 1 or rule.nth is None or rule.day is not None)):
        raise ValueError(rule)
    if rule.month is not None and (not yearly or rule.month not in range(1, 13)):
        raise ValueError(rule)
    return replace(
        rule,
        day=None if by_weekday else rule.day or first.day,
        month=(rule.month or first.month) if yearly else None,
    )


def _weekdays(said: str, position: str | None) -> tuple[tuple[int, ...], int | None]:
    """Return weekdays, and which of a month; `TU` with position 3 says the same as `3TU`."""
    found = [_WEEKDAY.fullmatch(one) for one in said.split(",") if one]
    if not all(found):
        raise ValueError(said)
    numbers = {match[1] for match in found if match}
    if len(numbers) > 1 or (position and numbers != {None}):
        raise ValueError(said)
    days = tuple(DAYS.index(match[2]) for match in found if match)
    number = position or next(iter(numbers), None)
    return days, int(number) if number else None


def _number(parts: Mapping[str, str], name: str) -> int | None:
    return int(parts[name]) if name in parts else None


def _until(said: str | None) -> datetime | None:
    """Return the end in naive London time: all of a day; of an instant (Z) what London's clocks show."""
    if said is None:
        return None
    if "T" not in said:
        return datetime.combine(date.fromisoformat(said), _END_OF_DAY)
    at = datetime.fromisoformat(said.removesuffix("Z"))
    return local_of(at.replace(tzinfo=UTC)) if said.endswith("Z") else at


def instant_of(local: datetime) -> datetime:
    """Return the UTC instant of a naive London time.

    One that the clocks skip is an hour on; of one that they show twice the first is meant.
    """
    return local.replace(tzinfo=LONDON, fold=0).astimezone(UTC)


def local_of(instant: datetime) -> datetime:
    """Return what London's clocks show at an instant (naive)."""
    return instant.astimezone(LONDON).replace(tzinfo=None, fold=0)


def slot_of(local: datetime) -> str:
    """Return the name of a date of a series, to the minute: `2026-12-01T18:30`."""
    return local.isoformat(timespec="minutes")
