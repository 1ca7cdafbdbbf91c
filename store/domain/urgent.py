"""Urgent alerts: campaigns that go ahead of everything but replies, where two people agree.

They are what the plan calls dynamic and reactive: severe weather, flooding, a rise in violence, public
health. An alert comes at once to whoever wants digests; it breaks quiet hours only where both who let it
go out marked danger to life.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self

from store.domain.errors import Refusal
from store.domain.outline import Outline, contains, km_from_edge
from store.domain.place import Point, distance_km
from store.domain.reference import Ward

TEXT_MAX_CHARACTERS = 600
"""It is read in the street, and perhaps in a storm."""
GOOD_FOR_HOURS = 12
MOST_HOURS = 72
NEAR_METRES = 500
NEAREST_METRES, FARTHEST_METRES = 50, 20_000
_TITLE_CHARACTERS = 80


class UrgentKind(StrEnum):
    """What it is about: the occasions that the plan's addendum names."""

    SEVERE_WEATHER = "severe_weather"
    FLOODING = "flooding"
    VIOLENCE = "violence"
    PUBLIC_HEALTH = "public_health"


KIND_LABELS: Mapping[UrgentKind, str] = MappingProxyType(
    {
        UrgentKind.SEVERE_WEATHER: "Severe weather",
        UrgentKind.FLOODING: "Flooding",
        UrgentKind.VIOLENCE: "Rise in violence",
        UrgentKind.PUBLIC_HEALTH: "Public health",
    }
)


@dataclass(frozen=True, slots=True)
class Urgent:
    """What makes a campaign an urgent alert. `danger`: its author marked danger to life.

    `follows` is the id of the alert that began a chain, where this is not the first of it: whoever got any
    alert of the chain, and nobody else, gets it. `all_clear`: it says that the danger is over.
    """

    kind: UrgentKind
    danger: bool = False
    follows: str | None = None
    all_clear: bool = False

    @property
    def heading(self) -> str:
        """The key of the line above its words."""
        if self.follows is None:
            return f"urgent.{self.kind.value}"
        return "urgent.all_clear" if self.all_clear else "urgent.update"

    @classmethod
    def unpacked(cls, told: Mapping[str, Any] | None) -> Self | None:
        """Return it from plain values; None from none: then it is no alert."""
        return cls(**{**told, "kind": UrgentKind(told["kind"])}) if told else None


@dataclass(frozen=True, slots=True)
class Reach:
    """How many an alert would reach now. `asleep` of the `people` wait for the end of their quiet hours.

    `late` of those never get it: by then it is over. `ahead` messages go before it.
    """

    people: int
    asleep: int = 0
    late: int = 0
    ahead: int = 0

    @property
    def at_once(self) -> int:
        """How many get it as fast as we may send."""
        return self.people - self.asleep

    def time_for(self, people: int, per_second: int) -> timedelta:
        """Return how long it takes until the last of so many people has it."""
        return timedelta(seconds=math.ceil((self.ahead + people) / max(1, per_second)))


def in_words(took: timedelta) -> str:
    """Return a time span as it is said: `Less than a minute`, `About 12 minutes`, `About 2 hours`."""
    minutes = math.ceil(took / timedelta(minutes=1))
    if took < timedelta(minutes=1):
        return "Less than a minute"
    if minutes < 2 * 60:
        return f"About {minutes} minute{'' if minutes == 1 else 's'}"
    return f"About {math.ceil(minutes / 60)} hours"


def check(text_lengths: Iterable[int], good_for: timedelta) -> None:
    """Refuse (`campaign.too_long`, `urgent.bad_hours`) what is too long to be urgent."""
    if max(text_lengths, default=0) > TEXT_MAX_CHARACTERS:
        raise Refusal("campaign.too_long", maximum=TEXT_MAX_CHARACTERS)
    if not timedelta(hours=1) <= good_for <= timedelta(hours=MOST_HOURS):
        raise Refusal("urgent.bad_hours", most=MOST_HOURS)


def title_of(urgent: Urgent, text: str) -> str:
    """Return the name under which staff find an alert: its kind, and how its words begin."""
    begins = " ".join(text.split())
    short = begins if len(begins) <= _TITLE_CHARACTERS else f"{begins[: _TITLE_CHARACTERS - 1]}…"
    return f"{KIND_LABELS[urgent.kind]}: {short}"


def wards_within(
    wards: Sequence[Ward], postcodes: Iterable[Point], point: Point, metres: int
) -> frozenset[str]:
    """Return the codes of the wards that lie within so many metres of a point, wholly or in part.

    A ward without an outline does where it is the nearest (by its centre) to the point, or to a postcode
    so near to it. Refusal: `urgent.bad_metres` outside 50 m to 20 km.
    """
    if not NEAREST_METRES <= metres <= FARTHEST_METRES:
        raise Refusal("urgent.bad_metres", least=NEAREST_METRES, most=FARTHEST_METRES)
    found = {ward.code for ward in wards if ward.outline and _km_to(ward.outline, point) * 1_000 <= metres}
    bare = [ward for ward in wards if not ward.outline]
    near = [point, *(one for one in postcodes if distance_km(one, point) * 1_000 <= metres)]
    for one in near if bare else ():
        found.add(min(bare, key=lambda ward: distance_km((ward.lat, ward.lon), one)).code)
    return frozenset(found)


def _km_to(outline: Outline, point: Point) -> float:
    return 0.0 if contains(outline, point) else km_from_edge(outline, point)
