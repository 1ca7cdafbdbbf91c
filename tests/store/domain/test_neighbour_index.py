"""Which neighbour looks after a place outside: named only where that is known."""

from __future__ import annotations

from datetime import date

import pytest

from store.domain.neighbour_index import NeighbourIndex
from store.domain.place import Location
from store.domain.place_index import PlaceIndex
from store.domain.reference import Profile
from store.profile.load import load

TODAY = date(2026, 11, 23)
CANTERBURY, DOVER = "Canterbury City Council", "Dover District Council"


@pytest.fixture(scope="module")
def thanet() -> Profile:
    return load("thanet")


@pytest.fixture(scope="module")
def places(thanet: Profile) -> PlaceIndex:
    return PlaceIndex(thanet)


@pytest.mark.parametrize(
    ("place", "point", "name"),
    [
        ("Canterbury", (51.2787, 1.0789), CANTERBURY),
        ("Whitstable", (51.3607, 1.0257), CANTERBURY),
        ("Reculver", (51.3795, 1.1995), CANTERBURY),
        ("Sandwich", (51.2740, 1.3400), DOVER),
        ("Deal", (51.2230, 1.4040), DOVER),
        ("Faversham, of Swale", (51.3150, 0.8890), None),
        ("Folkestone", (51.0810, 1.1660), None),
        ("London", (51.5072, -0.1276), None),
        ("the sea", (51.4600, 1.4000), None),
    ],
)
def test_a_point_names_the_neighbour_only_within_its_reach(
    places: PlaceIndex, place: str, point: tuple[float, float], name: str | None
) -> None:
    found = places.locate_point(*point, TODAY)
    assert (place, found.outside, found.neighbour) == (place, True, name)


@pytest.mark.parametrize(
    ("postcode", "name"),
    [("CT1 2AA", CANTERBURY), ("CT6 5AA", CANTERBURY), ("ct13 9aa", DOVER), ("SW1A 1AA", None)],
)
def test_a_postcode_outside_names_the_neighbour_of_its_district(
    places: PlaceIndex, postcode: str, name: str | None
) -> None:
    found = places.locate_words(f"near {postcode}", TODAY)
    assert (found.outside, found.neighbour) == (True, name)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Canterbury", CANTERBURY),
        ("canterbury bus station", CANTERBURY),
        ("near Dover castle", DOVER),
        ("Deal pier", DOVER),
        ("deal pier, in deal", DOVER),
        ("the High Street in herne bay", CANTERBURY),
        ("WHITSTABLE", CANTERBURY),
        ("by the castle, Dover, Kent", DOVER),
        ("deal", DOVER),
        ("On the pier at Deal", DOVER),
        ("the quay, sandwich", DOVER),
        ("from Dover to Canterbury", DOVER),
        ("outside tesco in canterbury", CANTERBURY),
        ("in Herne Bay near the clock tower", CANTERBURY),
        ("on the prom in deal", DOVER),
        ("w Canterbury", CANTERBURY),
        ("v Doveru u přístavu", DOVER),
        ("în Whitstable", CANTERBURY),
        ("у Кентербері", CANTERBURY),
        ("w sandwich, koło lidla", DOVER),
    ],
)
def test_a_town_of_a_neighbour_is_known_by_its_name(places: PlaceIndex, said: str, name: str) -> None:
    assert places.locate_words(said, TODAY) == Location(said, outside=True, neighbour=name)


@pytest.mark.parametrize(
    "said",
    [
        "Canterbury Road",
        "12 canterbury rd",
        "near Dover Street",
        "a great deal of it",
        "deal pier",
        "where they deal drugs",
        "the Sandwich shop by the lights",
        "at the sandwich bar",
        "in Dealing Lane",
        "by the sea",
        "Sandwich Road",
        "Кентербері Роуд",
        "pe drumul din deal",
    ],
)
def test_what_only_looks_like_a_neighbours_town_is_not_outside(places: PlaceIndex, said: str) -> None:
    assert places.locate_words(said, TODAY) == Location(said)


@pytest.mark.parametrize(
    "said", ["Canterbury Road, Margate", "Dover Street Margate", "Joss Bay, not Deal pier"]
)
def test_a_place_of_ours_beside_such_a_name_is_inside(places: PlaceIndex, said: str) -> None:
    assert not places.locate_words(said, TODAY).outside


@pytest.mark.parametrize(
    ("said", "story", "name"),
    [
        ("outside tesco", "Lads drink outside tesco in canterbury every night", CANTERBURY),
        ("near the pier", "Awful noise. In Deal men shout near the pier!", DOVER),
        ("lângă gară", "Scandal în Canterbury lângă gară", CANTERBURY),
        ("Біля магазину", "Біля магазину Теско у Кентербері", CANTERBURY),
        ("outside tesco", "My son works in Canterbury. Lads drink outside tesco", None),
        ("outside tesco", "The Canterbury lads drink outside tesco", None),
        ("outside tesco", "They came from Dover, outside tesco in Margate", None),
        ("pe drum", "gunoi pe drum în deal", None),
    ],
)
def test_the_sentence_of_a_place_may_name_its_town(
    places: PlaceIndex, said: str, story: str, name: str | None
) -> None:
    assert places.neighbour_around(said, story) == name


def test_a_place_of_ours_counts_more_than_a_neighbours_town(places: PlaceIndex) -> None:
    found = places.locate_words("on the bus from Sandwich to Ramsgate", TODAY)
    assert (found.outside, found.area) == (False, "ramsgate")


def test_a_district_without_neighbours_names_nobody() -> None:
    alone = NeighbourIndex(())
    assert (alone.at_point((52.0, 0.0)), alone.at_postcode("CT1 2AA"), alone.in_words("Dover")) == (
        None,
        None,
        None,
    )
