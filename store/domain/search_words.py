"""Words to search for, folded on both sides, and the places in texts where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from store.domain.phone import PATTERN, number_of, numbers_in
from store.domain.place import postcodes_in
from store.domain.understanding.text import folded

MAX_WORDS = 20
AROUND_CHARACTERS = 70
MAX_SNIPPETS = 3
MAX_DOCUMENT_CHARACTERS = 500_000
"""So much of a record is searched: PostgreSQL takes no more than a megabyte of different words."""
PAGE_CHARACTERS = 16_000
"""So long is a page of a case's document: PostgreSQL knows where a word stands in its first 16,383 words
and where it stands again 255 times, and each note rewrites a page."""
BETWEEN = " \ufb02 "
"""Stands between two texts, so that no phrase goes from one into the next: folding takes this letter
apart, so nobody can search for it."""
_WORD = re.compile(r"[^\W_]+")
_SPOKEN = re.compile(r"[^\W_]+(?:['\u2019\u02bc`][^\W_]+)*")
_PART = re.compile(rf'"([^"]*)"|({PATTERN})|([^\s"]+)')


class Where(StrEnum):
    """Which text of a record it is, in the order in which they are looked at."""

    REPORT = "report"
    PLACE = "place"
    MESSAGE = "message"
    NOTE = "note"
    REPORTER = "reporter"
    PERSON = "person"
    TASK = "task"


Text = tuple[Where, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words that must stand beside each other; the last may go on (`open_ended`)."""

    words: tuple[str, ...]
    open_ended: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text around the words that were found: what stands before, they, what follows."""

    where: Where
    before: str
    hit: str
    after: str


def words_of(text: str) -> list[str]:
    """Return the folded words of a text."""
    return _WORD.findall(folded(text))


def searchable(text: str) -> str:
    """Return a text as it is kept to be searched: its folded words, then its phone numbers in one piece.

    Postcodes are kept in one piece and in two. Both databases then cut it into the same words;
    PostgreSQL would otherwise see addresses and paths in it.
    """
    others = (word for _, _, pieces in _otherwise(text) for word in pieces)
    return " ".join([*words_of(text), *others])


def document(texts: Iterable[str]) -> str:
    """Return what is searched of a record: all that its texts say, as `searchable`."""
    return BETWEEN.join(filter(None, map(searchable, texts)))[:MAX_DOCUMENT_CHARACTERS]


def pages(documents: Iterable[str]) -> list[str]:
    """Return the document of a record that holds others, in pages; none is torn, so one may be longer."""
    found = [""]
    for said in filter(None, documents):
        if found[-1] and len(found[-1]) + len(said) > PAGE_CHARACTERS:
            found.append("")
        found[-1] += BETWEEN + said if found[-1] else said
    return found


def wanted(text: str) -> tuple[Wanted, ...]:
    """Return what a search is for: words, phrases in quotes, phone numbers; at most `MAX_WORDS` words.

    All of them must be found; the last word, unless it is quoted, is the beginning of one.
    """
    found: list[Wanted] = []
    left = MAX_WORDS
    for part in _PART.finditer(text):
        said = next(group for group in part.groups() if group is not None)
        number = number_of(said)
        words = ((number,) if number else tuple(words_of(said)))[:left]
        left -= len(words)
        found += [Wanted(words)] if words else []
    if found and not text.rstrip().endswith('"'):
        found[-1] = Wanted(found[-1].words, open_ended=True)
    return tuple(found)


def snippets(texts: Iterable[Text], wishes: Sequence[Wanted]) -> tuple[Snippet, ...]:
    """Return pieces of these texts, one of each, in which together all wishes are seen that stand there.

    At most `MAX_SNIPPETS`; a text that shows nothing new is left out.
    """
    pieces: list[Snippet] = []
    left = list(wishes)
    for where, text in texts:
        if not left or len(pieces) == MAX_SNIPPETS:
            break
        plain = " ".join(unicodedata.normalize("NFC", text).split())
        spoken = [(folded(place.group()), place.start(), place.end()) for place in _SPOKEN.finditer(plain)]
        spans = {wish: span for wish in left if (span := _span(plain, spoken, wish))}
        if spans:
            pieces.append(_around(where, plain, *next(iter(spans.values()))))
            left = [wish for wish in left if wish not in spans]
    return tuple(pieces)


def _span(text: str, spoken: Sequence[tuple[str, int, int]], wish: Wanted) -> tuple[int, int] | None:
    """Return from where to where a wish stands in a text for the first time."""
    for first in range(len(spoken) - len(wish.words) + 1):
        piece = spoken[first : first + len(wish.words)]
        if _stands(wish, [word for word, _, _ in piece]):
            return piece[0][1], piece[-1][2]
    others = (
        (start, end) for start, end, words in _otherwise(text) if any(_stands(wish, [word]) for word in words)
    )
    return next(others, None)


def _otherwise(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Return what of a text is also searched for written in another way: from where to where, its words."""
    for number in numbers_in(text):
        yield number.start, number.end, [number.digits]
    for start, end, outward, inward in postcodes_in(text):
        halves = [folded(outward), folded(inward)]
        yield start, end, halves if len(outward + inward) == end - start else ["".join(halves)]


def _stands(wish: Wanted, words: list[str]) -> bool:
    *first, last = wish.words
    fits = words[-1].startswith(last) if wish.open_ended else words[-1] == last
    return fits and words[:-1] == first


def _around(where: Where, text: str, start: int, end: int) -> Snippet:
    before, after = text[:start], text[end:]
    if len(before) > AROUND_CHARACTERS:
        before = "… " + before[-AROUND_CHARACTERS:].partition(" ")[2]
    if len(after) > AROUND_CHARACTERS:
        after = after[:AROUND_CHARACTERS].rpartition(" ")[0] + " …"
    return Snippet(where, before, text[start:end], after)
