from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.map_view import MAX_HEIGHT, MAX_ZOOM, MIN_HEIGHT, WIDTH, MapView
from store.domain.outline import in_box

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
