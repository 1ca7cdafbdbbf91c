from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from store.domain.cycle import CycleTask, KnownRound, is_day, key_of, may_be_told, parsed

REVIEW = CycleTask("data_review", "Data review", "Look at the figures.", "01-01", "01-31", 28)
PLAN = CycleTask("action_plan", "Action plan", "Agree it.", "04-01", "03-31", 28)


@pytest.mark.parametrize(
    ("task", "day", "year"),
    [
        (REVIEW, date(2026, 12, 3), None),
        (REVIEW, date(2026, 12, 4), 2027),
        (REVIEW, date(2027, 1, 31), 2027),
        (REVIEW, date(2027, 2, 1), None),
        (PLAN, date(2027, 3, 3), 2026),
        (PLAN, date(2027, 3, 4), 2027),
        (PLAN, date(2028, 3, 3), 2027),
        (PLAN, date(2028, 3, 4), 2028),
    ],
)
def test_staff_know_of_a_round_from_its_lead_time_to_its_end(
    task: CycleTask, day: date, year: int | None
) -> None:
    found = task.at(day)
    assert (found.year if found else None) == year


def test_an_end_before_the_beginning_lies_in_the_next_year() -> None:
    one = PLAN.round_of(2027)
    assert (one.begins, one.ends, one.told_from) == (date(2027, 4, 1), date(2028, 3, 31), date(2027, 3, 4))


def test_the_next_round_is_the_first_that_is_not_told_of_yet() -> None:
    assert REVIEW.next_after(date(2026, 12, 3)).year == 2027
    assert REVIEW.next_after(date(2026, 12, 4)).year == 2028
    assert PLAN.next_after(date(2026, 11, 23)).begins == date(2027, 4, 1)


def test_a_round_is_named_by_its_task_and_year() -> None:
    assert KnownRound("data_review", 2027).key == key_of("data_review", 2027) == "data_review:2027"
    assert parsed("data_review:2027") == ("data_review", 2027)
    for wrong in ("", "data_review", "data_review:", "data_review:27", "data_review:20271", "x:²027"):
        assert parsed(wrong)[1] == 0, wrong


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 12, 4, 9, 0, tzinfo=UTC), True),
        (datetime(2026, 12, 4, 8, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 4, 17, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 5, 12, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 25, 12, 0, tzinfo=UTC), False),
        (datetime(2027, 6, 1, 8, 0, tzinfo=UTC), True),
    ],
)
def test_staff_are_told_in_office_hours_on_working_days(at: datetime, told: bool) -> None:
    assert may_be_told(at, {date(2026, 12, 25)}) is told


def test_a_day_of_every_year() -> None:
    assert is_day("02-28")
    assert [one for one in ("02-29", "13-01", "1-1", "", "2027-01-01", "01-01T00") if is_day(one)] == []
