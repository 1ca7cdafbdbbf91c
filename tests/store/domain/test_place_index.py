from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.errors import Refusal
from store.domain.place import Location, distance_km
from store.domain.place_index import PlaceIndex
from store.domain.reference import Place, Profile
from tests.store.domain.small_profile import DISTRICT, SMALL, WARDS_CHANGE

TODAY = date(2026, 11, 23)
INDEX = PlaceIndex(SMALL)


def test_a_point_gets_the_nearest_ward_and_its_area() -> None:
    assert INDEX.locate_point(51.3870, 1.3830, TODAY) == Location(
        lat=51.3870, lon=1.3830, ward="margate-central", area="margate"
    )


def test_the_nearest_wards_come_nearest_first() -> None:
    wards = INDEX.nearest_wards(51.3870, 1.3830, TODAY)
    assert [ward.code for ward in wards] == ["margate-central", "cliftonville-west", "eastcliff"]


def test_a_ward_counts_only_while_it_exists() -> None:
    last_day = WARDS_CHANGE - timedelta(days=1)
    assert INDEX.locate_point(51.3870, 1.3830, last_day).ward == "margate-central"
    assert INDEX.locate_point(51.3870, 1.3830, WARDS_CHANGE).ward == "cliftonville-west"
    before_all = INDEX.locate_point(51.3870, 1.3830, date(2000, 1, 1))
    assert before_all == Location(lat=51.3870, lon=1.3830)


def test_a_point_beyond_the_box_is_outside_with_the_neighbours_name() -> None:
    assert INDEX.locate_point(51.2800, 1.0800, TODAY) == Location(
        lat=51.2800, lon=1.0800, outside=True, neighbour="Canterbury City Council"
    )


def test_a_point_in_the_box_far_from_every_postcode_is_outside() -> None:
    assert INDEX.locate_point(51.3100, 1.3000, TODAY).neighbour == "Dover District Council"


def test_outside_without_known_neighbours_names_nobody() -> None:
    alone = PlaceIndex(replace(SMALL, neighbours=()))
    assert alone.locate_point(52.0, 0.0, TODAY) == Location(lat=52.0, lon=0.0, outside=True)


def test_without_postcodes_the_box_alone_decides() -> None:
    bare = PlaceIndex(replace(SMALL, postcodes={}))
    assert not bare.locate_point(51.3100, 1.3000, TODAY).outside
    assert bare.locate_point(51.3000, 1.3000, TODAY).outside


def test_what_is_no_point_is_refused() -> None:
    with pytest.raises(Refusal, match=r"place\.not_a_point"):
        INDEX.locate_point(151.0, 1.3, TODAY)
    with pytest.raises(Refusal, match=r"place\.not_a_point"):
        INDEX.nearest_wards(51.0, float("nan"), TODAY)


@given(
    st.lists(st.tuples(st.floats(51.308, 51.394), st.floats(1.211, 1.449)), min_size=1, max_size=20),
    st.tuples(st.floats(51.309, 51.393), st.floats(1.212, 1.448)),
    st.sampled_from([0.3, 1.0, 2.5]),
)
def test_the_grid_agrees_with_measuring_every_postcode(
    postcodes: list[tuple[float, float]], point: tuple[float, float], outside_km: float
) -> None:
    known = {str(n): postcode for n, postcode in enumerate(postcodes)}
    district = replace(DISTRICT, outside_km=outside_km)
    index = PlaceIndex(replace(SMALL, postcodes=known, district=district))
    far = all(distance_km(point, postcode) > outside_km for postcode in postcodes)
    assert index.locate_point(*point, TODAY).outside == far


def test_a_point_among_four_thousand_postcodes_measures_only_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(7)
    many = {str(n): (dice.uniform(51.31, 51.39), dice.uniform(1.22, 1.44)) for n in range(4000)}
    index = PlaceIndex(replace(SMALL, postcodes=many))
    measured = 0

    def counting(a: tuple[float, float], b: tuple[float, float]) -> float:
        nonlocal measured
        measured += 1
        return distance_km(a, b)

    monkeypatch.setattr("store.domain.place_index.distance_km", counting)
    assert not index.locate_point(51.35, 1.33, TODAY).outside
    assert measured < 400


def test_a_known_postcode_gives_its_ward() -> None:
    assert INDEX.locate_postcode("ct91aa", TODAY) == Location(
        words="CT9 1AA", lat=51.3880, lon=1.3830, ward="margate-central", area="margate"
    )


def test_a_postcode_of_somewhere_else_is_outside_without_coordinates() -> None:
    assert INDEX.locate_postcode("CT1 1AA", TODAY) == Location(words="CT1 1AA", outside=True)


def test_a_new_postcode_of_a_sector_of_ours_is_kept_as_words() -> None:
    assert INDEX.locate_postcode("CT9 1ZZ", TODAY) == Location(words="CT9 1ZZ")


def test_what_is_no_postcode_is_nowhere() -> None:
    assert INDEX.locate_postcode("by the pier", TODAY) is None


