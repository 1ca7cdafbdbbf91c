"""Words to search for, folded on both sides, and the place in a text where they stand."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from store.domain.understanding.text import folded

MAX_WORDS = 20
AROUND_CHARACTERS = 70
_WORD = re.compile(r"[^\W_]+")
_SPOKEN = re.compile(r"[^\W_]+(?:['\u2019\u02bc`][^\W_]+)*")
_PART = re.compile(r'"([^"]*)"|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words that must stand beside each other; the last may go on (`open_ended`)."""

    words: tuple[str, ...]
    open_ended: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text around the words that were found: what stands before, they, what follows."""

    before: str
    hit: str
    after: str


def searchable(text: str) -> str:
    """Return a text as it is kept to be searched: its folded words, one space between.

    Both databases then cut it into the same words; PostgreSQL would otherwise see addresses and
    paths in it.
    """
    return " ".join(_WORD.findall(folded(text)))


def wanted(text: str) -> tuple[Wanted, ...]:
    """Return what a search is for: words, and phrases in quotes; at most `MAX_WORDS` words.

    All of them must be found; the last word, unless it is quoted, is the beginning of one.
    """
    found: list[Wanted] = []
    left = MAX_WORDS
    for part in _PART.finditer(text):
        quoted = part.group(1) is not None
        words = tuple(_WORD.findall(folded(part.group(1) if quoted else part.group(2))))[:left]
        left -= len(words)
        found += [Wanted(words)] if words else []
    if found and not text.rstrip().endswith('"'):
        found[-1] = Wanted(found[-1].words, open_ended=True)
    return tuple(found)


def snippet(text: str, wishes: tuple[Wanted, ...]) -> Snippet | None:
    """Return the piece of `text` around the first wish that stands in it; None when none does."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    places = list(_SPOKEN.finditer(plain))
    words = [folded(place.group()) for place in places]
    for wish in wishes:
        for start in range(len(words) - len(wish.words) + 1):
            if _stands(wish, words[start : start + len(wish.words)]):
                last = places[start + len(wish.words) - 1]
                return _around(plain, places[start].start(), last.end())
    return None


def _stands(wish: Wanted, words: list[str]) -> bool:
    *first, last = wish.words
    fits = words[-1].startswith(last) if wish.open_ended else words[-1] == last
    return fits and words[:-1] == first


def _around(text: str, start: int, end: int) -> Snippet:
    before, after = text[:start], text[end:]
    if len(before) > AROUND_CHARACTERS:
        before = "… " + before[-AROUND_CHARACTERS:].partition(" ")[2]
    if len(after) > AROUND_CHARACTERS:
        after = after[:AROUND_CHARACTERS].rpartition(" ")[0] + " …"
    return Snippet(before, text[start:end], after)
