"""A rule as plain fields of a form, and back: every third Tuesday, every 3 months, until a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import assert_never

from store.domain.errors import Refusal
from store.domain.recurrence import LAST, MOST_COUNT, MOST_INTERVAL, NTH, Frequency, Rule, checked


class Repeat(StrEnum):
    """What somebody chooses; the first date says the rest."""

    WEEKLY = "weekly"
    MONTHLY_WEEKDAY = "monthly_weekday"
    MONTHLY_DAY = "monthly_day"
    MONTH_END = "month_end"
    YEARLY = "yearly"


class Ends(StrEnum):
    """How a series comes to its end."""

    NEVER = "never"
    COUNT = "count"
    UNTIL = "until"


SAME = "same"
"""Stands for a rule that has no fields of its own: it stays as it is."""
REPEAT_LABELS = {
    Repeat.WEEKLY: "By weeks, on the weekday of the first date",
    Repeat.MONTHLY_WEEKDAY: "By months, on a weekday such as the third Tuesday",
    Repeat.MONTHLY_DAY: "By months, on the day of the first date",
    Repeat.MONTH_END: "By months, on the last day",
    Repeat.YEARLY: "By years, on the first date",
}
ENDS_LABELS = {Ends.NEVER: "It goes on", Ends.COUNT: "After so many meetings", Ends.UNTIL: "On a day"}


def from_fields(fields: Mapping[str, str], first: datetime, same: Rule | None = None) -> Rule:
    """Return the rule that the fields mean: repeat, every, nth, weekday, ends, count, until.

    `same` is the rule that may stay as it is. Refusals: `meeting.choose_repeat`,
    `meeting.bad_number` (`least`, `most`), `day.unreadable`, `meeting.bad_rule`.
    """
    said = fields.get("repeat", "")
    if said == SAME and same is not None:
        return same
    if said not in set(Repeat):
        raise Refusal("meeting.choose_repeat")
    rule = _repeating(Repeat(said), fields, first)
    return checked(_ending(replace(rule, interval=number(fields, "every", 1, MOST_INTERVAL)), fields))


def _repeating(repeat: Repeat, fields: Mapping[str, str], first: datetime) -> Rule:
    match repeat:
        case Repeat.WEEKLY:
            return Rule(Frequency.WEEKLY, weekdays=(first.weekday(),))
        case Repeat.MONTHLY_WEEKDAY:
            nth, weekday = number(fields, "nth", LAST, max(NTH)), number(fields, "weekday", 0, 6)
            return Rule(Frequency.MONTHLY, weekdays=(weekday,), nth=nth)
        case Repeat.MONTHLY_DAY:
            return Rule(Frequency.MONTHLY, day=first.day)
        case Repeat.MONTH_END:
            return Rule(Frequency.MONTHLY, day=LAST)
        case Repeat.YEARLY:
            return Rule(Frequency.YEARLY, day=first.day, month=first.month)
        case _:
            assert_never(repeat)


def _ending(rule: Rule, fields: Mapping[str, str]) -> Rule:
    match fields.get("ends", ""):
        case Ends.COUNT:
            return replace(rule, count=number(fields, "count", 1, MOST_COUNT))
        case Ends.UNTIL:
            return rule.ending_on(day(fields.get("until", "")))
        case _:
            return rule


def fields_of(rule: Rule, first: datetime) -> dict[str, str]:
    """Return the fields that mean this rule for a series that begins at `first`."""
    plain = {"every": str(rule.interval), "nth": str(rule.nth or 1), "ends": Ends.NEVER.value}
    plain |= {"repeat": _repeat_of(rule, first), "weekday": str((*rule.weekdays, first.weekday())[0])}
    if rule.count is not None:
        return plain | {"ends": Ends.COUNT.value, "count": str(rule.count)}
    if rule.until is not None:
        return plain | {"ends": Ends.UNTIL.value, "until": rule.until.date().isoformat()}
    return plain


def _repeat_of(rule: Rule, first: datetime) -> str:
    for repeat in Repeat:
        nth, weekday = str(rule.nth), str((*rule.weekdays, 0)[0])
        if repeat is Repeat.MONTHLY_WEEKDAY and rule.nth is None:
            continue
        made = _repeating(repeat, {"nth": nth, "weekday": weekday}, first)
        if replace(rule, interval=1, count=None, until=None) == made:
            return repeat.value
    return SAME


def number(fields: Mapping[str, str], name: str, least: int, most: int) -> int:
    """Return a whole number that was typed. Refusal: `meeting.bad_number` (`least`, `most`)."""
    try:
        found = int(fields.get(name, ""))
    except ValueError:
        found = least - 1
    if not least <= found <= most:
        raise Refusal("meeting.bad_number", least=least, most=most)
    return found


def day(typed: str) -> date:
    """Return a day that was typed. Refusal: `day.unreadable`."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as error:
        raise Refusal("day.unreadable") from error
