"""What is different about a meeting after a change, in plain words and for those who must hear of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from store.domain.meeting import ACCESS_LABELS, KIND_LABELS, MINUTE, MeetingFacts, Venue, packed
from store.domain.recurrence import local_of

NOTHING = "none"
_NOON = 12


@dataclass(frozen=True, slots=True)
class Change:
    """`words` say before and after; `before` and `after` hold what differs, as plain JSON values.

    `tells` says whether whoever knew of the meeting must hear of it.
    """

    words: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    tells: bool


def change(
    starts: tuple[datetime, datetime], before: MeetingFacts, after: MeetingFacts, names: Mapping[str, str]
) -> Change | None:
    """Return what differs, where the start goes from one to the other; None when nothing does.

    `names` are those of areas and wards, by code; a place without one is called by its code.
    """
    was = {"starts_at": starts[0].isoformat(), **packed(before)}
    is_ = {"starts_at": starts[1].isoformat(), **packed(after)}
    differ = [name for name in was if was[name] != is_[name]]
    if not differ:
        return None
    words = [*_start(starts), *_told(_named(before, names), _named(after, names))]
    told = not _TELLING.isdisjoint(differ)
    return Change(
        "; ".join(words), {name: was[name] for name in differ}, {name: is_[name] for name in differ}, told
    )


_TELLING = frozenset({"starts_at", "lasts", "venue", "kind", "join_link"})
"""When, where and how: what makes somebody come to the wrong place or time."""


def when(instant: datetime) -> str:
    """Return an instant on London's clocks: `Tue 1 Dec 2026, 6:30pm`."""
    local = local_of(instant)
    minutes = f":{local:%M}" if local.minute else ""
    clock = f"{local.hour % _NOON or _NOON}{minutes}{'pm' if local.hour >= _NOON else 'am'}"
    return f"{local:%a} {local.day} {local:%b %Y}, {clock}"


def _start(starts: tuple[datetime, datetime]) -> Iterator[str]:
    if starts[0] != starts[1]:
        yield _arrow("Start", when(starts[0]), when(starts[1]))


def _named(facts: MeetingFacts, names: Mapping[str, str]) -> MeetingFacts:
    area = names.get(facts.area, facts.area) if facts.area is not None else None
    return replace(facts, area=area, wards=tuple(names.get(ward, ward) for ward in facts.wards))


def _told(before: MeetingFacts, after: MeetingFacts) -> Iterator[str]:
    for label, told in _LABELS.items():
        was, is_ = told(before), told(after)
        if was != is_:
            yield _arrow(label, was, is_)


def _arrow(label: str, was: str, is_: str) -> str:
    return f"{label}: {was or NOTHING} → {is_ or NOTHING}"


def _minutes(length: timedelta) -> str:
    return f"{length // MINUTE} minutes"


def _point(venue: Venue) -> str:
    return f"{venue.lat:.5f}, {venue.lon:.5f}" if venue.lat is not None and venue.lon is not None else ""


def _access(venue: Venue) -> str:
    return ", ".join(label for code, label in ACCESS_LABELS.items() if code in venue.access)


_LABELS: Mapping[str, Callable[[MeetingFacts], str]] = MappingProxyType(
    {
        "Title": lambda facts: facts.title,
        "Area": lambda facts: facts.area or "",
        "Wards": lambda facts: ", ".join(facts.wards),
        "How": lambda facts: KIND_LABELS[facts.kind],
        "Length": lambda facts: _minutes(facts.lasts),
        "Doors open before": lambda facts: _minutes(facts.doors_before),
        "Venue": lambda facts: facts.venue.name,
        "Address": lambda facts: facts.venue.address,
        "Point": lambda facts: _point(facts.venue),
        "Access": lambda facts: _access(facts.venue),
        "More on access": lambda facts: facts.venue.access_note,
        "Joining link": lambda facts: facts.join_link or "",
        "Places": lambda facts: str(facts.capacity or ""),
        "Chair": lambda facts: facts.chair,
        "About": lambda facts: facts.about,
    }
)
