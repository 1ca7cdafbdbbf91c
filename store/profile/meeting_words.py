"""What the cells and lines of a file of meetings mean: areas, kinds, times; and where a venue is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, time

from store.domain.errors import Refusal
from store.domain.meeting import (
    ACCESS_LABELS,
    KIND_LABELS,
    Access,
    MeetingFacts,
    MeetingKind,
    Venue,
    checked_draft,
)
from store.domain.place_index import PlaceIndex
from store.domain.reference import Profile

_BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_WRONG: Mapping[str, str] = {
    "meeting.needs_title": "has no title",
    "meeting.too_long": "has words that are too long",
    "meeting.needs_length": "has no length, or one over 24 hours",
    "meeting.bad_link": "has a joining link that does not begin with https://",
    "meeting.bad_capacity": "has places for nobody",
    "meeting.bad_rule": "comes back in a way that a series cannot",
    "meeting.no_dates": "has no date to come",
}


class Words:
    """Reads words by the reference data of the moment. Each `ValueError` says what is wrong."""

    def __init__(self, profile: Profile, today: date) -> None:
        self._areas = {
            name.casefold(): area.code for area in profile.areas for name in (area.code, area.name)
        }
        self._wards = {
            name.casefold(): ward.code for ward in profile.wards for name in (ward.code, ward.name)
        }
        self._places = PlaceIndex(profile)
        self._today = today

    def area(self, said: str) -> str | None:
        """Return the code of an area, None for no words."""
        if not said:
            return None
        if said.casefold() not in self._areas:
            raise ValueError(f"{said!r} is no area")
        return self._areas[said.casefold()]

    def known_area(self, named: Collection[str]) -> str | None:
        """Return the first area among these words, if there is one."""
        return next((self._areas[one.casefold()] for one in named if one.casefold() in self._areas), None)

    def wards(self, said: str) -> tuple[str, ...]:
        """Return the codes of wards, separated by semicolons."""
        names = [one.strip() for one in said.split(";") if one.strip()]
        unknown = next((one for one in names if one.casefold() not in self._wards), None)
        if unknown is not None:
            raise ValueError(f"{unknown!r} is no ward")
        return tuple(dict.fromkeys(self._wards[one.casefold()] for one in names))

    def placed(self, venue: Venue, area: str | None) -> tuple[Venue, str | None]:
        """Return the venue with the point of its address, and the area that lies in if none is given."""
        if venue.lat is not None and venue.lon is not None:
            found = self._places.locate_point(venue.lat, venue.lon, self._today)
            return venue, area or found.area
        for words in (venue.address, venue.name):
            found = self._places.locate_words(words, self._today)
            if found.lat is not None and not found.outside:
                return replace(venue, lat=found.lat, lon=found.lon), area or found.area
        return venue, area


def kind(said: str) -> MeetingKind:
    """Return how people take part, by its code or label; in person for no words."""
    wanted = said.casefold() or MeetingKind.IN_PERSON.value
    found = next((one for one, label in KIND_LABELS.items() if wanted in {one.value, label.casefold()}), None)
    if found is None:
        raise ValueError(f"{said!r} is no way to take part: {', '.join(MeetingKind)}")
    return found


def access(said: str) -> frozenset[Access]:
    """Return what a venue has, by codes or labels that semicolons separate."""
    by_name = {name.casefold(): one for one, label in ACCESS_LABELS.items() for name in (one.value, label)}
    names = [one.strip() for one in said.split(";") if one.strip()]
    unknown = next((one for one in names if one.casefold() not in by_name), None)
    if unknown is not None:
        raise ValueError(f"{unknown!r} is nothing a venue has: {', '.join(Access)}")
    return frozenset(by_name[one.casefold()] for one in names)


def moment(day: str, clock: str) -> datetime:
    """Return a day (2026-12-01 or 01/12/2026) and time (18:30), as London's clocks show it."""
    british = _BRITISH.fullmatch(day)
    try:
        on = date(int(british[3]), int(british[2]), int(british[1])) if british else date.fromisoformat(day)
        at = time.fromisoformat(clock).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise ValueError(f"{day!r} {clock!r} is no day and time, such as 2026-12-01 18:30") from None
    return datetime.combine(on, at)


def whole(said: str, what: str) -> int | None:
    """Return a whole number, None for no words."""
    if not said:
        return None
    if not (said.isascii() and said.isdigit()):
        raise ValueError(f"{said!r} is no number of {what}")
    return int(said)


def drafted(facts: MeetingFacts) -> MeetingFacts:
    """Return the facts if a draft can be made of them."""
    try:
        return checked_draft(facts)
    except Refusal as refusal:
        raise ValueError(wrong(refusal)) from refusal


def wrong(refusal: Refusal) -> str:
    """Return in words why a row is refused."""
    return _WRONG.get(refusal.key, refusal.key)
