from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from store.domain.meeting import Meeting, MeetingFacts, MeetingKind, MeetingState
from store.domain.meeting_desk import YearLine, plan_year, quarter, year_bounds, year_lines
from store.domain.recurrence import instant_of


def meeting(area: str | None, month: int, state: MeetingState = MeetingState.PUBLISHED) -> Meeting:
    facts = MeetingFacts("Meeting", area, MeetingKind.DROP_IN, timedelta(hours=1))
    starts_at = instant_of(datetime(2027 if month < 4 else 2026, month, 1))
    return Meeting("1", "K7M-4XQ-9PC", state, starts_at, facts, 1)


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 4, 1), 2026), (date(2027, 3, 31), 2026), (date(2027, 1, 1), 2026)]
)
def test_the_plans_year_runs_from_april(day: date, year: int) -> None:
    assert plan_year(day) == year
    first, end = year_bounds(year)
    assert first <= day < end


def test_quarters_are_those_of_the_plans_year() -> None:
    months = [date(2026, month, 1) for month in (4, 6, 7, 9, 10, 12, 1, 3)]
    assert [quarter(day) for day in months] == [0, 0, 1, 1, 2, 2, 3, 3]


def test_each_area_is_held_against_its_four_meetings() -> None:
    found = [
        (meeting("ramsgate", 4), True),
        (meeting("ramsgate", 10), False),
        (meeting("ramsgate", 10, MeetingState.CANCELLED), False),
        (meeting("ramsgate", 12, MeetingState.DRAFT), False),
        (meeting("ramsgate", 5, MeetingState.DRAFT), True),
        (meeting("gone", 1), False),
        (meeting(None, 4), True),
    ]
    lines = year_lines(["margate", "ramsgate"], found, 4)
    assert lines == [
        YearLine("margate", (0, 0, 0, 0), 0, 0, 0, 4),
        YearLine("ramsgate", (1, 0, 1, 0), 1, 1, 1, 4),
        YearLine("gone", (0, 0, 0, 1), 0, 1, 0),
        YearLine(None, (1, 0, 0, 0), 1, 0, 0),
    ]
    assert [line.missing for line in lines] == [4, 2, 0, 0]
    assert [line.area for line in year_lines(["margate"], [], 4)] == ["margate"]
