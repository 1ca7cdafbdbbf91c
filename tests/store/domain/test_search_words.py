from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.search_words import (
    AROUND_CHARACTERS,
    MAX_WORDS,
    Snippet,
    Wanted,
    searchable,
    snippet,
    wanted,
)


def test_a_text_is_kept_as_its_folded_words() -> None:
    assert searchable("They're AT the Café,\nczęsto 24/7 — ada@example.com") == (
        "theyre at the cafe czesto 24 7 ada example com"
    )
    assert searchable(" ?! ") == ""


def test_words_phrases_and_an_unfinished_last_word_are_told_apart() -> None:
    assert wanted("loud mus") == (Wanted(("loud",)), Wanted(("mus",), open_ended=True))
    assert wanted('"Loud Music" night') == (Wanted(("loud", "music")), Wanted(("night",), open_ended=True))
    assert wanted('night "loud music" ') == (Wanted(("night",)), Wanted(("loud", "music")))
    assert wanted("day/night") == (Wanted(("day", "night"), open_ended=True),)
    assert wanted('"" ?') == ()
    assert wanted('"loud') == (Wanted(("loud",), open_ended=True),)


def test_a_book_is_not_searched_for() -> None:
    assert sum(len(wish.words) for wish in wanted("word " * 500)) == MAX_WORDS


@pytest.mark.parametrize(
    ("typed", "text", "hit"),
    [
        ("glosna", "Bardzo Głośna muzyka", "Głośna"),
        ("theyre", "Here they’re shouting", "they’re"),
        ('"all night"', "All day, all  night", "all night"),
        ("xx night", "All night", "night"),
        ("cafe", "cafe\u0301s", "cafés"),
    ],
)
def test_the_words_are_shown_as_they_were_written(typed: str, text: str, hit: str) -> None:
    piece = snippet(text, wanted(typed))
    assert piece is not None
    assert piece.hit == hit


def test_words_that_do_not_stand_there_have_no_place() -> None:
    assert snippet("All night", wanted("day")) is None
    assert snippet("All night", wanted('"night all"')) is None
    assert snippet("nightly", wanted('"night"')) is None


def test_a_long_text_is_cut_between_words_on_both_sides() -> None:
    piece = snippet("before " * 50 + "needle" + " after" * 50, wanted("needle"))
    assert piece is not None
    assert piece.before.startswith("… before ")
    assert piece.after.endswith("after …")
    assert max(len(piece.before), len(piece.after)) <= AROUND_CHARACTERS + len("… ")
    assert snippet("a needle b", wanted("needle")) == Snippet("a ", "needle", " b")


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_typed_and_told_nothing_breaks(typed: str, text: str) -> None:
    piece = snippet(text, wanted(typed))
    assert piece is None or piece.hit
    assert all(word.isalnum() for wish in wanted(typed) for word in wish.words)
