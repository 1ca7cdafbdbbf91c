"""Points on a flat map: Web Mercator in units of one world, fitted to a picture, gathered by a grid."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from store.domain.outline import Box
from store.domain.place import EARTH_RADIUS_KM, Point

WIDTH = 1_000.0
MIN_HEIGHT, MAX_HEIGHT = 500.0, 1_000.0
"""The picture's size in its own units."""
CELL = 62.5
"""Side of the grid by which points are gathered, in units of the picture."""
SMALLEST_RADIUS, LARGEST_RADIUS = 13.0, 29.0
MAX_ZOOM = 19
TILE = 256.0
_NARROWEST = 2e-6
"""Of the world's width, some 50 m in Kent: no map shows less."""
BAR_AT_MOST = 0.25
"""The scale bar takes up to so much of the width."""
_SLACK = 0.01  # a point on the very edge is on the picture
_HIGHEST_LATITUDE = 85.0


@dataclass(frozen=True, slots=True)
class Cluster:
    """Points that lie together: how many, their circle on the picture, the box of their cell.

    A circle stays inside its cell, so that no two cover each other; `middle` is where they truly lie.
    """

    count: int
    x: float
    y: float
    radius: float
    box: Box
    middle: Point


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture tile of the usual scheme, and where it lies on ours."""

    zoom: int
    column: int
    row: int
    x: float
    y: float
    side: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A scale bar: a round number of metres, and how long that is in the middle of the picture."""

    metres: int
    length: float

    @property
    def text(self) -> str:
        """The distance in words: `200 m`, `2 km`."""
        return f"{self.metres // 1_000} km" if self.metres >= 1_000 else f"{self.metres} m"  # noqa: PLR2004


class MapView:
    """A piece of the world, `WIDTH` wide; whatever was asked for lies inside."""

    def __init__(self, box: Box) -> None:
        west, south, east, north = box
        left, top = _world((north, west))
        right, bottom = _world((south, east))
        width = max(right - left, _NARROWEST, (bottom - top) * WIDTH / MAX_HEIGHT)
        height = max(bottom - top, width * MIN_HEIGHT / WIDTH)
        self._left = (left + right - width) / 2
        self._top = (top + bottom - height) / 2
        self._scale = WIDTH / width
        self.height = height * self._scale

    def place(self, point: Point) -> tuple[float, float]:
        """Return where a point lies on the picture."""
        x, y = _world(point)
        return (x - self._left) * self._scale, (y - self._top) * self._scale

    def shows(self, point: Point) -> bool:
        """Tell whether a point is on the picture."""
        x, y = self.place(point)
        return -_SLACK <= x <= WIDTH + _SLACK and -_SLACK <= y <= self.height + _SLACK

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Return the degrees between four lines of the picture."""
        north, west = self._point(left, top)
        south, east = self._point(right, bottom)
        return west, south, east, north

    def bar(self) -> Bar:
        """Return the longest scale bar of 1, 2 or 5 and noughts that fits."""
        lat, _lon = self._point(0, self.height / 2)
        around = math.tau * EARTH_RADIUS_KM * 1_000 * math.cos(math.radians(lat))
        most = around / self._scale * WIDTH * BAR_AT_MOST
        whole = 10 ** math.floor(math.log10(most))
        metres = max(step * whole for step in (1, 2, 5) if step * whole <= most)
        return Bar(metres, metres / around * self._scale)

    def clusters(self, points: Iterable[Point]) -> list[Cluster]:
        """Gather the points that are shown, the largest cluster first."""
        cells: defaultdict[tuple[int, int], list[Point]] = defaultdict(list)
        for point in points:
            if self.shows(point):
                x, y = self.place(point)
                cells[int(max(x, 0) // CELL), int(max(y, 0) // CELL)].append(point)
        found = [self._cluster(cell, inside) for cell, inside in cells.items()]
        return sorted(found, key=lambda cluster: (-cluster.count, cluster.y, cluster.x))

    def tiles(self) -> Iterator[Tile]:
        """Return the picture tiles that cover the map, each 256 to 512 of its units wide."""
        zoom = min(MAX_ZOOM, max(0, math.floor(math.log2(self._scale / TILE))))
        count = 2**zoom
        side = self._scale / count
        columns = range(math.floor(self._left * count), math.ceil((self._left + WIDTH / self._scale) * count))
        rows = range(
            math.floor(self._top * count), math.ceil((self._top + self.height / self._scale) * count)
        )
        for column in columns:
            for row in rows:
                x = (column / count - self._left) * self._scale
                yield Tile(zoom, column, row, x, (row / count - self._top) * self._scale, side)

    def path(self, rings: Sequence[Sequence[Point]]) -> str:
        """Return an outline as the path of an SVG, without the turns that nobody can see."""
        return " ".join(self._ring(ring) for ring in rings)

    def _ring(self, ring: Sequence[Point]) -> str:
        drawn: list[tuple[int, int]] = []
        for point in ring:
            x, y = self.place(point)
            spot = round(x), round(y)
            if not drawn or spot != drawn[-1]:
                drawn.append(spot)
        return "M" + "L".join(f"{x} {y}" for x, y in drawn) + "Z"

    def _cluster(self, cell: tuple[int, int], points: Sequence[Point]) -> Cluster:
        middle = (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points))
        left, top = cell[0] * CELL, cell[1] * CELL
        box = self.box(left, top, left + CELL, top + CELL)
        radius = min(LARGEST_RADIUS, SMALLEST_RADIUS + 4 * math.log2(len(points)))
        x, y = self.place(middle)
        x = min(max(x, left + radius), left + CELL - radius)
        y = min(max(y, top + radius), top + CELL - radius)
        return Cluster(len(points), x, y, radius, box, middle)

    def _point(self, x: float, y: float) -> Point:
        world_x, world_y = self._left + x / self._scale, self._top + y / self._scale
        lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * world_y))))
        return lat, world_x * 360 - 180


def box_around(points: Iterable[Point], km: float) -> Box:
    """Return the box of these points with so much room above and below, and twice that to the sides.

    There must be one; a picture is wider than tall.
    """
    lats, lons = zip(*points, strict=True)
    tall = math.degrees(km / EARTH_RADIUS_KM)
    wide = 2 * tall / math.cos(math.radians(min(_HIGHEST_LATITUDE, max(map(abs, lats)))))
    return min(lons) - wide, min(lats) - tall, max(lons) + wide, max(lats) + tall


def _world(point: Point) -> tuple[float, float]:
    lat = max(-_HIGHEST_LATITUDE, min(_HIGHEST_LATITUDE, point[0]))
    return (point[1] + 180) / 360, (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
