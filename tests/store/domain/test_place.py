from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.errors import Refusal
from store.domain.place import Point, check_point, distance_km, find_postcode, parse_postcode, postcode_words

POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def test_the_distance_of_known_places_is_right() -> None:
    margate, ramsgate = (51.3813, 1.3862), (51.3357, 1.4180)
    assert distance_km(margate, ramsgate) == pytest.approx(5.53, abs=0.02)
    assert distance_km((0, 0), (0, 180)) == pytest.approx(20015.1, abs=0.1)


@given(POINTS, POINTS)
def test_distance_is_the_same_both_ways_and_at_most_half_the_globe(a: Point, b: Point) -> None:
    assert distance_km(a, b) == pytest.approx(distance_km(b, a), abs=1e-6)
    assert 0 <= distance_km(a, b) <= 20016
    assert distance_km(a, a) == 0


@given(POINTS)
def test_every_point_on_the_earth_is_accepted(point: Point) -> None:
    check_point(*point)


@pytest.mark.parametrize(
    ("lat", "lon"), [(91, 0), (-90.1, 0), (0, 181), (math.nan, 0), (0, math.nan), (math.inf, 0)]
)
def test_what_is_no_point_on_the_earth_is_refused(lat: float, lon: float) -> None:
    with pytest.raises(Refusal, match=r"place\.not_a_point"):
        check_point(lat, lon)


@pytest.mark.parametrize(
    ("typed", "postcode"),
    [
        ("ct91aa", "CT9 1AA"),
        (" Ct9  1Aa ", "CT9 1AA"),
        ("CT11 8AA", "CT11 8AA"),
        ("CT11 OAB", "CT11 0AB"),
        ("M1 1AE", "M1 1AE"),
        ("B33 8TH", "B33 8TH"),
        ("W1A 0AX", "W1A 0AX"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("CT9", None),
        ("CT9 1A", None),
        ("CT9 1CA", None),
        ("CT912 1AA", None),
        ("QT9 1AA", None),
        ("near CT9 1AA", None),
        ("", None),
    ],
)
def test_a_postcode_is_read_by_its_shape(typed: str, postcode: str | None) -> None:
    assert parse_postcode(typed) == postcode


@pytest.mark.parametrize(
    ("sentence", "postcode"),
    [
        ("behind the shop at ct9 1aa, by the bins", "CT9 1AA"),
        ("CT91AA", "CT9 1AA"),
        ("it is CT9-1AA.", "CT9 1AA"),
        ("first CT9 1AA then CT11 8AA", "CT9 1AA"),
        ("Flat B1 2nd floor, CT9 2ND", "CT9 2ND"),
        ("flat B1 2nd floor", None),
        ("XCT9 1AA", None),
        ("CT9 1AAB", None),
        ("no postcode", None),
    ],
)
def test_a_postcode_is_found_inside_a_sentence(sentence: str, postcode: str | None) -> None:
    assert find_postcode(sentence) == postcode
    written = postcode_words(sentence)
    assert (written is None) == (postcode is None)
    assert written is None or parse_postcode(written.replace("-", "")) == postcode


@given(st.text())
def test_any_text_at_all_is_searched_without_an_error(text: str) -> None:
    found = find_postcode(text)
    assert found is None or parse_postcode(found) == found
