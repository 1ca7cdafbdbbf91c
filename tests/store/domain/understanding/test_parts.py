"""The parts of understanding: plates, times, signs of danger, folded words, places."""

from __future__ import annotations

import pytest

from store.domain.understanding.concepts import NONE, read_concepts
from store.domain.understanding.danger import signs_of
from store.domain.understanding.features import buckets
from store.domain.understanding.place_features import Known, features_of, tokens_of
from store.domain.understanding.place_words import PlaceWords
from store.domain.understanding.plates import find_plate
from store.domain.understanding.text import folded, words_of
from store.domain.understanding.times import find_time
from store.domain.understood import Found


@pytest.mark.parametrize(
    ("said", "plate"),
    [
        ("silver zafira AB12 CDE again", "AB12 CDE"),
        ("reg is gk19xyz", "GK19 XYZ"),
        ("old Astra P123 ABC", "P123 ABC"),
        ("a mini ABC 123D", "ABC 123D"),
        ("van with gk-19 xyz", None),
        ("at CT9 1AB since the 24h thing", None),
        ("b12 for two", None),
        ("nothing here", None),
    ],
)
def test_number_plates_are_told_from_postcodes_and_words(said: str, plate: str | None) -> None:
    found = find_plate(said)
    assert (found.value if found else None) == plate


def test_a_plate_is_shown_as_it_was_written() -> None:
    assert find_plate("its gk19xyz mate") == Found("gk19xyz", "GK19 XYZ")


@pytest.mark.parametrize(
    ("said", "words", "value"),
    [
        ("last night about 11 some lad", "last night about 11", "last_night"),
        ("it is happening right now", "right now", "now"),
        ("this morning a van", "this morning", "today"),
        ("on Tuesday he", "on Tuesday", "this_week"),
        ("three weeks ago", "three weeks ago", "longer_ago"),
        ("Wczoraj wieczorem krzyczeli", "Wczoraj wieczorem", "last_night"),
        ("Aseară la 10 au", "Aseară la 10", "last_night"),
        ("včera večer", "včera večer", "last_night"),
        ("dnes ráno", "dnes ráno", "today"),
        ("Минулої ночі", "Минулої ночі", "last_night"),
    ],
)
def test_times_are_found_in_every_language(said: str, words: str, value: str) -> None:
    assert find_time(said) == Found(words, value)


@pytest.mark.parametrize("said", ["every friday night", "all day", "at 11pm", "kazdy piatek", ""])
def test_what_goes_on_regularly_is_no_time(said: str) -> None:
    assert find_time(said) is None


@pytest.mark.parametrize(
    ("said", "card"),
    [
        ("he's got a knife at me now", "emergency"),
        ("she has taken all her tablets", "suicide_selfharm"),
        ("my husband hits me", "domestic_abuse"),
        ("my son is missing", "missing_person"),
        ("Допоможіть, сусід має ніж!", "emergency"),
        ("nechci už žít", "suicide_selfharm"),
        ("soțul meu mă bate", "domestic_abuse"),
        ("mąż mnie bije", "domestic_abuse"),
    ],
)
def test_plain_signs_of_danger_are_seen_in_every_language(said: str, card: str) -> None:
    assert card in signs_of(said)


def test_ordinary_words_are_no_sign() -> None:
    assert signs_of("loud music and bins overflowing") == set()


def test_words_are_folded_as_people_type_them() -> None:
    assert folded("Łódź SOOOO it's Київ") == "lodz soo its киів"
    assert words_of("Room 12, ok") == ["room", "00", "ok"]


def test_features_do_not_depend_on_the_order_of_the_day() -> None:
    assert buckets("loud music", NONE) == buckets("LOUD  music!", NONE)
    assert buckets("", NONE) == []


CONCEPTS = read_concepts(
    [
        "knife: knife knives ; noz noze* ; cutit ; nuz ; ніж",
        "",
        "enter: break*_in kick_the_door ; wlam* ; ; ;",
    ]
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("they are breaking in with a knife", ["enter", "knife"]),
        ("ma nóż i włamuje się", ["knife", "enter"]),
        ("breaking", []),
        ("kick the wall", []),
        ("", []),
    ],
)
def test_words_of_several_languages_mean_the_same(said: str, meant: list[str]) -> None:
    assert CONCEPTS.of(words_of(said)) == meant


