"""Wards to be chosen on a map: each is a checkbox whose label lies on the map, so it needs no script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import hypot

from handlers.web.console.meeting_form import wards_of
from handlers.web.drawing import Ground, ground_of
from handlers.web.visit import Visit
from store.domain.map_view import WIDTH, MapView, box_around
from store.domain.reference import Ward
from store.domain.working_days import london_date

LETTER, BOX, LINE, EDGE, DOT = 8.8, 38.0, 31.0, 4.0, 10.0
"""About how wide a letter of a label is, its checkbox, how tall a label is, what stays free around, and how
large the dot in the middle of a ward is."""
MARGIN_KM = 0.8
"""How far around the middles of wards the map shows, where no outlines are known."""
STEPS = 40
"""So many quarters of a line up and down a label may be moved."""


@dataclass(frozen=True, slots=True)
class WardSpot:
    """A ward on the map: its outline (empty: none is known), its middle, and where its label lies."""

    code: str
    name: str
    path: str
    middle: tuple[float, float]
    x: float
    y: float
    width: float

    @property
    def height(self) -> float:
        """How tall its label is."""
        return LINE

    def covers(self, other: WardSpot) -> bool:
        """Tell whether the labels lie upon each other."""
        apart = self.x + self.width <= other.x or other.x + other.width <= self.x
        return not apart and abs(self.y - other.y) < LINE

    def hides(self, other: WardSpot) -> bool:
        """Tell whether this label lies upon the middle of the other ward."""
        x, y = other.middle
        return self.x - DOT < x < self.x + self.width + DOT and self.y - DOT < y < self.y + LINE + DOT


@dataclass(frozen=True, slots=True)
class WardMap:
    """The ground, without names of its own, and the wards on it by name."""

    ground: Ground
    spots: Sequence[WardSpot]


def ward_map(visit: Visit) -> WardMap:
    """Draw the wards of today."""
    wards = wards_of(visit)
    centres = [(ward.lat, ward.lon) for ward in wards]
    box = None if any(ward.outline for ward in wards) or not wards else box_around(centres, MARGIN_KM)
    ground = ground_of(visit.site, london_date(visit.store.clock.now()), box, tiles=False)
    view, placed = ground.view, list[WardSpot]()
    drawn = [_spot(view, ward) for ward in wards]
    for spot in sorted(drawn, key=lambda one: one.middle[1]):
        placed.append(_free(spot, placed, drawn, view.height))
    return WardMap(replace(ground, labels=(), outlines=()), sorted(placed, key=lambda one: one.name))


def _spot(view: MapView, ward: Ward) -> WardSpot:
    x, y = view.place((ward.lat, ward.lon))
    width = BOX + LETTER * len(ward.name)
    return WardSpot(ward.code, ward.name, view.path(ward.outline), (x, y), x - width / 2, y - LINE / 2, width)


def _free(spot: WardSpot, placed: Sequence[WardSpot], drawn: Sequence[WardSpot], tall: float) -> WardSpot:
    """Return the label as near to its dot as it lies upon no other label and no dot.

    As it is where there is no room.
    """

    def fits(one: WardSpot) -> bool:
        inside = EDGE <= one.x <= WIDTH - one.width - EDGE and EDGE <= one.y <= tall - LINE - EDGE
        return inside and not any(map(one.hides, drawn)) and not any(map(one.covers, placed))

    return next(filter(fits, _around(spot)), spot)


def _around(spot: WardSpot) -> Iterator[WardSpot]:
    """Yield places for a label, the nearest to its dot first: right or left of it, above, beneath."""
    x, y = spot.middle
    sides = (DOT, -spot.width - DOT, -spot.width / 2, -spot.width / 4, -spot.width * 3 / 4)
    heights = [step * LINE / 4 - LINE / 2 for step in range(-STEPS, STEPS + 1)]

    def away(place: tuple[float, float]) -> float:
        across, down = place
        return hypot(max(across, -across - spot.width, 0.0), max(down, -down - LINE, 0.0))

    for across, down in sorted(product(sides, heights), key=away):
        yield replace(spot, x=x + across, y=y + down)
