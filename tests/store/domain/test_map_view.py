from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.map_view import BAR_AT_MOST, MAX_HEIGHT, MAX_ZOOM, MIN_HEIGHT, WIDTH, MapView, box_around
from store.domain.outline import in_box
from store.domain.place import distance_km

THANET = (1.2107, 51.3080, 1.4496, 51.3938)
INSIDE = st.tuples(st.floats(51.3081, 51.3937), st.floats(1.2108, 1.4495))


def test_what_was_asked_for_is_on_the_picture_north_above() -> None:
    view = MapView(THANET)
    west, south, east, north = THANET
    for corner in ((north, west), (north, east), (south, west), (51.35, 1.3)):
        assert view.shows(corner), corner
    assert not view.shows((51.35, 0.0))
    assert not view.shows((60.0, 1.3))
    assert view.place((51.39, 1.3))[1] < view.place((51.31, 1.3))[1]


@pytest.mark.parametrize(
    "box", [(1.3, 51.3, 1.3, 51.3), (1.3, 50.0, 1.31, 53.0), (-180, -90, 180, 90), THANET]
)
def test_every_picture_has_a_shape_that_fits_a_page(box: tuple[float, float, float, float]) -> None:
    view = MapView(box)
    assert MIN_HEIGHT - 0.01 <= view.height <= MAX_HEIGHT + 0.01
    tiles = list(view.tiles())
    assert 1 <= len(tiles) <= 25
    assert min(tile.x for tile in tiles) <= 0
    assert max(tile.x + tile.side for tile in tiles) >= WIDTH - 0.01
    assert {tile.zoom for tile in tiles} <= set(range(MAX_ZOOM + 1))


def test_a_tile_lies_where_the_usual_scheme_puts_it() -> None:
    """The formula is the one that OpenStreetMap publishes for its tiles."""
    view, (lat, lon) = MapView(THANET), (51.3813, 1.3862)
    x, y = view.place((lat, lon))
    tile = next(t for t in view.tiles() if t.x <= x < t.x + t.side and t.y <= y < t.y + t.side)
    count = 2**tile.zoom
    slope = math.radians(lat)
    row = (1 - math.log(math.tan(slope) + 1 / math.cos(slope)) / math.pi) / 2 * count
    assert (tile.zoom, tile.column, tile.row) == (12, int((lon + 180) / 360 * count), int(row))


@given(st.lists(INSIDE, min_size=1, max_size=40))
def test_no_point_is_lost_among_clusters_and_each_lies_in_the_box_of_its_own(
    points: list[tuple[float, float]],
) -> None:
    clusters = MapView(THANET).clusters([*points, (60.0, 1.3)])
    assert sum(cluster.count for cluster in clusters) == len(points)
    assert [c.count for c in clusters] == sorted((c.count for c in clusters), reverse=True)
    for cluster in clusters:
        west, south, east, north = cluster.box
        wider = (west - 1e-5, south - 1e-5, east + 1e-5, north + 1e-5)
        assert sum(in_box(wider, point) for point in points) >= cluster.count
        assert in_box(wider, cluster.middle)
        others = [other for other in clusters if other != cluster]
        apart = [math.hypot(o.x - cluster.x, o.y - cluster.y) - o.radius - cluster.radius for o in others]
        assert all(gap >= -0.001 for gap in apart)


def test_an_outline_is_drawn_without_turns_that_nobody_sees() -> None:
    view = MapView((0.0, 0.0, 1.0, 1.0))
    ring = ((0.0, 0.0), (0.0, 1.0), (0.0000001, 1.0), (1.0, 1.0), (1.0, 0.0))
    path = view.path((ring, ring))
    assert path.count("M") == 2
    assert path.count("L") == 6
    assert path.endswith("Z")


@pytest.mark.parametrize(
    ("box", "said"),
    [(THANET, "2 km"), ((1.41, 51.33, 1.42, 51.334), "100 m"), ((-180, -80, 180, 80), "10000 km")],
)
def test_the_scale_bar_is_a_round_number_and_as_long_as_it_says(
    box: tuple[float, float, float, float], said: str
) -> None:
    view = MapView(box)
    bar = view.bar()
    assert bar.text == said
    assert WIDTH * BAR_AT_MOST / 2.5 <= bar.length <= WIDTH * BAR_AT_MOST
    west, south, east, north = view.box(0, view.height / 2, bar.length, view.height / 2)
    assert south == pytest.approx(north)
    if bar.metres < 100_000:  # a parallel is no straight line on the globe
        assert distance_km((south, west), (south, east)) * 1_000 == pytest.approx(bar.metres, rel=1e-3)


def test_a_box_around_points_leaves_room_on_each_side() -> None:
    west, south, east, north = box_around([(51.33, 1.41), (51.34, 1.40)], 0.5)
    assert distance_km((south, 1.41), (51.33, 1.41)) == pytest.approx(0.5, rel=1e-3)
    assert distance_km((51.34, east), (51.34, 1.41)) == pytest.approx(1.0, rel=1e-3)
    assert (west < 1.40, north > 51.34) == (True, True)
