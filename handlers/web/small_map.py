"""A small map made here, without a map server: outlines of wards and points, as numbers for SVG."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store.domain.reference import Profile, Ward

WIDTH = 480
TALLEST = 420
MARGIN_DEGREES = 0.002
Point = tuple[float, float]
"""Latitude, longitude."""
Box = tuple[float, float, float, float]
"""West, south, east, north."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn: the size, paths of outlines with the wards' names, and dots, in pixels."""

    width: int
    height: int
    outlines: tuple[tuple[str, str], ...]
    dots: tuple[tuple[float, float], ...]


def around(profile: Profile, ward_codes: Iterable[str | None], points: Sequence[Point]) -> Picture | None:
    """Return a picture of these points in their wards; None where no point is known."""
    if not points:
        return None
    codes = set(ward_codes)
    wards = [ward for ward in profile.wards if ward.code in codes]
    box = _box([ward.box for ward in wards], points)
    width, height, scale = _size(box)
    return Picture(
        width,
        height,
        tuple((ward.name, _path(ward, box, scale)) for ward in wards if ward.outline),
        tuple(_place(point, box, scale) for point in points),
    )


def _box(boxes: Sequence[Box], points: Sequence[Point]) -> Box:
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    edges = [*boxes, (min(lons), min(lats), max(lons), max(lats))]
    west, south = min(box[0] for box in edges), min(box[1] for box in edges)
    east, north = max(box[2] for box in edges), max(box[3] for box in edges)
    return west - MARGIN_DEGREES, south - MARGIN_DEGREES, east + MARGIN_DEGREES, north + MARGIN_DEGREES


def _size(box: Box) -> tuple[int, int, tuple[float, float]]:
    """Return width and height in pixels, and pixels per degree of longitude and latitude."""
    west, south, east, north = box
    shrunk = math.cos(math.radians((south + north) / 2))
    per_lon = WIDTH / (east - west)
    per_lat = per_lon / shrunk
    too_tall = max(1.0, (north - south) * per_lat / TALLEST)
    per_lon, per_lat = per_lon / too_tall, per_lat / too_tall
    return round((east - west) * per_lon), round((north - south) * per_lat), (per_lon, per_lat)


def _place(point: Point, box: Box, scale: tuple[float, float]) -> tuple[float, float]:
    return round((point[1] - box[0]) * scale[0], 1), round((box[3] - point[0]) * scale[1], 1)


def _path(ward: Ward, box: Box, scale: tuple[float, float]) -> str:
    rings = []
    for ring in ward.outline:
        steps = (f"{x},{y}" for x, y in (_place(point, box, scale) for point in ring))
        rings.append(f"M{' L'.join(steps)}Z")
    return "".join(rings)
