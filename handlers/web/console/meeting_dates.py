"""The next dates of a series, shown before anything is written; and what its form asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers.web.console.meeting_form import read_start
from store.domain.errors import Refusal
from store.domain.meeting import Meeting
from store.domain.recurrence import NTH, Rule
from store.domain.recurrence_form import ENDS_LABELS, REPEAT_LABELS, from_fields
from store.domain.series import MOST_AHEAD
from store.queries.slots import preview, within

SHOWN = 8
"""How many dates a preview names."""


@dataclass(frozen=True, slots=True)
class Now:
    """How a series is now: its rule, and its end where it has ended; nothing of both for a new one."""

    rule: Rule | None = None
    end: datetime | None = None


NEW = Now()


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates that a rule gives: those a preview names, and how many there are up to `MOST_AHEAD`.

    `days` are all of them. `shown` is one word for them all: a form brings it back, so that nobody
    makes dates that they have not seen.
    """

    rule: Rule
    start: datetime
    days: tuple[datetime, ...]

    @property
    def named(self) -> tuple[datetime, ...]:
        """The first of them."""
        return self.days[:SHOWN]

    @property
    def shown(self) -> str:
        """What a form brings back that has shown them."""
        return f"{self.rule.text}@{self.days[0].isoformat()}" if self.days else ""

    def without(self, there: Sequence[Meeting]) -> list[Meeting]:
        """Return which meetings of a series are on days that are none of these dates."""
        known = {day.date().isoformat() for day in self.days}
        # Of a rule that goes on, no more is known than these.
        last = max(known) if len(self.days) == MOST_AHEAD else "9999"
        days = [(one, (one.slot or "")[:10]) for one in there]
        return [one for one, day in days if day not in known and day <= last]


def read_dates(form: Mapping[str, str], now: Now = NEW) -> Dates:
    """Return the dates that a form means. Refusals: those of `read_start` and `from_fields`."""
    start = read_start(form)
    rule = within(from_fields(form, start, now.rule), start, now.end)
    return Dates(rule, start, tuple(preview(rule, start, MOST_AHEAD)))


def checked_dates(form: Mapping[str, str], now: Now = NEW) -> Dates:
    """Return the dates likewise; refuse (`meeting.look_at_dates`) those that the page did not show."""
    dates = read_dates(form, now)
    if dates.shown != form.get("shown"):
        raise Refusal("meeting.look_at_dates" if dates.days else "meeting.no_dates")
    return dates


def dates_if_any(form: Mapping[str, str], now: Now = NEW) -> Dates | None:
    """Return the dates that a form means; None while it means none."""
    try:
        return read_dates(form, now)
    except Refusal:
        return None


def date_choices(same: Rule | None = None) -> dict[str, Any]:
    """Return what the fields of a series offer."""
    return {"repeats": REPEAT_LABELS, "ends": ENDS_LABELS, "nths": NTH, "same": same}
