from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from store.domain.errors import Refusal
from store.domain.meeting import (
    Access,
    Meeting,
    MeetingFacts,
    MeetingKind,
    MeetingPriority,
    MeetingState,
    Venue,
    checked,
    checked_draft,
    checked_priorities,
    fingerprint,
    link_shown,
    may,
    packed,
    unpacked,
)

START = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
HALL = Venue("Hall", "Victoria Road", 51.3, 1.4, frozenset({Access.BSL, Access.STEP_FREE}), "Ring the bell")
FACTS = MeetingFacts("Ramsgate meeting", "ramsgate", MeetingKind.HYBRID, HOUR, ("a", "b"), HALL)
LINKED = replace(FACTS, join_link="https://meet.example/1", capacity=20, doors_before=HOUR / 4)


def meeting(facts: MeetingFacts = FACTS, state: MeetingState = MeetingState.PUBLISHED) -> Meeting:
    return Meeting("1", "K7M-4XQ-9PC", state, START, facts, 1)


@pytest.mark.parametrize("facts", [FACTS, LINKED, replace(FACTS, area=None, venue=Venue())])
def test_facts_come_back_from_a_row_as_they_went_in(facts: MeetingFacts) -> None:
    assert unpacked(packed(facts)) == facts


def test_a_draft_is_published_or_dropped_and_nothing_comes_back() -> None:
    allowed = {(one, to) for one in MeetingState for to in MeetingState if may(one, to)}
    draft, published, cancelled = MeetingState
    assert allowed == {(draft, published), (draft, cancelled), (published, cancelled)}


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("meeting.needs_title", {"title": "  "}),
        ("meeting.too_long", {"title": "x" * 201}),
        ("meeting.too_long", {"about": "x" * 1_001}),
        ("meeting.too_long", {"venue": replace(HALL, address="x" * 201)}),
        ("meeting.needs_length", {"lasts": timedelta()}),
        ("meeting.needs_length", {"lasts": timedelta(hours=25)}),
        ("meeting.needs_length", {"doors_before": -HOUR}),
        ("meeting.bad_capacity", {"capacity": 0}),
        ("meeting.bad_link", {"join_link": "javascript:alert(1)"}),
    ],
)
def test_facts_that_make_no_meeting_are_refused(key: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        checked_draft(replace(FACTS, **wrong))
    assert refused.value.key == key


def test_everybody_is_told_of_no_meeting_without_a_venue_unless_it_is_online() -> None:
    nowhere = replace(LINKED, venue=Venue())
    assert checked_draft(nowhere) == nowhere
    with pytest.raises(Refusal, match=r"meeting\.needs_venue"):
        checked(nowhere)
    assert checked(replace(nowhere, kind=MeetingKind.ONLINE)).venue == Venue()
    assert checked(LINKED) == LINKED


def test_the_joining_link_is_shown_from_an_hour_before_until_the_end() -> None:
    shown = [link_shown(meeting(LINKED), START + away) for away in (-2 * HOUR, -HOUR, HOUR / 2, HOUR)]
    assert shown == [False, True, True, False]
    assert not link_shown(meeting(), START)


def test_a_reminder_rests_on_start_venue_and_state() -> None:
    one = meeting()
    assert one.fingerprint == fingerprint(START, HALL, MeetingState.PUBLISHED)
    assert one.fingerprint == meeting(replace(FACTS, chair="Dora")).fingerprint
    others = {
        fingerprint(START + HOUR, HALL, MeetingState.PUBLISHED),
        fingerprint(START, replace(HALL, name="Library"), MeetingState.PUBLISHED),
        fingerprint(START, HALL, MeetingState.CANCELLED),
    }
    assert len(others - {one.fingerprint}) == 3
    assert one.ends_at == START + HOUR


LIGHTS = MeetingPriority("Lights", "The council")


def test_empty_priorities_are_left_out_and_blanks_taken_off() -> None:
    given = [MeetingPriority(" Lights ", " The council", " "), MeetingPriority("", "", None)]
    assert checked_priorities(given) == (LIGHTS,)
    done = replace(LIGHTS, result="Twelve lamps")
    assert checked_priorities([done]) == (done,)


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("meeting.too_many_priorities", [LIGHTS] * 4),
        ("meeting.needs_owner", [MeetingPriority("Lights", " ")]),
        ("meeting.needs_priority", [MeetingPriority("", "The council")]),
        ("meeting.needs_priority", [MeetingPriority("", "", "Done")]),
        ("meeting.too_long", [MeetingPriority("x" * 1_001, "The council")]),
        ("meeting.too_long", [MeetingPriority("Lights", "x" * 201)]),
    ],
)
def test_priorities_that_say_too_little_or_too_much_are_refused(
    key: str, given: list[MeetingPriority]
) -> None:
    with pytest.raises(Refusal) as refused:
        checked_priorities(given)
    assert refused.value.key == key
