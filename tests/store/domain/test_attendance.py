from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from store.domain.attendance import (
    MOST_PEOPLE,
    NEEDS_MAX_CHARACTERS,
    AttendanceState,
    Party,
    check_here,
    checked_needs,
    checked_people,
    here_from,
    moved_up,
    room_left,
)
from store.domain.errors import Refusal
from store.domain.meeting import Meeting, MeetingState
from tests.support.meetings import facts

COMING, WAITING, AWAY = AttendanceState


def parties(*told: tuple[str, int, AttendanceState]) -> tuple[Party, ...]:
    return tuple(Party(*one) for one in told)


def test_only_who_comes_takes_room_and_without_a_limit_there_is_always_some() -> None:
    known = parties(("a", 3, COMING), ("b", 2, WAITING), ("c", 4, AWAY))
    assert room_left(10, known) == 7
    assert room_left(2, known) == 0
    assert room_left(None, known) is None


def test_who_waits_moves_up_in_order_and_a_smaller_party_takes_room_that_is_too_small_for_the_first() -> None:
    known = parties(
        ("a", 3, COMING), ("b", 4, WAITING), ("c", 1, WAITING), ("d", 1, WAITING), ("e", 1, WAITING)
    )
    assert [party.resident_id for party in moved_up(5, known)] == ["c", "d"]
    assert [party.resident_id for party in moved_up(8, known)] == ["b", "c"]
    assert [party.resident_id for party in moved_up(None, known)] == ["b", "c", "d", "e"]
    assert moved_up(3, known) == ()


@pytest.mark.parametrize("people", [0, -1, MOST_PEOPLE + 1])
def test_nobody_and_a_crowd_are_refused(people: int) -> None:
    with pytest.raises(Refusal, match=r"meeting\.how_many"):
        checked_people(people)
    assert checked_people(MOST_PEOPLE) == MOST_PEOPLE


def test_needs_are_kept_in_one_line_and_nothing_is_none() -> None:
    assert checked_needs(" a  ramp,\n please ") == "a ramp, please"
    assert checked_needs("  ") is None
    with pytest.raises(Refusal, match=r"meeting\.needs_too_long"):
        checked_needs("x" * (NEEDS_MAX_CHARACTERS + 1))


@pytest.mark.parametrize(("doors", "before"), [(0, 30), (15, 30), (45, 45)])
def test_at_the_door_people_are_counted_from_the_opening_or_half_an_hour_before_until_the_end(
    doors: int, before: int
) -> None:
    start, minute = datetime(2026, 12, 1, 18, 30, tzinfo=UTC), timedelta(minutes=1)
    one = Meeting("m1", "K7M-4XQ-9PC", MeetingState.PUBLISHED, start, facts(doors_before=doors * minute), 1)
    assert here_from(one) == start - before * minute
    for at in (here_from(one), start, one.ends_at - minute):
        check_here(one, at)
    for at, key in ((here_from(one) - minute, "too_early"), (one.ends_at, "too_late")):
        with pytest.raises(Refusal, match=key):
            check_here(one, at)
