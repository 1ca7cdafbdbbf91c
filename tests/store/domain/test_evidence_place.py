from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from store.domain.evidence_place import point_of

RAMSGATE = {1: "N", 2: (51, 20, Fraction(348, 100)), 3: "E", 4: (1.0, 24.0, 43.92)}


def test_degrees_minutes_and_seconds_become_a_point() -> None:
    assert point_of(RAMSGATE) == pytest.approx((51.3343, 1.4122))


def test_south_and_west_are_below_nought() -> None:
    assert point_of(RAMSGATE | {1: "S", 3: "W"}) == pytest.approx((-51.3343, -1.4122))


@pytest.mark.parametrize(
    "gps",
    [
        {},
        {name: RAMSGATE[name] for name in (1, 2, 3)},
        RAMSGATE | {1: "X"},
        RAMSGATE | {1: ["N"]},
        RAMSGATE | {2: (51, 20)},
        RAMSGATE | {2: "abc"},
        RAMSGATE | {2: 51.3},
        RAMSGATE | {2: None},
        RAMSGATE | {2: (91, 0, 0)},
        RAMSGATE | {4: (float("nan"), 0, 0)},
        RAMSGATE | {4: (float("inf"), 0, 0)},
        {1: "N", 2: (0, 0, 0), 3: "E", 4: (0, 0, 0)},
    ],
)
def test_what_makes_no_sense_is_no_place(gps: dict[int, Any]) -> None:
    assert point_of(gps) is None


def test_a_place_on_the_equator_or_the_meridian_is_one() -> None:
    assert point_of(RAMSGATE | {2: (0, 0, 0)}) == pytest.approx((0, 1.4122))
    assert point_of(RAMSGATE | {4: (0, 0, 0)}) == pytest.approx((51.3343, 0))
