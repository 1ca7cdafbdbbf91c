"""Which meetings are near somebody, and how far that is for a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from store.domain.meeting import Meeting, MeetingKind, MeetingState
from store.domain.place import Location, distance_km

KM_PER_MILE = 1.609344
WALKING_KM_PER_HOUR = 4.8
DETOUR = 1.3
"""Streets are so much longer than the straight line."""
LONGEST_WALK_MINUTES = 30
STEP_MINUTES = 5
_IN_AREA_KM, _ELSEWHERE_KM = 3.0, 100.0
"""What counts for a meeting whose point, or for somebody whose own, is not known."""


@dataclass(frozen=True, slots=True)
class Far:
    """How far that is: so many minutes on foot, or so many miles where that is too long a walk."""

    minutes: int | None = None
    miles: int | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """A meeting, and how far it is as the crow flies; None where that is not known."""

    meeting: Meeting
    km: float | None = None


def far(km: float) -> Far:
    """Return a distance as a person thinks of it: in steps of five minutes, or in whole miles."""
    steps = round(km * DETOUR / WALKING_KM_PER_HOUR * 60 / STEP_MINUTES)
    minutes = max(1, steps) * STEP_MINUTES
    if minutes <= LONGEST_WALK_MINUTES:
        return Far(minutes=minutes)
    return Far(miles=max(1, round(km * DETOUR / KM_PER_MILE)))


def nearest(meetings: Iterable[Meeting], place: Location, most: int) -> list[Near]:
    """Return the next of each series, and each single meeting, the nearest first.

    `meetings` come in the order of their starts. Where the next of a series is cancelled, so does the
    one after it. One online is near everybody. Only the nearest of those that are cancelled is there: they
    leave room for what takes place.
    """
    following = [Near(meeting, _km(meeting, place)) for meeting in _next_of_each(meetings)]
    following.sort(key=lambda near: (_counted_km(near, place), near.meeting.starts_at))
    off = [near for near in following if near.meeting.state is MeetingState.CANCELLED]
    return [near for near in following if near not in off[1:]][:most]


def _next_of_each(meetings: Iterable[Meeting]) -> Iterable[Meeting]:
    seen: set[str] = set()
    for meeting in meetings:
        series = meeting.series_id or meeting.id
        if series not in seen:
            yield meeting
        if meeting.state is not MeetingState.CANCELLED:
            seen.add(series)


def _km(meeting: Meeting, place: Location) -> float | None:
    venue = meeting.facts.venue
    if venue.lat is None or venue.lon is None or place.lat is None or place.lon is None:
        return None
    if meeting.facts.kind is MeetingKind.ONLINE:
        return None
    return distance_km((venue.lat, venue.lon), (place.lat, place.lon))


def _counted_km(near: Near, place: Location) -> float:
    if near.km is not None:
        return near.km
    facts = near.meeting.facts
    everywhere = facts.kind is MeetingKind.ONLINE or facts.area is None
    return _IN_AREA_KM if everywhere or facts.area == place.area else _ELSEWHERE_KM
