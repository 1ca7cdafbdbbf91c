from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from store.domain.meeting import Access, MeetingFacts, MeetingKind, Venue
from store.domain.meeting_change import change, when

START = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
HALL = Venue("Hall", "Victoria Road", 51.3, 1.4, frozenset({Access.BSL, Access.STEP_FREE}))
FACTS = MeetingFacts("Ramsgate meeting", "ramsgate", MeetingKind.HYBRID, HOUR, ("a", "b"), HALL)

NAMES = {"ramsgate": "Ramsgate", "a": "Acol"}


def test_nothing_changed_is_no_change() -> None:
    assert change((START, START), FACTS, replace(FACTS), NAMES) is None


@pytest.mark.parametrize(
    ("other", "words", "tells"),
    [
        ({"title": "Another"}, "Title: Ramsgate meeting → Another", False),
        ({"area": None}, "Area: Ramsgate → none", False),
        ({"wards": ()}, "Wards: Acol, b → none", False),
        ({"kind": MeetingKind.ONLINE}, "How: In person and online → Online", True),
        ({"lasts": HOUR / 2}, "Length: 60 minutes → 30 minutes", True),
        ({"doors_before": HOUR / 2}, "Doors open before: 0 minutes → 30 minutes", False),
        ({"venue": replace(HALL, name="Library")}, "Venue: Hall → Library", True),
        ({"venue": replace(HALL, address="")}, "Address: Victoria Road → none", True),
        ({"venue": replace(HALL, lat=None)}, "Point: 51.30000, 1.40000 → none", True),
        (
            {"venue": replace(HALL, access=frozenset())},
            "Access: Step-free, BSL interpreter → none",
            True,
        ),
        ({"venue": replace(HALL, access_note="Ramp")}, "More on access: none → Ramp", True),
        ({"join_link": "https://a.example"}, "Joining link: none → https://a.example", True),
        ({"capacity": 30}, "Places: none → 30", False),
        ({"chair": "Dora"}, "Chair: none → Dora", False),
        ({"about": "Lights"}, "About: none → Lights", False),
    ],
)
def test_what_differs_is_said_with_before_and_after(other: dict[str, Any], words: str, tells: bool) -> None:
    found = change((START, START), FACTS, replace(FACTS, **other), NAMES)
    assert found is not None
    assert (found.words, found.tells) == (words, tells)
    assert found.before.keys() == found.after.keys() == other.keys()


def test_another_start_is_said_on_londons_clocks() -> None:
    found = change((START, START + timedelta(days=200, minutes=30)), FACTS, FACTS, NAMES)
    assert found is not None
    assert found.words == "Start: Tue 1 Dec 2026, 6:30pm → Sat 19 Jun 2027, 8pm"
    assert found.tells
    assert when(datetime(2026, 12, 1, 0, 5, tzinfo=UTC)) == "Tue 1 Dec 2026, 12:05am"
