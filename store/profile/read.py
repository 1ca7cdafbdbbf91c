"""Reads the files of one noun: `wards.toml`, or every file of the folder `categories/` in order of name."""

from __future__ import annotations

import gzip
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from store.profile.build import build, entry_name
from store.profile.spot import Found, Spot

T = TypeVar("T")


def read_entries(folder: Path, noun: str, cls: type[T]) -> tuple[Found[T], ...]:
    """Return all entries of a noun in their order; `ProfileError` when a file is missing or wrong."""
    single = folder / f"{noun}.toml"
    paths = [single] if single.exists() else sorted((folder / noun).glob("*.toml"))
    if not paths:
        raise Spot(f"{noun}.toml").error("is missing")
    found: list[Found[T]] = []
    for path in paths:
        spot = Spot(path.relative_to(folder).as_posix())
        found.extend(_entries(_only(path, noun, spot), cls, spot))
    return tuple(found)


def read_one(folder: Path, noun: str, cls: type[T]) -> T:
    """Return the single table of `noun.toml`, such as the district."""
    path, spot = folder / f"{noun}.toml", Spot(f"{noun}.toml")
    if not path.exists():
        raise spot.error("is missing")
    return build(cls, _only(path, noun, spot), Spot(spot.file, noun))


def _entries(raw: object, cls: type[T], spot: Spot) -> list[Found[T]]:
    if not isinstance(raw, list):
        raise spot.error("needs entries under double brackets, as in [[wards]]")
    spots = [Spot(spot.file, entry_name(item, number)) for number, item in enumerate(raw, 1)]
    return [Found(build(cls, item, at), at) for item, at in zip(raw, spots, strict=True)]


def _only(path: Path, noun: str, spot: Spot) -> object:
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise spot.error(f"is not TOML: {exc}") from exc
    for key in raw:
        if key != noun:
            raise Spot(spot.file, key).error(f"does not belong here; this file holds {noun} only")
    if noun not in raw:
        raise spot.error(f"holds no {noun}")
    return raw[noun]


def read_postcodes(folder: Path) -> dict[str, tuple[float, float]]:
    """Return postcode → (latitude, longitude) from `postcodes.csv.gz`; none when there is no such file."""
    path = folder / "postcodes.csv.gz"
    if not path.exists():
        return {}
    try:
        lines = gzip.decompress(path.read_bytes()).decode().splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as exc:
        raise Spot(path.name).error(f"cannot be unpacked: {exc}") from exc
    points: dict[str, tuple[float, float]] = {}
    for number, line in enumerate(lines[1:], 2):
        try:
            postcode, lat, lon = line.split(",")
            points[postcode] = (float(lat), float(lon))
        except ValueError as exc:
            raise Spot(path.name, f"line {number}").error(f"{line!r} is not postcode,lat,lon") from exc
    return points
