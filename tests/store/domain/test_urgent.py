from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from store.domain import urgent
from store.domain.errors import Refusal
from store.domain.reference import Ward
from store.domain.urgent import Reach, Urgent, UrgentKind, in_words

SQUARE = (((51.30, 1.40), (51.30, 1.42), (51.32, 1.42), (51.32, 1.40)),)
BARE = Ward("W1", "Bare", "a", 51.38, 1.4, (0, 0, 0, 0), date(2013, 1, 1))
OUTLINED = Ward("W2", "Outlined", "a", 51.31, 1.41, (0, 0, 0, 0), date(2013, 1, 1), None, SQUARE)


def test_the_line_above_the_words_says_what_kind_it_is_or_what_it_follows() -> None:
    assert Urgent(UrgentKind.FLOODING).heading == "urgent.flooding"
    assert Urgent(UrgentKind.FLOODING, follows="1").heading == "urgent.update"
    assert Urgent(UrgentKind.FLOODING, follows="1", all_clear=True).heading == "urgent.all_clear"


def test_every_kind_has_a_label() -> None:
    assert set(urgent.KIND_LABELS) == set(UrgentKind)


def test_plain_values_become_an_alert_again() -> None:
    told = {"kind": "violence", "danger": True, "follows": None, "all_clear": False}
    assert Urgent.unpacked(told) == Urgent(UrgentKind.VIOLENCE, danger=True)
    assert Urgent.unpacked(None) is None


def test_the_time_to_the_last_counts_what_goes_before_and_not_who_sleeps() -> None:
    reach = Reach(21_000, asleep=1_000, ahead=100)
    assert reach.at_once == 20_000
    assert reach.time_for(reach.at_once, 30) == timedelta(seconds=670)
    assert Reach(1).time_for(1, 0) == timedelta(seconds=1)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "Less than a minute"),
        (59, "Less than a minute"),
        (60, "About 1 minute"),
        (700, "About 12 minutes"),
        (7_140, "About 119 minutes"),
        (7_141, "About 2 hours"),
        (9_000, "About 3 hours"),
    ],
)
def test_a_time_is_said_in_words(seconds: int, said: str) -> None:
    assert in_words(timedelta(seconds=seconds)) == said


def test_what_is_long_is_not_urgent() -> None:
    urgent.check([600], timedelta(hours=72))
    urgent.check([], timedelta(hours=1))
    with pytest.raises(Refusal, match=r"campaign\.too_long"):
        urgent.check([5, 601], timedelta(hours=1))
    for hours in (0, 73):
        with pytest.raises(Refusal, match=r"urgent\.bad_hours"):
            urgent.check([5], timedelta(hours=hours))


def test_its_name_is_its_kind_and_how_it_begins() -> None:
    assert urgent.title_of(Urgent(UrgentKind.FLOODING), "Water\nhere") == "Flooding: Water here"
    assert urgent.title_of(Urgent(UrgentKind.FLOODING), "a" * 100) == f"Flooding: {'a' * 79}…"


def test_wards_near_a_point_are_those_whose_outline_is() -> None:
    assert urgent.wards_within([OUTLINED], [], (51.31, 1.41), 50) == {"W2"}
    assert urgent.wards_within([OUTLINED], [], (51.3203, 1.41), 50) == {"W2"}
    assert urgent.wards_within([OUTLINED], [], (51.33, 1.41), 50) == frozenset()
    for metres in (49, 20_001):
        with pytest.raises(Refusal, match=r"urgent\.bad_metres"):
            urgent.wards_within([OUTLINED], [], (51.31, 1.41), metres)


def test_a_ward_without_an_outline_is_near_where_its_postcodes_are() -> None:
    north, south = (replace(BARE, code=code, lat=lat) for code, lat in (("N", 51.39), ("S", 51.37)))
    postcodes = [(51.384, 1.4), (51.372, 1.4)]
    assert urgent.wards_within([north, south], postcodes, (51.379, 1.4), 500) == {"S"}
    assert urgent.wards_within([north, south], postcodes, (51.379, 1.4), 600) == {"N", "S"}
