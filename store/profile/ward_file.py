"""Reads wards from GeoJSON (RFC 7946: longitude, latitude in WGS84) and their areas from CSV."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.domain.outline import Box, Outline, Ring, box_of
from store.domain.place import MAX_LATITUDE, MAX_LONGITUDE
from store.domain.ward_set import OutlinedWard
from store.profile.spot import Spot

# As the Office for National Statistics, Ordnance Survey and the Boundary Commission name them.
CODE = re.compile(r"wd\d\dcd|ward_?code|gss_?code|code|id", re.IGNORECASE)
NAME = re.compile(r"wd\d\dnm|ward_?name|name|nm", re.IGNORECASE)
DISTRICT = re.compile(r"lad\d\dcd", re.IGNORECASE)
SMALLEST_RING = 4
DIGITS = 6
"""Decimals of a degree that are kept: a tenth of a metre."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The names of the properties that hold a ward's code and name; empty: guess."""

    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class ReadWards:
    """The wards that could be read, and a sentence for each that could not.

    `elsewhere` counts those that name another district, `outside` those refused for lying outside.
    """

    wards: tuple[OutlinedWard, ...]
    refused: tuple[str, ...]
    elsewhere: int = 0
    outside: int = 0


class _Unusable(Exception):
    """A feature cannot be used; the message says why."""


class _Outside(_Unusable):
    """A feature lies outside the district."""


def read_wards(path: Path, fields: Fields, district: str, box: Box) -> ReadWards:
    """Return the wards of a GeoJSON file. `ProfileError` where it is none or names no ward.

    Features that name another district than `district` (its ONS code) are left out; what lies
    wholly outside the district's `box` is refused.
    """
    features = _features(path)
    fields = _guessed(path, features, fields)
    wards: dict[str, OutlinedWard] = {}
    refused: list[str] = []
    outside = 0
    here = [feature for feature in features if _district_of(feature) in (district, None)]
    for number, feature in enumerate(here, 1):
        try:
            ward = _ward(feature, fields, box, wards)
        except _Unusable as problem:
            refused.append(f"feature {number}: {problem}")
            outside += isinstance(problem, _Outside)
        else:
            wards[ward.code] = ward
    return ReadWards(tuple(wards.values()), tuple(refused), len(features) - len(here), outside)


def read_areas(path: Path) -> dict[str, str]:
    """Return ward code → area code from a CSV file with the columns `code` and `area`."""
    spot = Spot(path.name)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as exc:
        raise spot.error(f"cannot be read: {exc}") from exc
    if rows and not {"code", "area"} <= set(rows[0]):
        raise spot.error("needs the columns code and area")
    return {(row["code"] or "").strip(): (row["area"] or "").strip() for row in rows}


def _features(path: Path) -> list[Mapping[str, Any]]:
    spot = Spot(path.name)
    try:
        raw = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as exc:
        raise spot.error(f"is not GeoJSON: {exc}") from exc
    if not isinstance(raw, dict) or raw.get("type") != "FeatureCollection":
        raise spot.error("is no GeoJSON FeatureCollection")
    features = raw.get("features")
    if not isinstance(features, list) or not features:
        raise spot.error("holds no features")
    return [feature if isinstance(feature, dict) else {} for feature in features]


def _guessed(path: Path, features: Sequence[Mapping[str, Any]], fields: Fields) -> Fields:
    names = list(dict.fromkeys(name for feature in features for name in _properties(feature)))
    found = Fields(fields.code or _first(names, CODE), fields.name or _first(names, NAME))
    for option, name in (("--code", found.code), ("--name", found.name)):
        if name not in names:
            there = ", ".join(names) or "none"
            raise Spot(path.name).error(
                f"say with {option} which property to take; the properties are: {there}"
            )
    return found


def _first(names: Iterable[str], wanted: re.Pattern[str]) -> str:
    """Return the name that fits best: the patterns stand in order of preference."""
    fitting = [name for name in names if wanted.fullmatch(name)]
    order = wanted.pattern.split("|")
    rank = [next(n for n, one in enumerate(order) if re.fullmatch(one, f, re.IGNORECASE)) for f in fitting]
    return fitting[rank.index(min(rank))] if fitting else ""


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def _district_of(feature: Mapping[str, Any]) -> str | None:
    found = next((value for name, value in _properties(feature).items() if DISTRICT.fullmatch(name)), None)
    return None if found is None else str(found)


def _ward(feature: Mapping[str, Any], fields: Fields, box: Box, known: Collection[str]) -> OutlinedWard:
    code = str(_properties(feature).get(fields.code) or "").strip()
    name = str(_properties(feature).get(fields.name) or "").strip()
    if not code or not name:
        raise _Unusable(f"has no {fields.name if code else fields.code}")
    if code in known:
        raise _Unusable(f"{code} {name} comes twice")
    outline = _outline(feature.get("geometry"), f"{code} {name}")
    west, south, east, north = box
    w, s, e, n = box_of(outline)
    if e < west or w > east or n < south or s > north:
        raise _Outside(f"{code} {name} lies outside the district (are latitude and longitude swapped?)")
    return OutlinedWard(code, name, outline)


def _outline(geometry: object, who: str) -> Outline:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in {"Polygon", "MultiPolygon"}:
        raise _Unusable(f"{who} has no Polygon or MultiPolygon")
    pieces: Any = geometry.get("coordinates")
    try:
        polygons = [pieces] if kind == "Polygon" else pieces
        rings = tuple(_ring(ring) for polygon in polygons for ring in polygon)
    except (TypeError, ValueError, KeyError) as problem:
        raise _Unusable(f"{who} has an outline that is no list of points in degrees") from problem
    if not rings or any(len(ring) < SMALLEST_RING for ring in rings):
        raise _Unusable(f"{who} has a ring of fewer than {SMALLEST_RING} points")
    return rings


def _ring(points: Iterable[Sequence[float]]) -> Ring:
    return tuple(_point(*point[:2]) for point in points)


def _point(lon: float, lat: float) -> tuple[float, float]:
    # Metres (the National Grid) are no degrees; written so that "not a number" is caught too.
    if not (abs(lat) <= MAX_LATITUDE and abs(lon) <= MAX_LONGITUDE):
        raise ValueError(lat, lon)
    return round(lat, DIGITS), round(lon, DIGITS)
