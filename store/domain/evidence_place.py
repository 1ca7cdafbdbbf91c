"""The place that a picture holds: EXIF's GPS entries as a point (Exif 2.32, 4.6.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from store.domain.errors import Refusal
from store.domain.place import Location, Point, check_point

_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE = 1, 2, 3, 4
_PARTS = 3
_NEGATIVE = {"S", "W"}
_REFS = {"N", "S", "E", "W"}


@dataclass(frozen=True, slots=True)
class PhotoPlace:
    """What looking for a picture's place came to.

    `location` is None where it holds none. `name` is what the reporter is told: the ward's name,
    or the neighbouring council's outside the district; None where neither is known.
    """

    location: Location | None = None
    name: str | None = None


def point_of(gps: Mapping[int, Any]) -> Point | None:
    """Return the point in a picture's GPS entries; None where they hold none that makes sense.

    Nought, nought is what a camera without a fix writes: no place.
    """
    try:
        lat = _degrees(gps[_LATITUDE], gps[_LATITUDE_REF])
        lon = _degrees(gps[_LONGITUDE], gps[_LONGITUDE_REF])
        check_point(lat, lon)
    except (KeyError, TypeError, ValueError, ArithmeticError, Refusal):
        return None
    return None if lat == 0 and lon == 0 else (lat, lon)


def _degrees(parts: Any, ref: Any) -> float:
    """Return degrees of (degrees, minutes, seconds); south and west are below nought."""
    if len(parts) != _PARTS or ref not in _REFS:
        raise ValueError("no angle")
    degrees, minutes, seconds = (float(part) for part in parts)
    angle = degrees + minutes / 60 + seconds / 3600
    return -angle if ref in _NEGATIVE else angle
