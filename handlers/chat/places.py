"""What words and points say about the place of an incident, as an answer of a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from handlers.chat.turn import Turn
from store.domain.place import Location, find_postcode
from store.domain.working_days import london_date
from store.engine import now


def at_point(turn: Turn, lat: float, lon: float, words: str) -> dict[str, Any]:
    """Return a shared place as the answer to "where". Refuses `place.not_a_point`."""
    found = turn.reference.places.locate_point(lat, lon, london_date(now(turn.session)))
    return _answer(turn, replace(found, words=words))


def in_words(turn: Turn, said: str, around: str = "") -> dict[str, Any]:
    """Return words as the answer to "where"; a postcode or a neighbour's town in the story `around` helps."""
    places, day = turn.reference.places, london_date(now(turn.session))
    found = places.locate_words(said, day)
    postcode = find_postcode(around)
    if found.lat is None and postcode:
        found = replace(places.locate_words(postcode, day), words=said)
    elif found.lat is None and found.area is None and not found.outside:
        neighbour = places.neighbour_around(said, around)
        found = replace(found, outside=neighbour is not None, neighbour=neighbour)
    return _answer(turn, found)


def _answer(turn: Turn, found: Location) -> dict[str, Any]:
    """Return the answer; where the ward is not clear, with those it may be."""
    answer = asdict(found)
    if found.outside:
        return answer
    places, day = turn.reference.places, london_date(now(turn.session))
    if found.lat is None or found.lon is None:
        wards = places.wards_around(found.words, day)
    else:
        wards = places.uncertain_ward(found.lat, found.lon, day)
    return answer | {"wards": [ward.code for ward in wards]} if wards else answer


def outside(turn: Turn, answer: Mapping[str, Any]) -> list[str]:
    """Return what to say of a place that is not ours, or not known: never a refusal."""
    if not answer["outside"]:
        code = find_postcode(answer["words"]) if answer["lat"] is None else None
        return [turn.words("place.unknown_postcode", postcode=code)] if code else []
    district = turn.reference.profile.district.name
    if answer["neighbour"]:
        return [turn.words("place.outside", district=district, neighbour=answer["neighbour"])]
    return [turn.words("place.outside_unknown", district=district)]