def test_what_is_no_concept_is_refused() -> None:
    with pytest.raises(ValueError, match="no concept"):
        read_concepts(["knife: knife ; noz"])


def test_what_words_mean_is_a_feature_of_its_own() -> None:
    assert set(buckets("knife", CONCEPTS)) & set(buckets("nóż", CONCEPTS))
    assert not set(buckets("knife", NONE)) & set(buckets("nóż", NONE))


KNOWN = Known(frozenset({"dane"}), frozenset({"stairs", "roof", "lift", "bench", "parkingu"}))
STREET = PlaceWords(
    {
        "k=prep": (0.0, 3.0, 0.0),
        "k=street": (0.0, 1.0, 4.0),
        "-1k=prep": (0.0, 0.0, 3.0),
        "bias": (2.5, 0.0, 0.0),
    },
    [(0.0, 0.0, -9.0), (0.0, 0.0, 1.0), (0.0, -2.0, 1.0)],
    KNOWN,
)


def test_the_words_that_say_where_are_an_exact_piece_of_the_text() -> None:
    assert STREET.find("Rubbish in King Street, again") == "in King Street"
    assert STREET.find("nothing said") is None
    assert STREET.find("") is None
    assert STREET.find(" \n ") is None


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("smell on the stairs in King Street", "in King Street"),
        ("lads on the old glass roof in King Street", "the old glass roof in King Street"),
        ("the lift in King Street is broken", "in King Street"),
        ("a party house in King Street", "in King Street"),
        ("they sit. bench in King Street", "bench in King Street"),
        ("na parkingu in King Street", "na parkingu in King Street"),
        ("loud. old bench in King Street", "old bench in King Street"),
        ("lift in King Street is broken", "in King Street"),
        ("party, Sweyn Road in King Street", "Sweyn Road in King Street"),
        ("Old Sweyn Road in King Street", "Old Sweyn Road in King Street"),
        ("a walk in King Street", "in King Street"),
        ("street in King Street", "in King Street"),
        ("in", "in"),
        ("music coming from the beach", "the beach"),
        ("mess all along King Street", "King Street"),
        ("an alarm is going off on King Street", "on King Street"),
        ("rubbish in King Street again", "in King Street"),
        ("it is in King Street 12", "in King Street 12"),
        ("in King Street 12 lads", "in King Street"),
        ("one line\nin King Street\nno", "in King Street"),
    ],
)
def test_a_place_is_the_whole_of_what_says_where(said: str, place: str) -> None:
    assert STREET.find(said) == place


def test_a_piece_that_begins_with_of_begins_after_it() -> None:
    chain = PlaceWords({"w=of": (0.0, 5.0, 0.0), "w=beach": (0.0, 0.0, 5.0)}, STREET.moves, KNOWN)
    assert chain.find("all of beach") == "beach"


NO_CHAIN = PlaceWords({"bias": (2.5, 0.0, 0.0)}, STREET.moves, KNOWN)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("noise behind the big shop near", "behind the big shop"),
        ("noise behind the big shop Again", "behind the big shop"),
        ("noise behind the big shop in Dane Park", "behind the big shop in Dane Park"),
        ("keep out of my drive", None),
        ("what a walk", None),
        ("the same street, again", None),
        ("number 22 thornden st has more visitors than tesco", "number 22 thornden st"),
        ("i am home alone, Kittiwake Close. please", "Kittiwake Close"),
        ("keyed every car. Old Mill Bank Road", "Old Mill Bank Road"),
        ("next time he comes down Chandler st", "Chandler st"),
        ("smell of gas. from 6 Ferndale Gardens", "6 Ferndale Gardens"),
    ],
)
def test_what_the_chain_does_not_know_follows_a_preposition_or_names_a_road(
    said: str, place: str | None
) -> None:
    assert NO_CHAIN.find(said) == place


def test_features_of_a_word_look_at_its_neighbours() -> None:
    found = features_of(tokens_of("In Dane Park CT9 !"), KNOWN)
    assert "k=prep" in found[0]
    assert {"k=name", "-1k=prep", "1k=street"} <= set(found[1])
    assert "k=postcode" in found[3]
    assert "k=mark" in found[4]
