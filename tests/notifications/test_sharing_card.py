"""What came of a meeting is said in every language, and always fits into one message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from notifications import meeting_card, sharing_card
from notifications.meeting_sharing import address
from notifications.pieces import MESSAGE_MAX_UNITS
from store.domain.delivery import units
from store.domain.meeting import (
    TITLE_MAX_CHARACTERS,
    WORDS_MAX_CHARACTERS,
    Meeting,
    MeetingFacts,
    MeetingKind,
    MeetingPriority,
    MeetingState,
)
from store.domain.meeting_sharing import SharedMeeting
from store.domain.reference import LANGUAGES

PAGES = "https://safety.example/meetings/you-said"
TUESDAY = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)
LONGEST = MeetingPriority("ž" * WORDS_MAX_CHARACTERS, "ž" * TITLE_MAX_CHARACTERS, "ž" * WORDS_MAX_CHARACTERS)
FACTS = MeetingFacts("T" * TITLE_MAX_CHARACTERS, "ramsgate", MeetingKind.IN_PERSON, timedelta(hours=1))
MEETING = Meeting("1", "K7M-4XQ-9PC", MeetingState.PUBLISHED, TUESDAY, FACTS, 1)


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_longest_words_fit_into_one_message(language: str) -> None:
    told = (LONGEST,) * 3
    shared = SharedMeeting(MEETING, told)
    assert units(sharing_card.message(MEETING, told, language)) <= MESSAGE_MAX_UNITS
    card = meeting_card.details(MEETING, language, TUESDAY - timedelta(days=1))
    last_time = sharing_card.last_time(shared, language)
    assert sharing_card.beneath(card, "", last_time) == f"{card}\n\n{last_time}"
    long = "a" * (MESSAGE_MAX_UNITS - 10)
    assert sharing_card.beneath(long, last_time) == long
    assert "3" in sharing_card.first_point(shared, language)


def test_where_nothing_is_shared_nothing_is_said() -> None:
    assert sharing_card.came_of_it(SharedMeeting(MEETING, ()), "en") == ""
    assert sharing_card.last_time(None, "en") == sharing_card.first_point(None, "en") == ""


def test_a_meeting_of_an_area_leads_to_the_page_of_that_area() -> None:
    assert address("https://safety.example/", "margate", "pl") == f"{PAGES}/margate?lang=pl"
    assert address("https://safety.example", None, "en") == f"{PAGES}?lang=en"
