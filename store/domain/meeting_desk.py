"""Meetings as staff look at them: lists with filters, one meeting whole, a year against the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from store.domain.meeting import Meeting, MeetingPriority, MeetingState
from store.domain.recurrence import local_of
from store.domain.series import Series
from store.domain.timeline import TimelineLine

_APRIL = 4
_MONTHS_OF_A_QUARTER = 3
WHOLE_DISTRICT = "-"
"""Stands for meetings that are in no area."""


class When(StrEnum):
    """Which meetings a list holds."""

    COMING = "coming"
    PAST = "past"
    ALL = "all"


WHEN_LABELS = {When.COMING: "To come", When.PAST: "Past", When.ALL: "All"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter of meetings. `area` is a code, `WHOLE_DISTRICT`, or None for any."""

    area: str | None = None
    state: MeetingState | None = None
    when: When = When.COMING


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """One meeting with all that belongs to it; `rest` are those of its series from it on, not cancelled."""

    meeting: Meeting
    story: tuple[TimelineLine, ...]
    priorities: tuple[MeetingPriority, ...] = ()
    series: Series | None = None
    exception: bool = False
    rest: tuple[Meeting, ...] = ()


@dataclass(frozen=True, slots=True)
class YearLine:
    """One area's year: how many meetings each quarter, held and published to come, and drafts.

    `area` is a code, None for the whole district; `planned` is how many the plan asks of it.
    """

    area: str | None
    quarters: tuple[int, int, int, int]
    held: int
    to_come: int
    drafts: int
    planned: int = 0

    @property
    def missing(self) -> int:
        """How many published meetings the area lacks."""
        return max(0, self.planned - self.held - self.to_come)


def plan_year(day: date) -> int:
    """Return the year in which the plan year of a London day begins: it runs from April to March."""
    return day.year if day.month >= _APRIL else day.year - 1


def year_bounds(year: int) -> tuple[date, date]:
    """Return the first day of a plan year, and that of the next one."""
    return date(year, _APRIL, 1), date(year + 1, _APRIL, 1)


def quarter(day: date) -> int:
    """Return the quarter of the plan year, 0 for April to June."""
    return (day.month - _APRIL) % 12 // _MONTHS_OF_A_QUARTER


def year_lines(areas: list[str], found: list[tuple[Meeting, bool]], planned: int) -> list[YearLine]:
    """Return a line for each area, and one for the whole district where it has meetings.

    `found` are the meetings of a plan year, each with whether it is over. Cancelled ones count for
    nothing. The plan asks for `planned` in each of `areas`.
    """
    others = {one.facts.area for one, _ in found if one.facts.area}.difference(areas)
    wanted: list[str | None] = [*areas, *sorted(others)]
    if any(one.facts.area is None for one, _ in found):
        wanted.append(None)
    return [
        _line(area, [each for each in found if each[0].facts.area == area], planned if area in areas else 0)
        for area in wanted
    ]


def _line(area: str | None, found: list[tuple[Meeting, bool]], planned: int) -> YearLine:
    known = [(one, over) for one, over in found if one.state is MeetingState.PUBLISHED]
    counts = [0, 0, 0, 0]
    for one, _ in known:
        counts[quarter(local_of(one.starts_at).date())] += 1
    held = sum(over for _, over in known)
    drafts = sum(one.state is MeetingState.DRAFT and not over for one, over in found)
    quarters = (counts[0], counts[1], counts[2], counts[3])
    return YearLine(area, quarters, held, len(known) - held, drafts, planned)