@pytest.mark.parametrize(
    ("said", "ward"),
    [
        ("behind the shop in CT9 2AB in Ramsgate", "cliftonville-west"),
        ("somewhere in MARGATE", "margate-central"),
        ("near st peters church", "cliftonville-west"),
        ("near St Peter\u2019s church", "cliftonville-west"),
        ("on the sands", "eastcliff"),
        ("Ramsgate main-sands", "eastcliff"),
        ("Ramsgate", "eastcliff"),
        ("Margate\u2019s beach, in Margates", "margate-central"),
        ("w Râmsgacie", "eastcliff"),
        ("Ramsgate Road, Margate", "margate-central"),
    ],
)
def test_words_lead_to_a_postcode_or_a_name(said: str, ward: str) -> None:
    found = INDEX.locate_words(f"  {said} ", TODAY)
    assert (found.words, found.ward) == (said, ward)


def test_the_longest_name_wins_over_a_shorter_one_in_it() -> None:
    assert INDEX.locate_words("Ramsgate Main Sands", TODAY).lon == 1.4220


@pytest.mark.parametrize(
    "said", ["outside number 4", "in Margateville", "Ramsgate Road", "near Dreamland", ""]
)
def test_words_that_name_no_known_point_stay_words(said: str) -> None:
    assert INDEX.locate_words(said, TODAY) == Location(words=said)


@pytest.mark.parametrize("said", ["Dreamland, Margate", "Margate, near dreamlands"])
def test_a_landmark_without_a_point_keeps_the_area_of_its_town_and_no_more(said: str) -> None:
    assert INDEX.locate_words(said, TODAY) == Location(words=said, area="margate")


@pytest.mark.parametrize("said", ["Dreamland, Margate", "by the bandstand"])
def test_words_without_a_point_offer_the_wards_around_what_they_name(said: str) -> None:
    index = PlaceIndex(replace(SMALL, places=(*SMALL.places, Place("Bandstand", near="Margate"))))
    wards = [ward.code for ward in index.wards_around(said, TODAY)]
    assert wards == ["margate-central", "cliftonville-west", "eastcliff"]


@pytest.mark.parametrize("said", ["Dreamland", "number 4", "Dreamland, Margate"])
def test_no_ward_is_offered_for_what_may_be_anywhere_nor_where_there_is_no_choice(said: str) -> None:
    alone = PlaceIndex(replace(SMALL, wards=SMALL.wards[:1]))
    assert alone.wards_around(said, TODAY) == ()


def test_people_go_from_the_small_to_the_large() -> None:
    assert INDEX.locate_words("St Peter's, Ramsgate", TODAY).lat == 51.3667
    assert INDEX.locate_words("Ramsgate, St Peter's end", TODAY).lat == 51.3357


def test_words_with_a_foreign_postcode_are_outside_and_kept() -> None:
    found = INDEX.locate_words("my shop at CT1 1AA", TODAY)
    assert found == Location(words="my shop at CT1 1AA", outside=True)


def outlined(*codes: str) -> Profile:
    """The profile with a square kilometre or so around the centres of these wards."""
    wards = []
    for ward in SMALL.wards:
        south, north = ward.lat - 0.004, ward.lat + 0.004
        west, east = ward.lon - 0.004, ward.lon + 0.004
        ring = ((south, west), (south, east), (north, east), (north, west))
        box = (west, south, east, north)
        wards.append(replace(ward, outline=(ring,), box=box) if ward.code in codes else ward)
    return replace(SMALL, wards=tuple(wards))


ALL_WARDS = tuple(ward.code for ward in SMALL.wards)
BETWEEN = (51.3878, 1.3886)
"""Nearly as far from Margate Central as from Cliftonville West."""


def test_an_outline_decides_before_the_nearest_centre() -> None:
    east_of_the_middle = (51.3886, 1.3902)
    assert INDEX.locate_point(*east_of_the_middle, TODAY).ward == "cliftonville-west"
    index = PlaceIndex(outlined("margate-central"))
    inside = (51.3870, 1.3873)
    assert index.locate_point(*inside, TODAY).ward == "margate-central"
    assert index.locate_point(*east_of_the_middle, TODAY).ward == "cliftonville-west"


def test_a_point_on_the_beach_belongs_to_the_nearest_outline_if_all_have_one() -> None:
    index = PlaceIndex(outlined(*ALL_WARDS))
    assert index.locate_point(51.3915, 1.3834, TODAY).ward == "margate-central"


def test_between_two_centres_the_nearest_three_are_offered() -> None:
    wards = [ward.code for ward in INDEX.uncertain_ward(*BETWEEN, TODAY)]
    assert wards == ["margate-central", "cliftonville-west", "eastcliff"]


def test_nobody_is_asked_where_one_centre_is_clearly_nearest() -> None:
    assert INDEX.uncertain_ward(51.3870, 1.3830, TODAY) == ()


def test_nobody_is_asked_where_outlines_decide() -> None:
    assert PlaceIndex(outlined(*ALL_WARDS)).uncertain_ward(*BETWEEN, TODAY) == ()


def test_nobody_is_asked_where_there_is_no_choice() -> None:
    alone = PlaceIndex(replace(SMALL, wards=SMALL.wards[:1]))
    assert alone.uncertain_ward(*BETWEEN, TODAY) == ()
    assert INDEX.uncertain_ward(*BETWEEN, date(2000, 1, 1)) == ()


def test_what_is_no_point_has_no_wards_to_offer() -> None:
    with pytest.raises(Refusal, match=r"place\.not_a_point"):
        INDEX.uncertain_ward(151.0, 1.3, TODAY)
