from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.clock import LONDON
from store.domain.reference import Priority, Target
from store.domain.target import Rules, Standing, TargetKind, earliest, report_kind, rules_of
from store.domain.working_days import add_working_time, working_time_between
from tests.store.domain.small_profile import SMALL

# Good Friday and Easter Monday, after the clocks went forward; Christmas; both ends of summer time.
HOLIDAYS = frozenset({date(2026, 4, 3), date(2026, 4, 6), date(2026, 12, 25), date(2026, 12, 28)})
RULES = Rules({Priority.P1: Target(Priority.P1, 1, 5), Priority.P3: Target(Priority.P3, 5, 20)}, HOLIDAYS)
STEP = timedelta(minutes=15)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BEGINNINGS = (date(2026, 3, 26), date(2026, 4, 1), date(2026, 10, 22), date(2026, 12, 22), date(2026, 12, 30))
INSTANTS = st.builds(
    lambda day, quarters: datetime.combine(day, time(), UTC) + quarters * STEP,
    st.sampled_from(BEGINNINGS),
    st.integers(0, 7 * 96),
)
WAITS = st.integers(0, 8 * 96).map(lambda quarters: quarters * STEP)


def in_office(instant: datetime) -> bool:
    """Tell whether the quarter of an hour from here is one in which people work."""
    local = instant.astimezone(LONDON)
    free = local.weekday() >= 5 or local.date() in HOLIDAYS
    return not free and time(9) <= local.time() < time(17)


def quarters_worked(start: datetime, end: datetime) -> int:
    count = 0
    while start < end:
        count += in_office(start)
        start += STEP
    return count


def after(start: datetime, quarters: int) -> datetime:
    while quarters:
        quarters -= in_office(start)
        start += STEP
    return start


@given(INSTANTS, WAITS)
def test_office_time_is_what_a_count_by_the_quarter_hour_gives(start: datetime, wait: timedelta) -> None:
    assert working_time_between(start, start + wait, HOLIDAYS) == quarters_worked(start, start + wait) * STEP


def test_no_office_time_lies_between_later_and_earlier() -> None:
    assert working_time_between(MONDAY, MONDAY - timedelta(days=9), HOLIDAYS) == timedelta()
    assert working_time_between(MONDAY, MONDAY - timedelta(hours=1), HOLIDAYS) == timedelta()


@given(INSTANTS, st.integers(0, 200))
def test_time_is_added_as_a_walk_through_the_days_adds_it(start: datetime, quarters: int) -> None:
    assert add_working_time(start, quarters * STEP, HOLIDAYS) == after(start, quarters)


@given(INSTANTS, WAITS, st.sampled_from(TargetKind), st.sampled_from([Priority.P1, Priority.P3]))
def test_a_wait_for_the_reporter_never_costs_time_that_staff_had(
    told: datetime, wait: timedelta, kind: TargetKind, priority: Priority
) -> None:
    due = RULES.due(kind, priority, told)
    assert due is not None
    asked = told + wait
    moved = RULES.resumed(due, asked, asked + wait)
    assert moved == after(due, quarters_worked(asked, asked + wait))
    assert moved >= due


@given(INSTANTS, st.sampled_from(TargetKind))
def test_a_target_is_never_earlier_than_day_by_day_counting_says(told: datetime, kind: TargetKind) -> None:
    due = RULES.due(kind, Priority.P3, told)
    days, end = {TargetKind.FIRST_CONTACT: 5, TargetKind.UPDATE: 20}[kind], told
    while days:
        end += timedelta(days=1)
        days -= end.weekday() < 5 and end.astimezone(LONDON).date() not in HOLIDAYS
    assert due is not None
    assert due.astimezone(LONDON).date() >= end.astimezone(LONDON).date()
    assert due.astimezone(LONDON).time() == time(17)


@pytest.mark.parametrize(
    ("paused", "went_on", "due"),
    [
        # Asked on Friday at four, answered on Monday at ten: two office hours.
        (datetime(2026, 11, 20, 16), datetime(2026, 11, 23, 10), datetime(2026, 11, 25, 11)),
        # The clocks go back in between: still the hours of the office.
        (datetime(2026, 10, 23, 15), datetime(2026, 10, 26, 10), datetime(2026, 11, 25, 12)),
        # A weekend alone costs nothing.
        (datetime(2026, 11, 21, 9), datetime(2026, 11, 22, 20), datetime(2026, 11, 24, 17)),
    ],
)
def test_a_target_moves_on_by_the_office_time_that_passed(
    paused: datetime, went_on: datetime, due: datetime
) -> None:
    target = datetime(2026, 11, 24, 17, tzinfo=UTC)
    moved = RULES.resumed(target, paused.replace(tzinfo=LONDON), went_on.replace(tzinfo=LONDON))
    assert moved == due.replace(tzinfo=UTC)


def test_christmas_counts_for_neither_side() -> None:
    target = datetime(2026, 12, 24, 17, tzinfo=UTC)
    before, later = datetime(2026, 12, 24, 16, tzinfo=UTC), datetime(2026, 12, 29, 10, tzinfo=UTC)
    assert RULES.resumed(target, before, later) == datetime(2026, 12, 29, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "standing", "late"),
    [
        (0, Standing.MISSED, 0),
        (8, Standing.DUE_SOON, 0),
        (32, Standing.DUE_SOON, 0),
        (33, Standing.DUE, 0),
        (-16, Standing.MISSED, 1),
        (-200, Standing.MISSED, 6),
    ],
)
def test_what_is_due_within_a_working_day_is_due_soon_and_what_is_past_is_missed(
    hours: int, standing: Standing, late: int
) -> None:
    target = MONDAY + timedelta(hours=hours)
    assert RULES.standing(target, MONDAY) is standing
    assert RULES.days_late(target, MONDAY) == late


def test_a_clock_that_stands_is_never_missed_and_without_target_nothing_is_due() -> None:
    assert RULES.standing(MONDAY - timedelta(days=9), MONDAY, paused=True) is Standing.PAUSED
    assert RULES.standing(None, MONDAY, paused=True) is Standing.NONE


def test_a_priority_without_target_is_never_due() -> None:
    assert RULES.due(TargetKind.UPDATE, Priority.P4, MONDAY) is None
    assert rules_of(SMALL) == Rules({}, frozenset(SMALL.bank_holidays))


def test_of_several_targets_the_earliest_holds() -> None:
    update = (MONDAY + timedelta(days=1), TargetKind.UPDATE)
    assert earliest((None, TargetKind.FIRST_CONTACT), update) == update
    assert earliest((MONDAY, TargetKind.FIRST_CONTACT), update) == (MONDAY, TargetKind.FIRST_CONTACT)
    assert earliest((None, TargetKind.UPDATE)) == (None, None)


def test_a_report_in_triage_waits_ten_working_days_for_an_answer_and_no_longer() -> None:
    # Asked on the Monday: Christmas and the two days off after it count for nobody.
    asked = datetime(2026, 12, 14, 9, 0, tzinfo=UTC)
    over = datetime(2026, 12, 30, 17, 0, tzinfo=UTC)
    assert not RULES.wait_over(asked, over - timedelta(minutes=1))
    assert RULES.wait_over(asked, over)


def test_a_report_is_due_the_first_word_until_its_reporter_heard() -> None:
    assert report_kind(None) is TargetKind.FIRST_CONTACT
    assert report_kind(MONDAY) is TargetKind.UPDATE
