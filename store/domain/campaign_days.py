"""The days of a campaign that its rule says without counting days, weeks or months from a first one."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from store.domain.campaign_rule import CampaignRule, Kind, Occurrence
from store.domain.recurrence import LAST
from store.domain.school import School

HORIZON_YEARS = 6
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


def dated(rule: CampaignRule, since: date, school: School) -> Iterator[Occurrence]:
    """Yield when it comes, in order, what is over by `since` left out; nothing of OFTEN, and not for ever."""
    if rule.kind is Kind.TERM:
        found = (Occurrence(key, t.first, t.last) for key, t in school.beginnings(rule.school_days or 0))
    elif rule.kind is Kind.SUMMER:
        found = (Occurrence(key, t.first, t.last) for key, t in school.summers())
    else:
        years = range(since.year - 1, since.year + HORIZON_YEARS)
        found = (one for year in years for one in _in_year(rule, year))
    return (one for one in found if one.last >= since)


def _in_year(rule: CampaignRule, year: int) -> Iterator[Occurrence]:
    if rule.kind is Kind.UNKNOWN:
        for month in rule.months:
            yield Occurrence(f"{year}-{month:02}", date(year, month, 1), _end_of(year, month))
    elif rule.kind in _SPANS and (span := _SPANS[rule.kind](rule, year)) is not None:
        yield Occurrence(str(year), *span)


def _days(rule: CampaignRule, year: int) -> tuple[date, date]:
    month, day = rule.month or 1, rule.day or 1
    to_month, to_day = rule.to_month or month, rule.to_day or day
    over = year + ((to_month, to_day) < (month, day))
    return _on(year, month, day), _on(over, to_month, to_day)


def _weekday(rule: CampaignRule, year: int) -> tuple[date, date]:
    nth = rule.nth or 1
    return _nth_weekday(rule, year, nth), _nth_weekday(rule, year, rule.to_nth or nth)


def _nth_weekday(rule: CampaignRule, year: int, nth: int) -> date:
    month, weekday = rule.month or 1, rule.weekday or 0
    if nth == LAST:
        end = _end_of(year, month)
        return end - _DAY * ((end.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + _DAY * ((weekday - first.weekday()) % 7) + _WEEK * (nth - 1)


def _week(rule: CampaignRule, year: int) -> tuple[date, date] | None:
    """Return a week that lies in the month whole; None where it has no such one."""
    month, nth = rule.month or 1, rule.nth or 1
    first = date(year, month, 1)
    monday = first + _DAY * (-first.weekday() % 7)
    whole = [monday + _WEEK * number for number in range(5)]
    whole = [one for one in whole if one + 6 * _DAY <= _end_of(year, month)]
    if nth > len(whole):
        return None
    found = whole[nth] if nth == LAST else whole[nth - 1]
    return found, found + 6 * _DAY


def _month(rule: CampaignRule, year: int) -> tuple[date, date]:
    month = rule.month or 1
    to = rule.to_month or month
    return date(year, month, 1), _end_of(year + (to < month), to)


def _end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _on(year: int, month: int, day: int) -> date:
    """Return this day; of 29 February the 28th, where there is none."""
    return min(_end_of(year, month), date(year, month, 1) + _DAY * (day - 1))


_SPANS: Mapping[Kind, Callable[[CampaignRule, int], tuple[date, date] | None]] = {
    Kind.DAYS: _days,
    Kind.WEEKDAY: _weekday,
    Kind.WEEK: _week,
    Kind.MONTH: _month,
}
