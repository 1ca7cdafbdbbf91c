from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from store.domain.meeting import Meeting, MeetingFacts, MeetingKind, MeetingState, Venue
from store.domain.near import Far, far, nearest
from store.domain.place import Location

HARBOUR = Location(lat=51.3343, lon=1.4122, area="ramsgate")
START = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)
HALL = Venue("Hall", lat=51.3350, lon=1.4130)
FACTS = MeetingFacts("Meeting", "ramsgate", MeetingKind.IN_PERSON, timedelta(hours=1), venue=HALL)


def a_meeting(code: str, days: int = 0, facts: MeetingFacts = FACTS, **more: str) -> Meeting:
    state = MeetingState(more.pop("state", "published"))
    return Meeting(code, code, state, START + timedelta(days=days), facts, 1, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("km", "said"),
    [
        (0.0, Far(minutes=5)),
        (0.3, Far(minutes=5)),
        (0.95, Far(minutes=15)),
        (1.8, Far(minutes=30)),
        (2.2, Far(miles=2)),
        (10.0, Far(miles=8)),
    ],
)
def test_what_can_be_walked_is_told_in_minutes_and_the_rest_in_miles(km: float, said: Far) -> None:
    assert far(km) == said


def test_the_nearest_comes_first_whenever_it_is() -> None:
    margate = replace(FACTS, area="margate", venue=Venue("Far", lat=51.3917, lon=1.3816))
    found = nearest([a_meeting("m", 0, margate), a_meeting("r", 30)], HARBOUR, 5)
    assert [near.meeting.id for near in found] == ["r", "m"]
    assert found[0].km == pytest.approx(0.096, abs=0.01)
    assert [near.meeting.id for near in nearest([a_meeting("a", 2), a_meeting("b", 3)], HARBOUR, 1)] == ["a"]


def test_of_a_series_the_next_counts_and_the_one_after_what_is_cancelled() -> None:
    coming = [
        a_meeting("a", 0, series_id="s", state="cancelled"),
        a_meeting("b", 7, series_id="s"),
        a_meeting("c", 14, series_id="s"),
    ]
    assert [near.meeting.id for near in nearest(coming, HARBOUR, 5)] == ["a", "b"]


def test_only_the_nearest_of_those_that_are_cancelled_takes_a_place() -> None:
    off = [a_meeting(code, days, state="cancelled") for days, code in enumerate("xyz")]
    found = nearest([*off, a_meeting("a", 5), a_meeting("b", 6)], HARBOUR, 3)
    assert [near.meeting.id for near in found] == ["x", "a", "b"]


def test_where_no_point_is_known_the_area_counts_and_online_is_near_everybody() -> None:
    here = replace(FACTS, venue=Venue("Somewhere"))
    there = replace(here, area="margate")
    online = replace(FACTS, area="margate", kind=MeetingKind.ONLINE)
    everywhere = replace(here, area=None)
    coming = [a_meeting("t", 0, there), a_meeting("o", 1, online), a_meeting("h", 2, here)]
    found = nearest([*coming, a_meeting("e", 3, everywhere)], HARBOUR, 5)
    assert [(near.meeting.id, near.km) for near in found] == [
        ("o", None),
        ("h", None),
        ("e", None),
        ("t", None),
    ]


def test_without_a_place_of_ones_own_the_area_counts() -> None:
    ramsgate = Location("Ramsgate", area="ramsgate")
    margate = replace(FACTS, area="margate")
    found = nearest([a_meeting("m", 0, margate), a_meeting("r", 1)], ramsgate, 5)
    assert [near.meeting.id for near in found] == ["r", "m"]
