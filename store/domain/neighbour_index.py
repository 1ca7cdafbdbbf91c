"""Which neighbouring council looks after a place outside the district, as far as that is known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.domain.place import Point, distance_km
from store.domain.reference import Neighbour

# "Canterbury Road" is in Margate, and a sandwich shop in every town.
_NO_TOWN = (
    "road|rd|street|st|lane|ln|avenue|ave|drive|hill|close|way|gardens|crescent|court|terrace|place|"
    "square|grove|mews|shop|bar|van|box|board|house|arms|роуд|стріт|стрит"
)
_INSIDE = "in|at|w|we|v|ve|u|у|в"
_ROMANIAN = "în|din|la"
"""Not before a common word: "deal" is a hill there."""
_BEFORE = f"{_INSIDE}|near|from|to|koło|przy|pri|při|біля|з|из"


class NeighbourIndex:
    """Answers about the neighbours of one profile, by point, postcode and words."""

    def __init__(self, neighbours: Sequence[Neighbour]) -> None:
        self._neighbours = neighbours
        self._outward = {code: neighbour.name for neighbour in neighbours for code in neighbour.outward}
        self._towns = [
            (re.compile(named), neighbour.name)
            for neighbour in neighbours
            for named in (
                *(f"(?i:{_named(town)})" for town in neighbour.towns),
                *map(_named_as_a_town, neighbour.common_word_towns),
            )
        ]
        self._insides = [
            (re.compile(rf"(?i:\b(?:{before})\s+{_named(town)})"), neighbour.name)
            for neighbour in neighbours
            for before, towns in (
                (f"{_INSIDE}|{_ROMANIAN}", neighbour.towns),
                (_INSIDE, neighbour.common_word_towns),
            )
            for town in towns
        ]

    def at_point(self, point: Point) -> str | None:
        """Return the council within whose reach the point is, of several the nearest; None for none."""
        far = [(distance_km(point, (n.lat, n.lon)), n) for n in self._neighbours]
        near = [(km, neighbour.name) for km, neighbour in far if km <= neighbour.reach_km]
        return min(near)[1] if near else None

    def at_postcode(self, code: str) -> str | None:
        """Return the council that looks after the district of a postcode (`CT1 2AA`)."""
        return self._outward.get(code.partition(" ")[0])

    def in_words(self, said: str) -> str | None:
        """Return the council that looks after the first of its towns that is named."""
        return _first(self._towns, said)

    def around_words(self, sentence: str) -> str | None:
        """Return the council of the town in which a sentence says that it was; others in it do not count."""
        return _first(self._insides, sentence)


def _first(towns: Sequence[tuple[re.Pattern[str], str]], said: str) -> str | None:
    found = [(match.start(), name) for town, name in towns if (match := town.search(said))]
    return min(found)[1] if found else None


def _named(town: str) -> str:
    """Return the expression for the name of a town that is not that of a street or a house."""
    name = r"\s+".join(map(re.escape, town.split()))
    return rf"(?<!\w){name}(?!\w)(?!\s+(?i:{_NO_TOWN})\b)"


def _named_as_a_town(town: str) -> str:
    """Return the expression for a town whose name is a common word: "a good deal" is not Deal.

    It is written as a name is, or stands alone between commas, or follows "in" or the like.
    """
    named = _named(town)
    alone = rf"(?:^|[,;\n])\s*{named}\s*(?:$|[,;.\n])"
    return rf"{named}|(?i:{alone}|\b(?:{_BEFORE})\s+{named})"
