"""When a campaign comes again, as staff write it: "every Tuesday", "the last full week of June".

What a rule says of itself is read back as that very rule. Words that are not understood whole are no rule:
better asked again than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from store.domain import recurrence
from store.domain.campaign_days_form import days_ahead
from store.domain.campaign_rule import CampaignRule, Kind, checked
from store.domain.recurrence import LAST, Frequency, Rule, instant_of
from store.domain.time_ahead import WEEKDAYS

BEGINS_WITHIN = timedelta(days=1_100)
"""A first day that is further away is rather a mistake; from one of long ago the next days take seconds."""
_BEGINS = re.compile(r",? (?:starting|beginning) (?:on |from |with )?")
_TO = re.compile(r"\s*[–—]\s*|\s+-\s+|(?<=\w)-(?=\d)")
_WORD = re.compile(r"\w+")
_FILLERS = ("the", "on", "in", "of", "and", "a", "from", "during")
_MEANS: Mapping[str, str] = {
    **dict.fromkeys(_FILLERS, ""),
    **dict.fromkeys(("until", "till", "through"), "to"),
    **dict.fromkeys(("yearly", "annually"), "every year"),
    "each": "every",
    "daily": "every day",
    "weekly": "every week",
    "monthly": "every month",
    "fortnightly": "every 2 weeks",
    "fortnight": "2 weeks",
    "other": "2",
    "whole": "all",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "ten": "10",
    "weekday": "monday tuesday wednesday thursday friday",
}
_EVERY_DAY = "every mon tue wed thu fri sat sun"
_WHERE_ONE_IS = " where there is one"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NTHS: Mapping[str, int] = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "last": LAST,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
_M = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_W = (
    r"(?:mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:rs?|rsday)?"
    r"|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_D, _N = r"\d{1,2}(?:st|nd|rd|th)?", f"(?:{'|'.join(_NTHS)})"
_SEVERAL_DAYS = re.compile(r"(?:every )?\b((?:mon|tues|wednes|thurs|fri|satur|sun)day)s\b")
_MONTH_FIRST = re.compile(rf"\b({_M}) ({_D})\b")
_DAYS = rf"(?P<days>(?:every )?{_W}(?: (?:every )?{_W})*)"
_EVERY = r"every (?:(?P<every>\d{1,2}) )?"
_WHICH = rf"(?P<which>{_N} {_W}|last day|(?:day )?{_D})"
_OFTEN = [
    re.compile(pattern)
    for pattern in (
        rf"{_EVERY}(?:weeks? )?{_DAYS}",
        rf"{_DAYS} {_EVERY}weeks?",
        rf"{_EVERY}months? {_WHICH}(?: month)?",
        rf"{_WHICH} {_EVERY}months?",
        rf"every (?P<which>{_N} {_W}|last day) month",
    )
]
"""What comes by days, weeks or months. "Every 5th month" is not the fifth of every month, nor read at all."""
_DAY, _TO_DAY = rf"(?P<day>{_D})", rf"(?P<to_day>{_D})"
_MONTH, _TO_MONTH = rf"(?P<month>{_M})", rf"(?P<to_month>{_M})"
_EXPECTED = rf"expected (?P<months>{_M}(?: {_M})*)"
_YEARLY: tuple[tuple[str, Kind], ...] = (
    (rf"{_DAY} {_MONTH}(?: to {_TO_DAY}(?: {_TO_MONTH})?)?", Kind.DAYS),
    (rf"{_DAY} to {_TO_DAY} {_MONTH}", Kind.DAYS),
    (rf"(?P<nth>{_N})(?: to (?P<to_nth>{_N}))? (?P<weekday>{_W}) {_MONTH}", Kind.WEEKDAY),
    (rf"(?P<nth>{_N}) full week {_MONTH}", Kind.WEEK),
    (rf"all {_MONTH}(?: to {_TO_MONTH})?", Kind.MONTH),
    (rf"{_MONTH} to {_TO_MONTH}", Kind.MONTH),
)
_ALONE: tuple[tuple[str, Kind], ...] = (
    (r"first (?P<school_days>\d{1,2}) school days? (?:every )?term", Kind.TERM),
    (r"(?:every )?(?:school )?summer holidays?", Kind.SUMMER),
    (rf"days that person confirms(?: {_EXPECTED})?", Kind.UNKNOWN),
    (rf"(?:dates? )?(?:unknown|not known)(?: yet)?(?: {_EXPECTED})?", Kind.UNKNOWN),
    (_EXPECTED, Kind.UNKNOWN),
    (r"when (?:something happens|it is needed|needed)(?: it has no date)?", Kind.REACTIVE),
)
_OTHERS = [
    *((re.compile(rf"(?:every (?:year )?)?{pattern}(?: every year)?"), kind) for pattern, kind in _YEARLY),
    *((re.compile(pattern), kind) for pattern, kind in _ALONE),
]


def parse(text: str, start: date) -> CampaignRule | None:
    """Return the rule that is meant; None where none is.

    What comes by days, weeks or months begins on the day `start`, unless the words name another
    ("every 2 weeks on Friday, starting 4 December"). Refusals, of what can never come: `pattern.bad_rule`,
    `meeting.bad_rule`.
    """
    told, *begins = _BEGINS.split(text.casefold().strip(), maxsplit=1)
    said, first = _plain(told), _day(begins[0], start) if begins else start
    if first is None or abs(first - start) > BEGINS_WITHIN:
        return None
    found = next(filter(None, (pattern.fullmatch(said) for pattern in _OFTEN)), None)
    if found is not None:
        return _often(found.groupdict(), first)
    return None if begins else _other(said)


def _plain(text: str) -> str:
    """Return the words that say something, each thing in one way."""
    words = _WORD.findall(_TO.sub(" to ", text))
    said = " ".join(" ".join(_MEANS.get(word, word) for word in words).split())
    said = _SEVERAL_DAYS.sub(r"every \1", said.removesuffix(_WHERE_ONE_IS))
    return _EVERY_DAY if said == "every day" else _MONTH_FIRST.sub(r"\2 \1", said)


def _day(text: str, start: date) -> date | None:
    """Return the one day that is named, seen from the day `start`."""
    days = days_ahead(text, instant_of(datetime.combine(start, time())))
    return days[0] if days is not None and days[0] == days[1] else None


def _often(said: Mapping[str, str | None], start: date) -> CampaignRule:
    every = int(said.get("every") or 1)
    if days := said.get("days"):
        weekdays = sorted({_weekday(one) for one in re.findall(_W, days)})
        rule = Rule(Frequency.WEEKLY, every, tuple(weekdays))
    else:
        rule = Rule(Frequency.MONTHLY, every, **_of_month(said["which"] or ""))
    return checked(CampaignRule(Kind.OFTEN, rrule=recurrence.checked(rule).text, start=start))


def _of_month(which: str) -> dict[str, Any]:
    """Return which day of a month, or which weekday."""
    if which == "last day":
        return {"day": LAST}
    nth, _, weekday = which.partition(" ")
    if nth in _NTHS and weekday:
        return {"nth": _NTHS[nth], "weekdays": (_weekday(weekday),)}
    return {"day": _number(which.removeprefix("day "))}


def _other(said: str) -> CampaignRule | None:
    found = ((pattern.fullmatch(said), kind) for pattern, kind in _OTHERS)
    match, kind = next(((match, kind) for match, kind in found if match), (None, Kind.REACTIVE))
    if match is None:
        return None
    fields = {name: _READ[name](value) for name, value in match.groupdict().items() if value}
    if kind is Kind.DAYS and "to_day" in fields:
        if "to_month" not in fields and fields["to_day"] < fields["day"]:
            return None
        fields.setdefault("to_month", fields["month"])
    return checked(CampaignRule(kind, **fields))


def _number(said: str) -> int:
    return int(said.rstrip("stndrh"))


def _month(said: str) -> int:
    return _MONTHS.index(said[:3]) + 1


def _weekday(said: str) -> int:
    return WEEKDAYS.index(said[:3])


def _months(said: str) -> tuple[int, ...]:
    return tuple(sorted({_month(one) for one in said.split()}))


_READ: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(("day", "to_day", "school_days"), _number),
    **dict.fromkeys(("month", "to_month"), _month),
    **dict.fromkeys(("nth", "to_nth"), _NTHS.__getitem__),
    "weekday": _weekday,
    "months": _months,
}
