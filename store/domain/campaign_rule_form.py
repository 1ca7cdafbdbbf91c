"""The rule of a campaign as plain fields of a form, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from types import MappingProxyType
from typing import Any

from store.domain import recurrence_form
from store.domain.campaign_rule import MOST_SCHOOL_DAYS, CampaignRule, Kind, checked
from store.domain.errors import Refusal
from store.domain.recurrence import LAST, NTH, Frequency, Rule
from store.domain.recurrence_form import SAME, Repeat, day, number

EXPECTED = "expected-"
"""How the names of the boxes begin that are one month each."""
DAILY = "daily"
REPEAT_LABELS: Mapping[str, str] = MappingProxyType(
    {
        Kind.DAYS.value: "Each year: a day, or from a day to a day",
        Kind.WEEKDAY.value: "Each year: a weekday of a month, or from one to another",
        Kind.WEEK.value: "Each year: a full week of a month",
        Kind.MONTH.value: "Each year: a whole month, or several",
        Kind.TERM.value: "The first school days of each term",
        Kind.SUMMER.value: "The school summer holiday",
        Kind.UNKNOWN.value: "Not known yet: a person says when",
        Kind.REACTIVE.value: "When something happens: it has no date",
        DAILY: "Every day",
        Repeat.WEEKLY.value: "By weeks, on the weekday of the first date",
        Repeat.MONTHLY_WEEKDAY.value: "By months, on a weekday such as the third Tuesday",
        Repeat.MONTHLY_DAY.value: "By months, on the day of the first date",
        Repeat.MONTH_END.value: "By months, on the last day",
    }
)
"""What the form offers; what comes by days, weeks or months begins at a first date."""


def from_fields(fields: Mapping[str, str], same: CampaignRule | None = None) -> CampaignRule:
    """Return the rule that the fields mean.

    `same` is the rule that may stay as it is. Refusals: `meeting.choose_repeat`, `meeting.bad_number`
    (`least`, `most`), `day.unreadable`, `pattern.bad_rule`, `meeting.bad_rule`.
    """
    said = fields.get("repeat", "")
    if said == SAME and same is not None:
        return same
    if said not in REPEAT_LABELS:
        raise Refusal("meeting.choose_repeat")
    if said not in set(Kind):
        return checked(_often(fields))
    kind = Kind(said)
    fill = _FILLED.get(kind)
    return checked(CampaignRule(kind, **(fill(fields) if fill else {})))


def _often(fields: Mapping[str, str]) -> CampaignRule:
    start = day(fields.get("day", ""))
    if fields["repeat"] == DAILY:
        rule = Rule(Frequency.WEEKLY, weekdays=tuple(range(7)))
    else:
        told = {name: value for name, value in fields.items() if name != "ends"}
        rule = recurrence_form.from_fields(told, datetime.combine(start, time()))
    return CampaignRule(Kind.OFTEN, rrule=rule.text, start=start)


def _days(fields: Mapping[str, str]) -> dict[str, Any]:
    rule = {"month": _month(fields, "month"), "day": number(fields, "from_day", 1, 31)}
    if not _given(fields, "to_day"):
        return rule
    to_month = _month(fields, "to_month" if _given(fields, "to_month") else "month")
    return rule | {"to_month": to_month, "to_day": number(fields, "to_day", 1, 31)}


def _weekday(fields: Mapping[str, str]) -> dict[str, Any]:
    rule = _week(fields) | {"weekday": number(fields, "weekday", 0, 6)}
    return rule | ({"to_nth": _which(fields, "to_nth")} if _given(fields, "to_nth") else {})


def _week(fields: Mapping[str, str]) -> dict[str, Any]:
    return {"month": _month(fields, "month"), "nth": _which(fields, "nth")}


def _months(fields: Mapping[str, str]) -> dict[str, Any]:
    to = _month(fields, "to_month") if _given(fields, "to_month") else None
    return {"month": _month(fields, "month"), "to_month": to}


def _which(fields: Mapping[str, str], name: str) -> int:
    return number(fields, name, LAST, max(NTH))


def _month(fields: Mapping[str, str], name: str) -> int:
    return number(fields, name, 1, 12)


def _given(fields: Mapping[str, str], name: str) -> bool:
    return bool(fields.get(name, "").strip())


_FILLED: Mapping[Kind, Callable[[Mapping[str, str]], dict[str, Any]]] = {
    Kind.DAYS: _days,
    Kind.WEEKDAY: _weekday,
    Kind.WEEK: _week,
    Kind.MONTH: _months,
    Kind.TERM: lambda fields: {"school_days": number(fields, "school_days", 1, MOST_SCHOOL_DAYS)},
    Kind.UNKNOWN: lambda fields: {
        "months": tuple(one for one in range(1, 13) if f"{EXPECTED}{one}" in fields)
    },
}


def fields_of(rule: CampaignRule) -> dict[str, str]:
    """Return the fields that mean this rule."""
    often = rule.often
    if often is not None and rule.start is not None:
        fields = recurrence_form.fields_of(often, datetime.combine(rule.start, time()))
        fields.pop("ends")
        if often.weekdays == tuple(range(7)) and often.interval == 1:
            fields["repeat"] = DAILY
        return fields | {"day": rule.start.isoformat()}
    known = {
        "month": rule.month,
        "from_day": rule.day,
        "to_month": rule.to_month,
        "to_day": rule.to_day,
        "nth": rule.nth,
        "weekday": rule.weekday,
        "to_nth": rule.to_nth,
        "school_days": rule.school_days,
    }
    fields = {name: str(value) for name, value in known.items() if value is not None}
    return fields | {"repeat": rule.kind.value} | {f"{EXPECTED}{month}": "yes" for month in rule.months}
