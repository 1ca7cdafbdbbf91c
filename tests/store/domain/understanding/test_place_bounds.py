"""What of the words around a place is said to be the place."""

from __future__ import annotations

import pytest

from store.domain.understanding.place_bounds import Bounds
from store.domain.understanding.place_features import Known, tokens_of

KNOWN = Known(frozenset({"minster", "westwood", "margate", "ramsgate"}), frozenset({"bench", "gate"}))


def said(marked: str) -> str:
    """Return the place in a text of which the words between bars were found."""
    before, found, after = marked.split("|")
    text = before + found + after
    tokens = tokens_of(text)
    first = next(n for n, token in enumerate(tokens) if token.start >= len(before))
    end = max(n for n, token in enumerate(tokens) if token.end <= len(before + found)) + 1
    first, end = Bounds(tokens, KNOWN).of(first, end)
    return text[tokens[first].start : tokens[end - 1].end]


@pytest.mark.parametrize(
    ("found", "place"),
    [
        ("lads |outside the shop in Minster|", "outside the shop in Minster"),
        ("rubbish |in the alley behind Trinity Square|", "in the alley behind Trinity Square"),
        ("smoke |from the flat above Boots on King Street|", "the flat above Boots on King Street"),
    ],
)
def test_what_says_exactly_where_stays(found: str, place: str) -> None:
    assert said(found) == place


@pytest.mark.parametrize(
    ("found", "place"),
    [
        ("smell |in the stairwell of our block in Staner Court|", "in Staner Court"),
        ("|na klatce schodowej w bloku przy Athelstan Road|", "przy Athelstan Road"),
        ("van |across my drive on King Street|", "on King Street"),
        ("paint |over the door of the mosque in Fort Hill|", "the mosque in Fort Hill"),
        ("|on the pavement outside the school in Minster|", "outside the school in Minster"),
        ("|by the bins behind Lidl|", "by the bins behind Lidl"),
        ("|in the Minster bus shelter opposite the Spar|", "in the Minster bus shelter opposite the Spar"),
        ("glass |on the bench in Hawley Square|", "on the bench in Hawley Square"),
        ("|in the stairwell|", "in the stairwell"),
        ("|my garden in the night|", "my garden in the night"),
    ],
)
def test_parts_of_a_building_and_things_about_are_left_out(found: str, place: str) -> None:
    assert said(found) == place


@pytest.mark.parametrize(
    ("found", "place"),
    [
        ("|Lad sat outside Greggs in Margate|", "outside Greggs in Margate"),
        ("no. |grey golf stops at the corner of Stirling Way|", "at the corner of Stirling Way"),
        ("x |the pub on King Street|", "the pub on King Street"),
        ("x |lane between Acol and Minster|", "lane between Acol and Minster"),
        ("see |Sweyn Road in Margate|", "Sweyn Road in Margate"),
        ("|gate in King Street|", "gate in King Street"),
        ("|side of Minster|", "side of Minster"),
    ],
)
def test_who_is_there_is_left_out(found: str, place: str) -> None:
    assert said(found) == place


@pytest.mark.parametrize(
    ("found", "place"),
    [
        ("|on Friday in Margate|", "in Margate"),
        ("|w poniedziałek, w Margate|", "w Margate"),
        ("|at Quex park in July|", "at Quex park"),
        ("|the path behind Minster church after school|", "the path behind Minster church"),
        ("|in Minster at school|", "in Minster at school"),
        ("|4am King Street|", "King Street"),
    ],
)
def test_when_it_was_is_left_out(found: str, place: str) -> None:
    assert said(found) == place


@pytest.mark.parametrize(
    ("found", "place"),
    [
        ("ran |along King Street|", "King Street"),
        ("up there |up on Minster Road|", "on Minster Road"),
        ("|round the harbour at Ramsgate|", "the harbour at Ramsgate"),
        ("|off King Street|", "off King Street"),
        ("|along|", "along"),
    ],
)
def test_how_somebody_moved_is_left_out(found: str, place: str) -> None:
    assert said(found) == place


@pytest.mark.parametrize(
    ("found", "place"),
    [
        ("|on the beach at Stone Bay|", "the beach at Stone Bay"),
        ("|in the old carpet shop on King Street|", "the old carpet shop on King Street"),
        ("|in Dane park by the swings|", "Dane park by the swings"),
        ("|in Dane park|", "in Dane park"),
        ("|in King Street|", "in King Street"),
        ("|on the harbour arm at Ramsgate|", "on the harbour arm at Ramsgate"),
        ("|at the bottom of Nethercourt Hill|", "at the bottom of Nethercourt Hill"),
        ("|in|", "in"),
    ],
)
def test_a_bare_in_stays_before_a_name_and_goes_before_what_is_described(found: str, place: str) -> None:
    assert said(found) == place


@pytest.mark.parametrize(
    ("found", "place"),
    [
        ("round the |back of Iceland in Ramsgate|", "round the back of Iceland in Ramsgate"),
        ("flat 6 |in Kent Court|", "flat 6 in Kent Court"),
        ("at 6 |in Kent Court|", "in Kent Court"),
        ("in the empty |pub on King Street|", "the empty pub on King Street"),
        ("in. the empty |pub on King Street|", "the empty pub on King Street"),
        ("so, |pub on King Street|", "pub on King Street"),
        ("in |pub on King Street|", "pub on King Street"),
        ("path |between Crow Hill| and the surgery, all day", "between Crow Hill and the surgery"),
        ("path |between Acol| and, well", "between Acol"),
        ("path |between Acol| and Old Minster every day", "between Acol and Old Minster"),
        ("|На парковці біля Asda у| Вествуді у машині", "На парковці біля Asda у Вествуді"),
        ("|in Margate at| all", "in Margate"),
        ("|на фермі біля Сент|-Ніколас, там", "на фермі біля Сент-Ніколас"),
        ("|in Minster| - loud", "in Minster"),
        ("|in Minster|-", "in Minster"),
    ],
)
def test_what_belongs_to_it_is_added(found: str, place: str) -> None:
    assert said(found) == place


@pytest.mark.parametrize("text", ["'", "’s in Minster", "'' ' ''"])
def test_marks_that_say_nothing_are_no_trouble(text: str) -> None:
    tokens = tokens_of(text)
    for first in range(len(tokens)):
        for end in range(first + 1, len(tokens) + 1):
            begun, ended = Bounds(tokens, KNOWN).of(first, end)
            assert 0 <= begun < ended <= len(tokens)
