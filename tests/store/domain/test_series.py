from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from store.domain.meeting import Meeting, MeetingFacts, MeetingKind, MeetingState, Venue
from store.domain.recurrence import instant_of, parse
from store.domain.series import Plan, Series, carried, carried_start, is_exception

FIRST = datetime(2026, 12, 1, 18, 30)
HOUR = timedelta(hours=1)
FACTS = MeetingFacts("Meeting", "ramsgate", MeetingKind.IN_PERSON, HOUR, venue=Venue("Hall"))
SERIES = Series("s", parse("FREQ=WEEKLY", FIRST), FIRST, FACTS, 1)
ONE = Meeting(
    "1",
    "K7M-4XQ-9PC",
    MeetingState.DRAFT,
    instant_of(FIRST),
    FACTS,
    1,
    series_id="s",
    slot="2026-12-01T18:30",
)


def test_a_series_says_what_was_planned() -> None:
    assert SERIES.plan == Plan(SERIES.rule, FIRST, FACTS)


def test_a_series_that_ended_has_an_end() -> None:
    rule = SERIES.rule.ending_before(FIRST)
    assert replace(SERIES, rule=rule).end is None
    assert replace(SERIES, rule=rule, ended_at=ONE.starts_at).end == FIRST - timedelta(seconds=1)


@pytest.mark.parametrize(
    ("meeting", "exception"),
    [
        (ONE, False),
        (replace(ONE, state=MeetingState.PUBLISHED), False),
        (replace(ONE, state=MeetingState.CANCELLED), True),
        (replace(ONE, starts_at=ONE.starts_at + HOUR), True),
        (replace(ONE, facts=replace(FACTS, chair="Dora")), True),
        (replace(ONE, slot=None), False),
    ],
)
def test_what_is_not_as_the_others_is_an_exception(meeting: Meeting, exception: bool) -> None:
    assert is_exception(meeting, SERIES) is exception


def test_what_was_said_of_one_alone_stays_when_the_series_changes() -> None:
    own = replace(FACTS, venue=Venue("Library"), chair="Dora")
    after = replace(FACTS, venue=Venue("School"), title="New name", lasts=2 * HOUR)
    assert carried(own, FACTS, after) == replace(after, venue=Venue("Library"), chair="Dora")
    assert carried(FACTS, FACTS, after) == after


def test_one_that_was_moved_alone_stays_where_it_is() -> None:
    to = datetime(2026, 12, 1, 19)
    assert carried_start(ONE.starts_at, "2026-12-01T18:30", to) == datetime(2026, 12, 1, 19, tzinfo=UTC)
    moved = ONE.starts_at + 26 * HOUR
    assert carried_start(moved, "2026-12-01T18:30", to) == moved
