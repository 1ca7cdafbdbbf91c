from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.reference_number import ALPHABET, ENDING_CHARACTERS, ending, find, new, parse

NUMBERS = st.integers(0, 2**32).map(lambda seed: new(random.Random(seed).randrange))
EXAMPLE = "K7M-4XQ-9PC"


def test_the_alphabet_has_a_prime_number_of_symbols_and_no_vowel_zero_or_one() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 29
    assert not set(ALPHABET) & set("AEIOU01")


def test_a_new_number_reads_back_as_itself_and_differs_from_the_last() -> None:
    first, second = new(), new()
    assert parse(first) == first
    assert first != second


@given(NUMBERS, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_every_single_wrong_symbol_is_noticed(number: str, at: int, symbol: str) -> None:
    plain = number.replace("-", "")
    wrong = plain[:at] + symbol + plain[at + 1 :]
    assert (parse(wrong) is None) == (wrong != plain)


@given(NUMBERS, st.integers(0, 7))
def test_every_swap_of_neighbours_is_noticed(number: str, at: int) -> None:
    plain = number.replace("-", "")
    swapped = plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :]
    assert (parse(swapped) is None) == (swapped != plain)


@pytest.mark.parametrize(
    "typed",
    [EXAMPLE, "k7m-4xq-9pc", "k7m4xq9pc", " K7M 4XQ 9PC ", "K7M–4XQ—9PC", "к7м-4хq-9рс", "K 7 M4XQ.9PC"],
)
def test_a_number_is_understood_however_it_is_typed(typed: str) -> None:
    assert parse(typed) == EXAMPLE


@given(NUMBERS.filter(lambda number: "L" in number), st.sampled_from(["1", "i", "I", "l"]))
def test_one_and_i_are_read_as_l(number: str, look_alike: str) -> None:
    assert parse(number.replace("L", look_alike)) == number


@pytest.mark.parametrize(
    "typed", ["", "K7M-4XQ", "K7M-4XQ-9PCC", "K7M-4XQ-9P0", "AEU-AEU-AEU", "K7M_4XQ_9PC"]
)
def test_what_is_no_number_is_not_made_into_one(typed: str) -> None:
    assert parse(typed) is None


@given(st.text())
def test_any_text_at_all_is_read_without_an_error(text: str) -> None:
    assert parse(text) == (parse(parse(text) or "") or None)
    find(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "What about my report K7M-4XQ-9PC?",
        "k7m 4xq 9pc please",
        "ref:k7m4xq9pc.",
        "hey you all, the ref was (K7M-4XQ-9PC) ok",
        "K7M-4XQ-9PD no, K7M-4XQ-9PC",
        "Bus 22B K7M-4XQ-9PC",
    ],
)
def test_a_number_is_found_inside_a_sentence(sentence: str) -> None:
    assert find(sentence) == EXAMPLE


@pytest.mark.parametrize(
    "sentence", ["", "nothing here", "xK7M-4XQ-9PC", "K7M-4XQ-9PCs", "call 01843 577000"]
)
def test_no_number_is_found_where_there_is_none(sentence: str) -> None:
    assert find(sentence) is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("q9pc", "Q-9PC"),
        ("Q-9PC", "Q-9PC"),
        ("4xq9pc", "4XQ-9PC"),
        (" 4XQ 9PC ", "4XQ-9PC"),
        ("m4xq9pc", "M-4XQ-9PC"),
        ("1231", "L-23L"),
        ("9PC", None),
        ("K7M4XQ9PC", None),
        ("kids", None),
        ("my sky", None),
        ("shed", None),
        ("07700", None),
        ("", None),
    ],
)
def test_the_end_of_a_number_is_understood_however_it_is_typed(typed: str, expected: str | None) -> None:
    assert ending(typed) == expected


def test_the_end_that_is_kept_of_a_number_is_the_shortest_that_is_looked_for() -> None:
    assert ending(EXAMPLE[-ENDING_CHARACTERS:]) == EXAMPLE[-ENDING_CHARACTERS:]
