"""Outlines of areas on the map: which point lies inside, and how far another is from the edge."""

from __future__ import annotations

import math
from collections.abc import Sequence

from store.domain.place import EARTH_RADIUS_KM, Point

Ring = tuple[Point, ...]
"""A closed line of (latitude, longitude); whether the first point comes again at the end is all the same."""
Outline = tuple[Ring, ...]
"""Every ring of an area: several pieces and the holes in them, in any order."""
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees WGS84."""

_KM_PER_DEGREE = math.radians(EARTH_RADIUS_KM)


def box_of(outline: Outline) -> Box:
    """Return the smallest box around an outline; `ValueError` when it has no point."""
    lats = [lat for ring in outline for lat, _ in ring]
    lons = [lon for ring in outline for _, lon in ring]
    return min(lons), min(lats), max(lons), max(lats)


def in_box(box: Box, point: Point) -> bool:
    """Tell whether a point lies in a box or on its edge."""
    west, south, east, north = box
    return south <= point[0] <= north and west <= point[1] <= east


def contains(outline: Outline, point: Point) -> bool:
    """Tell whether a point lies inside, by counting the edges that a ray to the east crosses.

    An odd number is inside: so a hole is outside, and pieces need not be told from holes.
    """
    inside = False
    lat, lon = point
    for ring in outline:
        for (lat_a, lon_a), (lat_b, lon_b) in _edges(ring):
            if (lat_a > lat) != (lat_b > lat):
                crossing = lon_a + (lat - lat_a) / (lat_b - lat_a) * (lon_b - lon_a)
                inside ^= crossing > lon
    return inside


def centre_of(outline: Outline) -> Point:
    """Return the centre of an outline's area; the middle of its box where it has none.

    Rings are counted with their direction, so that a hole (which runs the other way round, as
    GeoJSON demands) weighs against its piece.
    """
    twice_area = lat_sum = lon_sum = 0.0
    west, south, east, north = box_of(outline)
    for ring in outline:
        for (lat_a, lon_a), (lat_b, lon_b) in _edges(ring):
            # Measured from the corner of the box: far from zero the sums would lose their digits.
            y_a, x_a, y_b, x_b = lat_a - south, lon_a - west, lat_b - south, lon_b - west
            cross = x_a * y_b - x_b * y_a
            twice_area += cross
            lat_sum += (y_a + y_b) * cross
            lon_sum += (x_a + x_b) * cross
    if not twice_area:
        return (south + north) / 2, (west + east) / 2
    return south + lat_sum / (3 * twice_area), west + lon_sum / (3 * twice_area)


def km_from_edge(outline: Outline, point: Point) -> float:
    """Return the distance to the nearest edge in kilometres, on a map flat around the point."""
    return min(_km_from(point, a, b) for ring in outline for a, b in _edges(ring))


def _km_from(point: Point, start: Point, end: Point) -> float:
    across = _KM_PER_DEGREE * math.cos(math.radians(point[0]))
    x_a, y_a = (start[1] - point[1]) * across, (start[0] - point[0]) * _KM_PER_DEGREE
    x_b, y_b = (end[1] - point[1]) * across, (end[0] - point[0]) * _KM_PER_DEGREE
    x, y = x_b - x_a, y_b - y_a
    length = x * x + y * y
    along = max(0.0, min(1.0, -(x_a * x + y_a * y) / length)) if length else 0.0
    return math.hypot(x_a + along * x, y_a + along * y)


def _edges(ring: Ring) -> Sequence[tuple[Point, Point]]:
    return list(zip(ring, (*ring[1:], ring[0]), strict=True))
