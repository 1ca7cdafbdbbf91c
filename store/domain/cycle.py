"""The year of the safety plan: what a partnership does at the same time each year, and when it is told so.

Source: the plan's "What happens next?": data review and survey in January, the plan refreshed in February,
the action plan from April to March, four meetings a year in each area. The dates are profile data.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from store.domain.clock import LONDON
from store.domain.working_days import is_working_day

TOLD_FROM = time(9)
TOLD_UNTIL = time(17)
"""Between these, on working days, staff are told: never in quiet hours, never at a weekend."""
LONGEST_LEAD_DAYS = 180
YEAR_DIGITS = 4
_COMMON_YEAR = 2027
"""A year without a 29 February, which comes not every year."""


@dataclass(frozen=True, slots=True)
class CycleTask:
    """Something to do each year, from one day to another (`MM-DD`, both included; London's days).

    An end before the beginning lies in the next year. `what` says in a sentence what is to do; staff
    are told `lead_days` before it begins.
    """

    code: str
    name: str
    what: str
    begins: str
    ends: str
    lead_days: int = 28

    def round_of(self, year: int) -> Round:
        """Return the task as it begins in this year."""
        begins, ends = _day(year, self.begins), _day(year, self.ends)
        if ends < begins:
            ends = _day(year + 1, self.ends)
        return Round(self.code, year, begins, ends, begins - timedelta(days=self.lead_days))

    def at(self, day: date) -> Round | None:
        """Return the round that staff are to know of on this day, the latest of them; None where none is."""
        rounds = (self.round_of(year) for year in (day.year + 1, day.year, day.year - 1))
        return next((one for one in rounds if one.told_from <= day <= one.ends), None)

    def next_after(self, day: date) -> Round:
        """Return the first round that staff are told of after this day."""
        rounds = (self.round_of(year) for year in (day.year, day.year + 1, day.year + 2))
        return next(one for one in rounds if one.told_from > day)


@dataclass(frozen=True, slots=True)
class Round:
    """One year's turn of a task; the year is that in which it begins. Staff hear from `told_from` on."""

    code: str
    year: int
    begins: date
    ends: date
    told_from: date


@dataclass(frozen=True, slots=True)
class KnownRound:
    """A round that staff were told of, and who did it and when; None while it is to be done."""

    code: str
    year: int
    done_by: str | None = None
    done_at: datetime | None = None

    @property
    def key(self) -> str:
        """What names it: `data_review:2027`."""
        return key_of(self.code, self.year)


def key_of(code: str, year: int) -> str:
    """Return what names a round."""
    return f"{code}:{year}"


def parsed(key: str) -> tuple[str, int]:
    """Return the task and the year that a key names; the year 0, which has no rounds, for anything else."""
    code, _, year = key.partition(":")
    return code, int(year) if year.isascii() and year.isdigit() and len(year) == YEAR_DIGITS else 0


def may_be_told(at: datetime, holidays: Collection[date]) -> bool:
    """Tell whether this aware instant is one to tell staff in."""
    local = at.astimezone(LONDON)
    return is_working_day(local.date(), holidays) and TOLD_FROM <= local.time() < TOLD_UNTIL


def is_day(written: str) -> bool:
    """Tell whether this is a day of every year: `MM-DD`."""
    try:
        return f"{_day(_COMMON_YEAR, written):%m-%d}" == written
    except ValueError:
        return False


def _day(year: int, written: str) -> date:
    return date.fromisoformat(f"{year}-{written}")
