from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.domain.meeting import Meeting, MeetingState, Venue
from store.domain.reminder import (
    Planned,
    ReminderKind,
    change,
    due_for,
    is_in_digest,
    makes_sense,
    planned,
)
from store.domain.subscription import Frequency, QuietHours
from tests.support.meetings import FACTS

START = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
WEEK, DAY, HOURS = timedelta(days=7), timedelta(days=1), timedelta(hours=2)
LEADS = (DAY, WEEK, HOURS, DAY)
MEETING = Meeting("m", "K7M-4XQ-9PC", MeetingState.PUBLISHED, START, FACTS, 1)


def later(by: timedelta) -> Meeting:
    return replace(MEETING, starts_at=START + by, sequence=1)


def test_each_lead_is_planned_once_the_longest_first() -> None:
    found = planned(MEETING, START - 2 * WEEK, LEADS)
    assert [(one.lead, START - one.due_at) for one in found] == [(lead, lead) for lead in (WEEK, DAY, HOURS)]
    assert {one.kind for one in found} == {ReminderKind.COMING_UP}


@pytest.mark.parametrize(
    ("before", "left"), [(DAY + HOURS, [DAY, HOURS]), (DAY, [HOURS]), (HOURS, []), (-HOURS, [])]
)
def test_inside_a_lead_only_what_still_makes_sense_is_planned(
    before: timedelta, left: list[timedelta]
) -> None:
    assert [one.lead for one in planned(MEETING, START - before, LEADS)] == left


@pytest.mark.parametrize("state", [MeetingState.DRAFT, MeetingState.CANCELLED])
def test_of_what_does_not_take_place_or_nobody_knows_nothing_is_planned(state: MeetingState) -> None:
    assert planned(replace(MEETING, state=state), START - WEEK, LEADS) == ()


def test_a_change_is_told_at_once_and_only_of_what_people_may_know() -> None:
    now = START - DAY
    moved, off = later(HOURS), replace(MEETING, state=MeetingState.CANCELLED)
    elsewhere = replace(MEETING, facts=replace(FACTS, venue=Venue("Another hall")))
    assert change(MEETING, moved, now) == Planned(ReminderKind.CHANGED, timedelta(), now)
    assert change(MEETING, elsewhere, now) == Planned(ReminderKind.CHANGED, timedelta(), now)
    assert change(MEETING, off, now) == Planned(ReminderKind.CANCELLED, timedelta(), now)
    assert change(MEETING, replace(MEETING, facts=replace(FACTS, chair="Ann")), now) is None
    assert change(replace(MEETING, state=MeetingState.DRAFT), MEETING, now) is None


def test_nothing_is_told_after_the_start_but_that_it_is_later() -> None:
    assert change(MEETING, later(HOURS), START + timedelta(hours=1)) is not None
    assert change(MEETING, later(-HOURS), START) is None
    assert change(MEETING, replace(MEETING, state=MeetingState.CANCELLED), START) is None


def test_of_reminders_that_are_late_only_the_one_nearest_to_the_start_is_sent() -> None:
    assert makes_sense(HOURS, [WEEK, DAY, HOURS])
    assert not makes_sense(DAY, [WEEK, DAY, HOURS])


@pytest.mark.parametrize(
    ("frequency", "before", "first", "due"),
    [
        (Frequency.AT_ONCE, DAY, False, DAY),
        (Frequency.DAILY, DAY, True, timedelta(hours=9, minutes=30)),
        (Frequency.DAILY, HOURS, False, None),
        (Frequency.DAILY, HOURS, True, HOURS),
        (Frequency.WEEKLY, WEEK, True, timedelta(days=4, hours=9, minutes=30)),
        (Frequency.WEEKLY, DAY, False, None),
        (Frequency.WEEKLY, DAY, True, DAY),
    ],
)
def test_who_wants_a_digest_hears_in_its_morning_or_at_once_if_they_would_not_hear_at_all(
    frequency: Frequency, before: timedelta, first: bool, due: timedelta | None
) -> None:
    found = due_for((frequency, QuietHours()), START - before, START, first=first)
    assert found == (None if due is None else START - due)


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(
    st.integers(0, 60 * 24 * 20),
    st.sets(st.integers(1, 60 * 24 * 10), min_size=1, max_size=5),
)
def test_every_reminder_comes_before_the_start_and_after_now(before: int, leads: set[int]) -> None:
    now = START - timedelta(minutes=before)
    found = planned(MEETING, now, [timedelta(minutes=lead) for lead in leads])
    assert all(now < one.due_at < START for one in found)
    assert len(found) == sum(lead < before for lead in leads)


@pytest.mark.parametrize(
    ("frequency", "hours", "gathered"),
    [(Frequency.AT_ONCE, 0, False), (Frequency.DAILY, 0, False), (Frequency.DAILY, 21, True)],
)
def test_only_what_is_due_with_a_digest_is_gathered_for_it(
    frequency: Frequency, hours: int, *, gathered: bool
) -> None:
    noon = datetime(2026, 12, 15, 12, tzinfo=UTC)
    assert is_in_digest((frequency, QuietHours()), noon, noon + timedelta(hours=hours)) is gathered
