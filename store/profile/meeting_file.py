"""Reads meetings from CSV: a line each."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from store.domain.meeting import MINUTE, MeetingFacts, Venue
from store.domain.meeting_entry import ReadMeetings, Single
from store.profile.meeting_words import Words, access, drafted, kind, moment, whole
from store.profile.spot import Spot

NEEDED = ("title", "date", "start")
"""The columns that must be there, besides `end` or `minutes`."""
_OTHERS = (
    *("end", "minutes", "area", "wards", "kind", "venue", "address", "lat", "lon", "access", "access_note"),
    *("chair", "link", "capacity", "doors", "about", "uid"),
)
COLUMNS = frozenset((*NEEDED, *_OTHERS))
Cells = Mapping[str, str]


def read_csv(path: Path, words: Words) -> ReadMeetings:
    """Return the meetings of a CSV file. `ProfileError` where it cannot be read or lacks a column."""
    spot = Spot(path.name)
    found: list[Single] = []
    refused: list[str] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, restkey="", restval="")
            rows.fieldnames = _columns([name.strip().casefold() for name in rows.fieldnames or ()], spot)
            for row in rows:
                cells = {name: (value or "").strip() for name, value in row.items() if name}
                if any(cells.values()):
                    try:
                        found.append(_single(f"line {rows.line_num}", cells, words))
                    except ValueError as problem:
                        refused.append(f"line {rows.line_num}: {problem}")
    except (OSError, UnicodeDecodeError, csv.Error) as exc:
        raise spot.error(f"cannot be read: {exc}") from exc
    return ReadMeetings(tuple(found), refused=tuple(refused))


def _columns(names: list[str], spot: Spot) -> list[str]:
    missing = [name for name in NEEDED if name not in names]
    if missing or not {"end", "minutes"} & set(names):
        lacking = ", ".join(missing or ["end", "minutes"])
        raise spot.error(f"has no column {lacking}; its columns are: {', '.join(names)}")
    unknown = [name for name in names if name and name not in COLUMNS]
    if unknown:
        raise spot.error(f"has columns that mean nothing here: {', '.join(unknown)}")
    return names


def _single(where: str, cells: Cells, words: Words) -> Single:
    start = moment(cells["date"], cells["start"])
    told = cells.get
    venue = Venue(
        told("venue", ""),
        told("address", ""),
        _degrees(told("lat", "")),
        _degrees(told("lon", "")),
        access(told("access", "")),
        told("access_note", ""),
    )
    venue, area = words.placed(venue, words.area(told("area", "")))
    facts = MeetingFacts(
        title=cells["title"],
        area=area,
        kind=kind(told("kind", "")),
        lasts=_length(cells, start),
        wards=words.wards(told("wards", "")),
        venue=venue,
        about=told("about", ""),
        chair=told("chair", ""),
        join_link=told("link", "") or None,
        capacity=whole(told("capacity", ""), "places"),
        doors_before=(whole(told("doors", ""), "minutes") or 0) * MINUTE,
    )
    return Single(where, start, drafted(facts), told("uid", "") or None)


def _length(cells: Cells, start: datetime) -> timedelta:
    """Return how long it lasts; an end before the start is on the next day."""
    minutes = whole(cells.get("minutes", ""), "minutes")
    if minutes is not None:
        return minutes * MINUTE
    if not cells.get("end"):
        raise ValueError("has no end and no minutes")
    lasts = moment(cells["date"], cells["end"]) - start
    return lasts if lasts > timedelta() else lasts + timedelta(days=1)


def _degrees(said: str) -> float | None:
    try:
        return float(said) if said else None
    except ValueError:
        raise ValueError(f"{said!r} are no degrees") from None
