"""When a campaign comes again: days of the year, weeks, school terms, or only when a person says so.

What comes each day, week or month is a rule of RFC 5545 (`recurrence`), as a series of meetings has it;
its dates are made where those of meetings are. All others are made in `campaign_days`. Days are London's.
"""

from __future__ import annotations

from calendar import day_name, month_name, monthrange
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from store.domain import recurrence
from store.domain.errors import Refusal
from store.domain.recurrence import LAST, NTH

MOST_SCHOOL_DAYS = 40
_LEAP_YEAR = 2024
_EACH_DAY = tuple(range(7))
_YEARS = range(2000, 2101)
"""In these a rule may begin: from one of long ago every day since would be counted at each look."""


class Kind(StrEnum):
    """What the rule goes by."""

    OFTEN = "often"
    DAYS = "days"
    WEEKDAY = "weekday"
    WEEK = "week"
    MONTH = "month"
    TERM = "term"
    SUMMER = "summer"
    UNKNOWN = "unknown"
    REACTIVE = "reactive"


OF_SCHOOL = frozenset({Kind.TERM, Kind.SUMMER})
"""The days of these rest on school terms."""
GUESSED = OF_SCHOOL | {Kind.UNKNOWN}
"""The dates of these are confirmed by a person each time, whatever else is known."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a campaign comes, from its first to its last day; `key` names it among all of a rule."""

    key: str
    first: date
    last: date

    @property
    def words(self) -> str:
        """Its days: `25 November to 10 December 2026`."""
        return span_words(self.first, self.last)


@dataclass(frozen=True, slots=True)
class CampaignRule:
    """When a campaign comes again; of the fields a kind has those that it needs.

    OFTEN: `rrule` (RFC 5545) from the day `start` on. DAYS: `day` and `month`, perhaps up to `to_day` and
    `to_month`. WEEKDAY: the `nth` `weekday` (Monday is 0) of a month, perhaps up to the `to_nth`. WEEK: its
    `nth` full week, Monday to Sunday. MONTH: all of it, perhaps up to `to_month`. TERM: the first
    `school_days` of each. UNKNOWN: `months` in which it is to be expected, perhaps none. `LAST` is the last.
    """

    kind: Kind
    rrule: str | None = None
    start: date | None = None
    month: int | None = None
    day: int | None = None
    to_month: int | None = None
    to_day: int | None = None
    nth: int | None = None
    weekday: int | None = None
    to_nth: int | None = None
    school_days: int | None = None
    months: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """The rule in English."""
        return _WORDS[self.kind](self)

    @property
    def often(self) -> recurrence.Rule | None:
        """The rule of what comes each day, week or month; None of all others."""
        if self.rrule is None or self.start is None:
            return None
        return recurrence.parse(self.rrule, datetime.combine(self.start, time()))

    @property
    def has_dates(self) -> bool:
        """Tell whether it says by itself when it comes, if only by guess."""
        return self.kind is not Kind.REACTIVE and (self.kind is not Kind.UNKNOWN or bool(self.months))


def checked(rule: CampaignRule) -> CampaignRule:
    """Return a rule that can come true. Refusals: `pattern.bad_rule`, `meeting.bad_rule`."""
    if not _GOOD[rule.kind](rule):
        raise Refusal("pattern.bad_rule")
    return rule


def _is_month(month: int | None) -> bool:
    return month is not None and 1 <= month <= len(month_name) - 1


def _is_day(month: int | None, day: int | None) -> bool:
    return _is_month(month) and day is not None and 1 <= day <= monthrange(_LEAP_YEAR, month or 1)[1]


def _good_days(rule: CampaignRule) -> bool:
    alone = rule.to_month is None and rule.to_day is None
    return _is_day(rule.month, rule.day) and (alone or _is_day(rule.to_month, rule.to_day))


def _good_weekday(rule: CampaignRule) -> bool:
    order = [*NTH]
    later = rule.to_nth is None or (
        rule.nth in NTH and rule.to_nth in NTH and order.index(rule.to_nth) > order.index(rule.nth or 1)
    )
    return _is_month(rule.month) and rule.nth in NTH and rule.weekday in _EACH_DAY and later


