"""In which language somebody reads: what their browser asks for, and how it is said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from yarl import URL

from handlers.web.reader import Reader, accepted
from store.domain.reference import LANGUAGES


def reads(language: str) -> Reader:
    return Reader(language, chosen=False, at=URL("/meetings"))


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", ""),
        ("pl", "pl"),
        ("pl-PL,pl;q=0.9,en-GB;q=0.8,en;q=0.7", "pl"),
        ("EN-gb;q=0.5, UK ; q=0.6", "uk"),
        ("ru,uk;q=0.4", "uk"),
        ("sr-Latn-RS, sk;q=1.000", "sk"),
        ("cs;q=0, ro;q=0.001", "ro"),
        ("en, pl", "en"),
        ("*", ""),
        ("de, fr;q=0.9", ""),
        ("pl;q=nan, cs;q=inf, sk;q=2, uk;q=-1, ro;level=1", ""),
        (",;=,pl;q=,;q=1," * 300, ""),
    ],
)
def test_a_browser_gets_the_language_of_ours_that_it_likes_best(header: str, language: str) -> None:
    assert accepted(header) == language


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "1 July 2026"),
        ("pl", "1 lipca 2026"),
        ("ro", "1 iulie 2026"),
        ("cs", "1. července 2026"),
        ("sk", "1. júla 2026"),
        ("uk", "1 липня 2026 року"),
    ],
)
def test_a_date_is_written_as_in_each_language_and_by_londons_clock(language: str, day: str) -> None:
    assert reads(language).day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == day


@pytest.mark.parametrize(
    ("size", "said"), [(1, "1 kB"), (999 * 1024, "999 kB"), (1024 * 1024, "1 MB"), (1_300_000, "1.2 MB")]
)
def test_a_size_is_in_the_unit_that_people_use(size: int, said: str) -> None:
    assert reads("en").size(size) == said
    assert reads("uk").size(1_300_000) == "1,2 МБ"


@pytest.mark.parametrize(
    ("language", "one", "few", "many"),
    [
        ("pl", "Jest łącznie 1 miejsce.", "Są łącznie 22 miejsca.", "Jest łącznie 12 miejsc."),
        ("cs", "Celkem je tu 1 místo.", "Celkem jsou tu 3 místa.", "Celkem je tu 22 míst."),
        ("uk", "Усього 21 місце.", "Усього 22 місця.", "Усього 12 місць."),
    ],
)
def test_numbers_take_their_plurals(language: str, one: str, few: str, many: str) -> None:
    for said in (one, few, many):
        [count] = [int(word) for word in said.split() if word.isdigit()]
        assert reads(language).many("meeting_card.room", count) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_fills_a_sentence_is_escaped(language: str) -> None:
    said = reads(language).say("meeting_card.cancelled", title="<b>{x}")
    assert "&lt;b&gt;{x}" in said
    assert "<b>" not in said
