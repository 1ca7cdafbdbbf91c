"""School years: their terms, the first school days of each, and the summer holiday between two of them.

A school sets its own training days and may set its own terms: what rests on these dates is confirmed
by a person before anything is sent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from store.domain.working_days import is_working_day

_DAY = timedelta(days=1)
_AUGUST = 8


@dataclass(frozen=True, slots=True)
class Term:
    """The first and the last day of a term, both in it."""

    first: date
    last: date

    @property
    def days(self) -> Iterator[date]:
        """Every day of it."""
        return (self.first + _DAY * number for number in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """The terms of a school year, such as `2026-27`, in their order, and where they were found.

    `proposal` says that nobody published them yet: they follow the years before.
    """

    code: str
    source: str
    terms: tuple[Term, ...]
    proposal: bool = False


@dataclass(frozen=True, slots=True)
class School:
    """The school years that are known, in their order, and the bank holidays."""

    years: tuple[SchoolYear, ...] = ()
    holidays: Collection[date] = ()

    def beginnings(self, days: int) -> Iterator[tuple[str, Term]]:
        """Yield the first so many school days of each term, named `2026-27.1` and so on."""
        for year in self.years:
            for number, term in enumerate(year.terms, 1):
                there = [*islice((day for day in term.days if is_working_day(day, self.holidays)), days)]
                if there:
                    yield f"{year.code}.{number}", Term(there[0], there[-1])

    def summers(self) -> Iterator[tuple[str, Term]]:
        """Yield the holiday after each school year, to the end of August where the next is not known."""
        starts = [year.terms[0].first for year in self.years]
        for number, year in enumerate(self.years):
            over = year.terms[-1].last
            after = starts[number + 1] - _DAY if number + 1 < len(starts) else date(over.year, _AUGUST, 31)
            yield f"{year.code}.summer", Term(over + _DAY, after)
