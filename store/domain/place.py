"""Where something happened, and the arithmetic of points on the earth."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from store.domain.errors import Refusal

EARTH_RADIUS_KM = 6371.0088
MAX_LATITUDE = 90
MAX_LONGITUDE = 180
Point = tuple[float, float]
"""Latitude and longitude, degrees WGS84."""

# The shapes of a UK postcode (BS 7666): outward, then a digit and two letters of a smaller set.
# A letter O in the digit's place is a zero.
_OUTWARD = r"[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9][ABEHMNPRVWXY])"
_INWARD = r"[0-9O][ABD-HJLNP-UW-Z]{2}"
_WHOLE = re.compile(rf"({_OUTWARD})({_INWARD})", re.IGNORECASE | re.ASCII)
_INSIDE = re.compile(rf"(?<![^\W_])({_OUTWARD})[ \u00a0-]{{0,2}}({_INWARD})(?![^\W_])", re.IGNORECASE)
# "flat B1 2nd floor" is no postcode of Birmingham; "CT9 2ND" is one of ours.
_ORDINAL = re.compile(r"[A-Z][0-9]{1,2} (?:1ST|2ND|3RD|[04-9]TH)")


@dataclass(frozen=True, slots=True)
class Location:
    """The place of an incident, as far as it is known.

    `words` is what the person said; `ward` and `area` are codes. `outside` means outside the
    district, then `neighbour` names the neighbouring council if that is known.
    """

    words: str = ""
    lat: float | None = None
    lon: float | None = None
    ward: str | None = None
    area: str | None = None
    outside: bool = False
    neighbour: str | None = None


def check_point(lat: float, lon: float) -> None:
    """Refuse numbers that are no point on the earth (`place.not_a_point`)."""
    # Written so that "not a number" is caught too.
    if not (abs(lat) <= MAX_LATITUDE and abs(lon) <= MAX_LONGITUDE):
        raise Refusal("place.not_a_point")


def distance_km(a: Point, b: Point) -> float:
    """Return the great-circle distance of two points in kilometres (haversine formula)."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))


def _written(match: re.Match[str]) -> str:
    outward, inward = match.group(1).upper(), match.group(2).upper()
    return f"{outward} {inward.replace('O', '0', 1) if inward[0] == 'O' else inward}"


def parse_postcode(text: str) -> str | None:
    """Return the postcode that `text` is, as `CT9 1AA`; None when it has not the shape of one."""
    match = _WHOLE.fullmatch("".join(text.split()))
    return _written(match) if match else None


def _first_inside(text: str) -> re.Match[str] | None:
    found = _INSIDE.finditer(text)
    return next((match for match in found if not _ORDINAL.fullmatch(_written(match))), None)


def postcodes_in(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Return the postcodes inside a text: from where to where, and both halves as written."""
    for match in _INSIDE.finditer(text):
        if not _ORDINAL.fullmatch(_written(match)):
            yield match.start(), match.end(), match.group(1), match.group(2)


def find_postcode(text: str) -> str | None:
    """Return the first postcode inside a sentence; None when there is none."""
    match = _first_inside(text)
    return _written(match) if match else None


def postcode_words(text: str) -> str | None:
    """Return the first postcode inside a sentence as it is written there; None when there is none."""
    match = _first_inside(text)
    return match.group() if match else None
