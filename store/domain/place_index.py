"""From a point, a postcode or words to a ward: one index, built once for each profile.

Wards change (next in May 2027), so every question about them names a local day. Where outlines of
wards were imported they decide; else the nearest ward centre does, which is right for 81 % of
Thanet's postcodes, with the right one among the nearest three for 97 %.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from store.domain.folded import folded
from store.domain.neighbour_index import NeighbourIndex
from store.domain.outline import contains, in_box, km_from_edge
from store.domain.place import (
    Location,
    Point,
    check_point,
    distance_km,
    find_postcode,
    parse_postcode,
)
from store.domain.reference import Place, Profile, Ward

_KM_PER_DEGREE = 111.0  # of latitude, rounded down so that a cell is never too small
_SMALLEST_CELL_KM = 0.1
CLEARLY_NEAREST = 1.6
"""The nearest centre decides when the next one is at least so many times as far."""
_OFFERED = 3
_STREETS = ("road", "rd", "street", "lane", "ln", "avenue", "ave", "drive", "hill", "close", "way", "gardens")
# "Ramsgate Road" is in Margate: a name before such a word is that of a street, not a place.
_SENTENCE_END = re.compile(r"[.!?\n]+")
_NO_STREET = rf"(?!(?:{'|'.join(folded(word).strip() for word in _STREETS)}) )"


def _sector(postcode: str) -> str:
    return postcode[:-2]


class PlaceIndex:
    """Answers about the places of one profile; the profile's postcodes are `CT9 1AA`."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._neighbours = NeighbourIndex(profile.neighbours)
        self._sectors = {_sector(code) for code in profile.postcodes}
        names = [(folded(name), place) for place in profile.places for name in (place.name, *place.aliases)]
        names.sort(key=lambda item: len(item[0]), reverse=True)
        self._names = [(name, re.compile(re.escape(name) + _NO_STREET), place) for name, place in names]
        self._points = {
            p.name: (p.lat, p.lon) for p in profile.places if p.lat is not None and p.lon is not None
        }
        self._build_grid()

    def _build_grid(self) -> None:
        """Sort postcodes into cells at least `outside_km` wide: only nine can matter to a point."""
        district = self._profile.district
        _, south, _, north = district.box
        narrowest = math.cos(math.radians(max(abs(south), abs(north)) + 0.1))
        self._cell_lat = max(district.outside_km, _SMALLEST_CELL_KM) / _KM_PER_DEGREE
        self._cell_lon = self._cell_lat / narrowest
        self._grid: defaultdict[tuple[int, int], list[Point]] = defaultdict(list)
        for point in self._profile.postcodes.values():
            self._grid[self._cell(point)].append(point)

    def _cell(self, point: Point) -> tuple[int, int]:
        return math.floor(point[0] / self._cell_lat), math.floor(point[1] / self._cell_lon)

    def _near_a_postcode(self, point: Point) -> bool:
        row, column = self._cell(point)
        return any(
            distance_km(point, other) <= self._profile.district.outside_km
            for r in (row, row - 1, row + 1)
            for c in (column, column - 1, column + 1)
            for other in self._grid.get((r, c), ())
        )

    def _is_outside(self, point: Point) -> bool:
        if not in_box(self._profile.district.box, point):
            return True
        # A profile without postcodes has only its box to go by.
        return bool(self._grid) and not self._near_a_postcode(point)

    def nearest_wards(self, lat: float, lon: float, on: date, count: int = _OFFERED) -> tuple[Ward, ...]:
        """Return the `count` wards of that day whose centres are nearest, nearest first.

        Refuses what is no point (`place.not_a_point`).
        """
        check_point(lat, lon)
        wards = self._wards(on)
        wards.sort(key=lambda ward: distance_km((lat, lon), (ward.lat, ward.lon)))
        return tuple(wards[:count])

    def _wards(self, on: date) -> list[Ward]:
        return [
            ward
            for ward in self._profile.wards
            if ward.valid_from <= on and (ward.valid_to is None or on <= ward.valid_to)
        ]

    def uncertain_ward(self, lat: float, lon: float, on: date) -> tuple[Ward, ...]:
        """Return the nearest three wards where it takes a person to say which; none where it is clear.

        It is clear where outlines decide, and where the second-nearest centre is at least
        `CLEARLY_NEAREST` times as far as the nearest. Measured on Thanet's 3,970 postcodes against
        the wards' outlines, 1.6 leaves 61 % clear, of which 95 % are right; the other 39 % are
        asked, with the right ward among the three for 94 %. (1.3 asks 24 % and 91 % of the rest are
        right; 2.0 asks 55 %, and 97 % are.) Refuses `place.not_a_point`.
        """
        nearest = self.nearest_wards(lat, lon, on)
        if len(nearest) <= 1 or self._outlined(lat, lon, on) is not None:
            return ()
        first, second, *_ = (distance_km((lat, lon), (ward.lat, ward.lon)) for ward in nearest)
        return () if second >= CLEARLY_NEAREST * first else nearest

    def _outlined(self, lat: float, lon: float, on: date) -> Ward | None:
        """Return the ward whose outline holds the point; None where outlines leave that open.

        When every ward of the day has one, a point in none of them lies on the beach or in the
        harbour: the nearest outline has it.
        """
        point, wards = (lat, lon), self._wards(on)
        for ward in wards:
            if ward.outline and in_box(ward.box, point) and contains(ward.outline, point):
                return ward
        if wards and all(ward.outline for ward in wards):
            return min(wards, key=lambda ward: km_from_edge(ward.outline, point))
        return None

    def locate_point(self, lat: float, lon: float, on: date) -> Location:
        """Return the ward and its area, or that the point lies outside and by whom.

        Outside is beyond the district's box, or farther than its `outside_km` from every postcode
        (the box holds sea and slivers of other districts). Refuses `place.not_a_point`.
        """
        check_point(lat, lon)
        if not self._is_outside((lat, lon)):
            return self._inside(lat, lon, on)
        return Location(lat=lat, lon=lon, outside=True, neighbour=self._neighbours.at_point((lat, lon)))

    def _inside(self, lat: float, lon: float, on: date) -> Location:
        ward = self._outlined(lat, lon, on)
        if ward is None:
            ward = next(iter(self.nearest_wards(lat, lon, on, count=1)), None)
        if ward is None:
            return Location(lat=lat, lon=lon)
        return Location(lat=lat, lon=lon, ward=ward.code, area=ward.area)

    def locate_postcode(self, text: str, on: date) -> Location | None:
        """Return where a postcode is; None when `text` has not the shape of one.

        One that we do not know lies outside, unless its sector (`CT9 1`) is ours: then it is new,
        and only its words are kept.
        """
        code = parse_postcode(text)
        return None if code is None else self._at_postcode(code, on)

    def _at_postcode(self, code: str, on: date) -> Location:
        point = self._profile.postcodes.get(code)
        if point is None and _sector(code) in self._sectors:
            return Location(words=code)
        if point is None:
            return Location(words=code, outside=True, neighbour=self._neighbours.at_postcode(code))
        return replace(self._inside(*point, on), words=code)

    def locate_words(self, text: str, on: date) -> Location:
        """Return where words point to: a postcode in them, else the first place that they name.

        A town of a neighbour lies outside, but one of our own places counts more; not a landmark such as
        every town has.

        People go from the small to the large ("Minster, Ramsgate"). `words` stays as it was said.
        A landmark without coordinates gives no point, even beside the name of its town: the middle
        of the town would be a false precision. The town's engagement area is kept then.
        """
        said = text.strip()
        code = find_postcode(said)
        if code is not None:
            return replace(self._at_postcode(code, on), words=said)
        named = self._named(said)
        neighbour = None if self._around(named) else self._neighbours.in_words(said)
        if neighbour is not None:
            return Location(words=said, outside=True, neighbour=neighbour)
        points = [self._points[place.name] for place in named if place.name in self._points]
        if not points:
            return Location(words=said)
        found = self._inside(*points[0], on)
        if len(points) < len(named):
            return Location(words=said, area=found.area)
        return replace(found, words=said)

    def neighbour_around(self, said: str, story: str) -> str | None:
        """Return the neighbour in whose town a place of a story is, where its own sentence says so.

        None where the story names a place of ours.
        """
        if self._around(self._named(story)):
            return None
        sentence = next((part for part in _SENTENCE_END.split(story) if said in part), "")
        return self._neighbours.around_words(sentence)

    def wards_around(self, text: str, on: date) -> tuple[Ward, ...]:
        """Return the wards that words without a point may mean: those nearest to what they name."""
        point = self._around(self._named(text))
        nearest = self.nearest_wards(*point, on) if point else ()
        return nearest if len(nearest) > 1 else ()

    def _around(self, named: Sequence[Place]) -> Point | None:
        """Return a point that the named places are at, or else near."""
        names = (*(place.name for place in named), *(place.near for place in named if place.near))
        return next((self._points[name] for name in names if name in self._points), None)

    def _named(self, said: str) -> list[Place]:
        """Return the places named, in the order they are; of names within others only the longest."""
        rest = folded(said)
        found: list[tuple[int, Place]] = []
        for name, whole, place in self._names:
            match = whole.search(rest) if name in rest else None
            if match:
                found.append((match.start(), place))
                rest = whole.sub(f" {'_' * (len(name) - 2)} ", rest)
        return [place for _, place in sorted(found, key=lambda item: item[0])]