def _days_in_words(rule: CampaignRule) -> str:
    first = f"{rule.day} {_name(rule.month)}"
    if rule.to_day is None:
        return f"every year on {first}"
    return f"every year from {first} to {rule.to_day} {_name(rule.to_month)}"


def _weekday_in_words(rule: CampaignRule) -> str:
    nth, day, month = NTH[rule.nth or 1], day_name[rule.weekday or 0], _name(rule.month)
    if rule.to_nth is None:
        return f"every year on the {nth} {day} of {month}"
    return f"every year from the {nth} to the {NTH[rule.to_nth]} {day} of {month}"


def _week_in_words(rule: CampaignRule) -> str:
    always = rule.nth in {1, 2, 3, LAST}
    seldom = "" if always else ", where there is one"
    return f"every year in the {NTH[rule.nth or 1]} full week of {_name(rule.month)}{seldom}"


def _month_in_words(rule: CampaignRule) -> str:
    if rule.to_month is None:
        return f"every year, all of {_name(rule.month)}"
    return f"every year from {_name(rule.month)} to {_name(rule.to_month)}"


def _unknown_in_words(rule: CampaignRule) -> str:
    expected = " and in ".join(_name(month) for month in rule.months)
    return "on days that a person confirms" + (f", expected in {expected}" if expected else "")


def _often_in_words(rule: CampaignRule) -> str:
    often = rule.often
    if often is None:
        return ""
    return "every day" if often.weekdays == _EACH_DAY and often.interval == 1 else often.words


def _name(month: int | None) -> str:
    return month_name[month or 1]


_GOOD: Mapping[Kind, Callable[[CampaignRule], bool]] = {
    Kind.OFTEN: lambda rule: rule.often is not None and rule.start is not None and rule.start.year in _YEARS,
    Kind.DAYS: _good_days,
    Kind.WEEKDAY: _good_weekday,
    Kind.WEEK: lambda rule: _is_month(rule.month) and rule.nth in NTH,
    Kind.MONTH: lambda rule: _is_month(rule.month) and (rule.to_month is None or _is_month(rule.to_month)),
    Kind.TERM: lambda rule: rule.school_days in range(1, MOST_SCHOOL_DAYS + 1),
    Kind.SUMMER: lambda _rule: True,
    Kind.UNKNOWN: lambda rule: all(map(_is_month, rule.months)) and [*rule.months] == sorted({*rule.months}),
    Kind.REACTIVE: lambda _rule: True,
}
_WORDS: Mapping[Kind, Callable[[CampaignRule], str]] = MappingProxyType(
    {
        Kind.OFTEN: _often_in_words,
        Kind.DAYS: _days_in_words,
        Kind.WEEKDAY: _weekday_in_words,
        Kind.WEEK: _week_in_words,
        Kind.MONTH: _month_in_words,
        Kind.TERM: lambda rule: f"the first {rule.school_days} school days of each term",
        Kind.SUMMER: lambda _rule: "in the school summer holiday",
        Kind.UNKNOWN: _unknown_in_words,
        Kind.REACTIVE: lambda _rule: "when something happens: it has no date",
    }
)


def span_words(first: date, last: date) -> str:
    """Return days in words, the year once where it is the same: `9 to 15 May 2027`."""
    end = f"{last.day} {month_name[last.month]} {last.year}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{first.day} {month_name[first.month]} {first.year} to {end}"
    return f"{first.day}{f' {month_name[first.month]}' if first.month != last.month else ''} to {end}"


def packed(rule: CampaignRule) -> dict[str, Any]:
    """Return the rule as plain JSON values, for the row; what it does not have is left out."""
    told = {name: value for name, value in asdict(rule).items() if value not in (None, ())}
    days = {"start": rule.start.isoformat()} if rule.start else {}
    months = {"months": list(rule.months)} if rule.months else {}
    return told | {"kind": rule.kind.value} | days | months


def unpacked(told: Mapping[str, Any]) -> CampaignRule:
    """Return the rule that `packed` made plain."""
    start = told.get("start")
    return CampaignRule(
        **{
            **told,
            "kind": Kind(told["kind"]),
            "start": date.fromisoformat(start) if start else None,
            "months": tuple(told.get("months", ())),
        }
    )
