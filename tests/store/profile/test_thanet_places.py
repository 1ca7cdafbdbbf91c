"""Thanet's places are found however residents write them, and its contacts whatever they look for."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from store.domain.contact import ContactKind, of_kind, search
from store.domain.folded import folded
from store.domain.place import Location
from store.domain.place_index import PlaceIndex
from store.domain.reference import Profile
from store.profile.load import load

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def thanet() -> Profile:
    return load("thanet")


@pytest.mark.parametrize(
    ("said", "area"),
    [
        ("margat high street", "margate"),
        ("w Ramsgacie", "ramsgate"),
        ("w Margacie przy dworcu", "margate"),
        ("v Birchingtonu", "birchington"),
        ("у Маргейті", "margate"),
        ("в Рамсгейте", "ramsgate"),
        ("біля станції Бродстерс", "broadstairs"),
        ("Вестґейт", "birchington"),
        ("broad stairs", "broadstairs"),
        ("brodstairs", "broadstairs"),
        ("clifton ville", "margate"),
        ("near dreamland", "margate"),
        ("outside the Turner Contemporary", "margate"),
        ("westwoodcross", "ramsgate"),
        ("Minster, Ramsgate", "birchington"),
        ("the prom in Westgate", "birchington"),
        ("Viking Bay, Broadstairs", "broadstairs"),
        ("Ramsgate Road, Margate", "margate"),
    ],
)
def test_a_place_is_known_however_people_write_it(thanet: Profile, said: str, area: str) -> None:
    assert PlaceIndex(thanet).locate_words(said, DAY).area == area


@pytest.mark.parametrize(
    "said",
    ["the clock tower", "clocktower", "Harbour Arm", "harbor arm", "on the prom", "joss bay", "minnis"],
)
def test_a_landmark_without_a_point_gives_none(thanet: Profile, said: str) -> None:
    found = PlaceIndex(thanet).locate_words(said, DAY)
    assert found == Location(words=said)
    assert any(
        f" {word} " in folded(said)
        for place in thanet.places
        if place.lat is None
        for word in (folded(name).strip() for name in (place.name, *place.aliases))
    )


def test_no_name_stands_for_two_places(thanet: Profile) -> None:
    names = Counter(folded(name) for place in thanet.places for name in (place.name, *place.aliases))
    assert [name for name, count in names.items() if count > 1] == []


def test_every_kind_of_contact_has_something_to_show(thanet: Profile) -> None:
    assert [kind for kind in ContactKind if not of_kind(thanet.contacts, kind)] == []
    landlords = {contact.code for contact in search(thanet.contacts, "landlord", "en", {})}
    assert landlords == {"hyde", "orbit_south", "sanctuary", "southern", "town_country"}
