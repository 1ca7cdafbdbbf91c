"""Reads postcodes and their points from CSV, as Code-Point Open and the ONS directory give them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from store.domain.outline import Box, in_box
from store.domain.place import Point, parse_postcode
from store.profile.spot import Spot

COLUMNS = {
    "postcode": ("postcode", "post_code", "pcds", "pcd", "pcd7", "pcd8"),
    "latitude": ("lat", "latitude"),
    "longitude": ("lon", "lng", "long", "longitude"),
}
BORDER_DEGREES = 0.01
"""About a kilometre: an address on the border may lie just outside the box of the land."""
PROGRESS_EVERY = 20_000


@dataclass(frozen=True, slots=True)
class ReadPostcodes:
    """The postcodes that could be read, as `CT9 1AA`, and a sentence for each line that could not.

    `outside` counts those refused for lying outside the district.
    """

    points: Mapping[str, Point]
    refused: tuple[str, ...]
    outside: int = 0


class _OutsideError(ValueError):
    """A point lies outside the district."""


def read_postcodes(path: Path, box: Box, progress: Callable[[int], None]) -> ReadPostcodes:
    """Return the postcodes of a CSV file. `ProfileError` where it cannot be read or has no such columns.

    `progress` is told the number of lines read, every `PROGRESS_EVERY` of them. A point far from
    the district's `box` is refused.
    """
    spot = Spot(path.name)
    points: dict[str, Point] = {}
    refused: list[str] = []
    outside = 0
    west, south, east, north = box
    wide = (west - BORDER_DEGREES, south - BORDER_DEGREES, east + BORDER_DEGREES, north + BORDER_DEGREES)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            columns = _columns(next(rows, []), spot)
            for count, row in enumerate(rows, 1):
                try:
                    code, point = _postcode(row, columns, wide, points)
                    points[code] = point
                except ValueError as problem:
                    refused.append(f"line {rows.line_num}: {problem}")
                    outside += isinstance(problem, _OutsideError)
                if count % PROGRESS_EVERY == 0:
                    progress(count)
    except (OSError, UnicodeDecodeError, csv.Error) as exc:
        raise spot.error(f"cannot be read: {exc}") from exc
    return ReadPostcodes(points, tuple(refused), outside)


def _columns(header: Sequence[str], spot: Spot) -> tuple[int, int, int]:
    names = [name.strip().casefold() for name in header]
    found = [next((names.index(n) for n in known if n in names), None) for known in COLUMNS.values()]
    missing = [wanted for wanted, at in zip(COLUMNS, found, strict=True) if at is None]
    if missing:
        raise spot.error(f"has no column {' and none '.join(missing)}; its columns are: {', '.join(names)}")
    postcode, lat, lon = (at for at in found if at is not None)
    return postcode, lat, lon


def _postcode(
    row: Sequence[str], columns: tuple[int, int, int], box: Box, known: Collection[str]
) -> tuple[str, Point]:
    """Return the postcode and point of a line; `ValueError` says what is wrong with it."""
    if len(row) <= max(columns):
        raise ValueError("has too few columns")
    written, lat, lon = (row[at].strip() for at in columns)
    code = parse_postcode(written)
    if code is None:
        raise ValueError(f"{written!r} is no postcode")
    if code in known:
        raise ValueError(f"{code} comes twice")
    try:
        point = float(lat), float(lon)
    except ValueError:
        raise ValueError(f"{code} has no point: {lat!r}, {lon!r} are not degrees") from None
    if not in_box(box, point):
        raise _OutsideError(f"{code} lies outside the district: {lat}, {lon}")
    return code, point
