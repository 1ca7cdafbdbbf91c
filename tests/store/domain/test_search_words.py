from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.search_words import (
    AROUND_CHARACTERS,
    MAX_SNIPPETS,
    MAX_WORDS,
    PAGE_CHARACTERS,
    Snippet,
    Wanted,
    Where,
    document,
    pages,
    searchable,
    snippets,
    wanted,
)


def snippet(text: str, wishes: tuple[Wanted, ...]) -> Snippet | None:
    """The piece of one text."""
    return next(iter(snippets([(Where.NOTE, text)], wishes)), None)


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
    assert snippet("a needle b", wanted("needle")) == Snippet(Where.NOTE, "a ", "needle", " b")


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_typed_and_told_nothing_breaks(typed: str, text: str) -> None:
    piece = snippet(text, wanted(typed))
    assert piece is None or piece.hit
    assert all(word.isalnum() for wish in wanted(typed) for word in wish.words)


SPACED = ("07700 900123", "07700900123", "+44 7700 900123", "+44 (0)7700-900123", "0044 7700 900 123")


@pytest.mark.parametrize("kept", SPACED)
@pytest.mark.parametrize("typed", SPACED)
def test_a_phone_number_is_one_word_however_it_is_spaced(kept: str, typed: str) -> None:
    assert "07700900123" in searchable(f"Ring me at {kept}.").split()
    assert [wish.words for wish in wanted(typed)] == [("07700900123",)]
    piece = snippet(f"Ring me at {kept} after six", wanted(typed))
    assert piece is not None
    assert (piece.before.strip(), piece.after.strip()) == ("Ring me at", "after six")


def test_a_number_stands_among_other_words_and_its_pieces_are_words_too() -> None:
    assert wanted("ada 07700 900123 harbour") == (
        Wanted(("ada",)),
        Wanted(("07700900123",)),
        Wanted(("harbour",), open_ended=True),
    )
    assert searchable("07700 900123") == "07700 900123 07700900123"
    piece = snippet("Ring 07700 900123", wanted("900123"))
    assert piece is not None
    assert piece.hit == "900123"


@pytest.mark.parametrize("kept", ["CT9 2AA", "CT92AA", "ct9-2aa"])
@pytest.mark.parametrize("typed", ["CT9 2AA", "ct92aa", "ct92a", '"ct9 2aa"', "ct9", "2aa"])
def test_a_postcode_is_found_in_one_piece_and_in_two(kept: str, typed: str) -> None:
    for wish in wanted(typed):
        words = searchable(f"By {kept}, the bins").split()
        assert " ".join(wish.words) in " ".join(words)
    piece = snippet(f"By {kept}, the bins", wanted(typed)[:1])
    assert piece is None or piece.hit in kept
    assert piece is not None or typed.startswith('"')


def test_a_floor_is_no_postcode() -> None:
    assert searchable("Flat B1 2nd floor") == "flat b1 2nd floor"


def test_a_document_has_no_phrase_from_one_text_into_the_next() -> None:
    texts = ["Loud music", "?", "night after night"]
    said = document(texts)
    assert "music night" not in said
    assert said.split()[:2] + said.split()[-3:] == ["loud", "music", "night", "after", "night"]
    assert document(["", "?!"]) == ""
    assert pages([said, "", "the bins"]) == [f"{said} {said.split()[2]} the bins"]
    between = said.split()[2]
    assert wanted(between)[0].words != (between,), "what stands between texts cannot be searched for"


def test_a_document_that_is_long_has_pages_and_no_text_is_torn() -> None:
    half = "bins " * (PAGE_CHARACTERS // 8)
    assert [len(page) > len(half) for page in pages([half, "bell", half, "gate"])] == [True, True]
    assert pages(["", half * 3, "bell"]) == [half * 3, "bell"]
    assert pages([]) == [""]


def test_words_of_different_texts_are_each_shown_with_where_they_stand() -> None:
    texts = [
        (Where.REPORT, "Loud music at night"),
        (Where.MESSAGE, "The music goes on"),
        (Where.NOTE, "Rang the landlord"),
    ]
    told = [(piece.where, piece.hit) for piece in snippets(texts, wanted("music landlord"))]
    assert told == [(Where.REPORT, "music"), (Where.NOTE, "landlord")]
    assert [piece.hit for piece in snippets(texts, wanted("loud night"))] == ["Loud"]
    assert snippets(texts, wanted("bins")) == ()
    many = [(Where.TASK, word) for word in ("one", "two", "three", "four")]
    assert len(snippets(many, wanted("one two three four"))) == MAX_SNIPPETS
