from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.outline import Outline, Ring, box_of, centre_of, contains, in_box, km_from_edge
from store.domain.place import distance_km


def square(south: float, west: float, north: float, east: float) -> Ring:
    """A closed ring, counter-clockwise on the map as GeoJSON wants outer rings."""
    return ((south, west), (south, east), (north, east), (north, west), (south, west))


FIELD: Outline = (square(51.30, 1.30, 51.34, 1.38),)
POND = tuple(reversed(square(51.31, 1.32, 51.32, 1.34)))
ISLAND = square(51.38, 1.40, 51.39, 1.42)
EVERYTHING: Outline = (*FIELD, POND, ISLAND)


@pytest.mark.parametrize(
    ("point", "inside"),
    [
        ((51.305, 1.31), True),
        ((51.315, 1.33), False),
        ((51.315, 1.31), True),
        ((51.315, 1.36), True),
        ((51.385, 1.41), True),
        ((51.36, 1.39), False),
        ((51.335, 1.29), False),
        ((51.335, 1.39), False),
    ],
)
def test_a_point_is_inside_a_piece_and_outside_its_holes(point: tuple[float, float], inside: bool) -> None:
    assert contains(EVERYTHING, point) is inside


def test_a_ring_may_be_left_open() -> None:
    assert contains((FIELD[0][:-1],), (51.32, 1.34))
    assert not contains((FIELD[0][:-1],), (51.35, 1.34))


@given(st.floats(51.29, 51.35), st.floats(1.29, 1.39))
def test_a_square_holds_what_its_box_holds(lat: float, lon: float) -> None:
    on_the_edge = lat in (51.30, 51.34) or lon in (1.30, 1.38)
    assert on_the_edge or contains(FIELD, (lat, lon)) == in_box(box_of(FIELD), (lat, lon))


def test_a_box_goes_around_every_piece() -> None:
    assert box_of(EVERYTHING) == (1.30, 51.30, 1.42, 51.39)
    assert in_box((1.30, 51.30, 1.42, 51.39), (51.30, 1.42))
    assert not in_box((1.30, 51.30, 1.42, 51.39), (51.30, 1.43))


def test_the_centre_is_that_of_the_area_and_a_hole_pushes_it_away() -> None:
    assert centre_of(FIELD) == pytest.approx((51.32, 1.34))
    lat, lon = centre_of((*FIELD, POND))
    assert lat > 51.32
    assert lon > 1.34


def test_the_centre_of_a_line_is_the_middle_of_its_box() -> None:
    assert centre_of((((51.30, 1.30), (51.32, 1.34), (51.30, 1.30)),)) == pytest.approx((51.31, 1.32))


@pytest.mark.parametrize(
    ("point", "nearest"),
    [((51.30, 1.28), (51.30, 1.30)), ((51.35, 1.34), (51.34, 1.34)), ((51.36, 1.40), (51.34, 1.38))],
)
def test_the_distance_to_an_edge_is_that_to_its_nearest_point(
    point: tuple[float, float], nearest: tuple[float, float]
) -> None:
    assert km_from_edge(FIELD, point) == pytest.approx(distance_km(point, nearest), rel=0.001)
