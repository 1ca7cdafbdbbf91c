from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from store.domain.meeting import Meeting, MeetingFacts, MeetingKind, MeetingPriority, MeetingState
from store.domain.meeting_sharing import (
    SOON,
    Kept,
    SharedMeeting,
    ToDo,
    carried,
    last_of,
    news,
    public,
    same_words,
    shared,
    to_do,
)
from store.domain.reminder import heard_at
from store.domain.subscription import Frequency, QuietHours

LIGHTS = MeetingPriority("Lights in King Street", "The council")
PARKING = MeetingPriority("Parking at the school", "Sgt Example")
MENDED = MeetingPriority(LIGHTS.text, LIGHTS.owner, "Twelve lamps are mended")
EVENING = datetime(2026, 12, 1, 22, 0, tzinfo=UTC)


def test_nothing_is_public_before_it_is_shared() -> None:
    kept = carried((), (LIGHTS, PARKING))
    assert public(kept) == ()
    assert public(shared(kept, 1)) == (LIGHTS, PARKING)


def test_a_result_is_public_once_it_was_shared_and_words_are_corrected_at_once() -> None:
    first = shared(carried((), (LIGHTS,)), 1)
    done = carried(first, (MeetingPriority("Lamps in King Street", "Kent", MENDED.result),))
    assert public(done) == (MeetingPriority("Lamps in King Street", "Kent"),)
    assert done[0].is_new
    assert public(shared(done, 2)) == (MeetingPriority("Lamps in King Street", "Kent", MENDED.result),)


def test_a_result_that_is_taken_away_is_not_public_any_more_and_nothing_new() -> None:
    done = shared(carried((), (MENDED,)), 1)
    taken = carried(done, (LIGHTS,))
    assert public(taken) == (LIGHTS,)
    assert not taken[0].is_new


def test_priorities_stay_themselves_when_they_move_or_are_worded_anew() -> None:
    first = shared(carried((), (LIGHTS, PARKING)), 1)
    moved = carried(first, (PARKING, MENDED))
    assert [one.shared_in for one in moved] == [1, 1]
    assert [one.is_new for one in moved] == [False, True]
    without = carried(first, (PARKING,))
    assert public(without) == (PARKING,)
    other = carried(first, (LIGHTS, MeetingPriority("Parking at both schools", "Sgt Example"), MENDED))
    assert [one.shared_in for one in other] == [1, 1, None]


def test_only_what_is_new_since_then_is_told() -> None:
    first = shared(carried((), (LIGHTS, PARKING)), 1)
    second = shared(carried(first, (MENDED, PARKING)), 2)
    assert news(first, 1) == (LIGHTS, PARKING)
    assert news(second, 2) == (MENDED,)
    assert news(second, 1) == (MENDED, PARKING), "who heard nothing yet is told all of it, in one"


def test_a_result_that_changed_since_it_was_shared_is_told_to_nobody_until_it_is_shared_again() -> None:
    first = shared(carried((), (LIGHTS,)), 1)
    second = shared(carried(first, (MENDED,)), 2)
    wrong = carried(second, (MeetingPriority(LIGHTS.text, LIGHTS.owner, "Ten lamps are mended"),))
    assert news(wrong, 2) == ()
    assert news(wrong, 1) == (LIGHTS,)
    assert public(wrong) == (MENDED,)
    assert news(shared(wrong, 3), 2) == (wrong[0].priority,)


def test_what_waits_is_not_true_any_more_once_words_that_it_says_are_others() -> None:
    first = shared(carried((), (LIGHTS,)), 1)
    assert same_words(first, carried(first, (MENDED, PARKING))), "neither is shared yet"
    assert not same_words(first, carried(first, (MeetingPriority(LIGHTS.text, "Kent"),)))
    second = shared(carried(first, (MENDED,)), 2)
    assert not same_words(second, carried(second, (LIGHTS,)))
    assert not same_words(second, ())


def test_what_is_not_shared_is_no_news() -> None:
    assert news(carried((), (MENDED,)), 1) == ()


@pytest.mark.parametrize(
    ("frequency", "quiet", "at"),
    [
        (Frequency.AT_ONCE, QuietHours(time(0), time(0)), EVENING),
        (Frequency.AT_ONCE, QuietHours(time(21), time(8)), datetime(2026, 12, 2, 8, tzinfo=UTC)),
        (Frequency.DAILY, QuietHours(time(21), time(8)), datetime(2026, 12, 2, 9, tzinfo=UTC)),
        (Frequency.WEEKLY, QuietHours(time(21), time(10)), datetime(2026, 12, 7, 10, tzinfo=UTC)),
    ],
)
def test_it_comes_outside_quiet_hours_and_with_the_digest(
    frequency: Frequency, quiet: QuietHours, at: datetime
) -> None:
    assert heard_at(frequency, quiet, EVENING) == at


def meeting(days: int, area: str | None = None, series: str | None = None) -> Meeting:
    facts = MeetingFacts("Meeting", area, MeetingKind.ONLINE, timedelta(hours=1))
    starts_at = EVENING + timedelta(days=days)
    return Meeting(f"{days}", "AAA-AAA-AAA", MeetingState.PUBLISHED, starts_at, facts, 1, series_id=series)


def test_how_many_are_done_is_counted() -> None:
    assert SharedMeeting(meeting(0), (MENDED, PARKING)).done == 1


def test_the_last_meeting_is_of_the_series_else_of_the_area() -> None:
    held = (meeting(9, "margate", "a"), meeting(8, "ramsgate"), meeting(7, "ramsgate", "a"))
    assert last_of(meeting(10, "ramsgate", "a"), held) == held[0]
    assert last_of(meeting(10, "ramsgate", "b"), held) == held[1]
    assert last_of(meeting(8, "ramsgate"), held) == held[2]
    assert last_of(meeting(10), held) is None


@pytest.mark.parametrize(
    ("kept", "next_in", "wanted"),
    [
        ((), None, (ToDo.CHOOSE,)),
        (carried((), (LIGHTS,)), None, (ToDo.SHARE,)),
        (carried((), (LIGHTS,)), SOON - timedelta(minutes=1), (ToDo.SHARE, ToDo.ANSWER)),
        (shared(carried((), (LIGHTS,)), 1), SOON, ()),
        (shared(carried((), (LIGHTS,)), 1), timedelta(days=2), (ToDo.ANSWER,)),
        (shared(carried((), (MENDED,)), 1), timedelta(days=2), ()),
        (carried(shared(carried((), (LIGHTS,)), 1), (MENDED,)), None, (ToDo.SHARE,)),
    ],
)
def test_what_is_to_be_done_about_a_meeting_that_was_held(
    kept: tuple[Kept, ...], next_in: timedelta | None, wanted: tuple[ToDo, ...]
) -> None:
    next_at = None if next_in is None else EVENING + next_in
    assert to_do(kept, next_at, EVENING) == wanted
