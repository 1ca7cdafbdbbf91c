"""What is looked at in each word of a text to find the words that say where."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from store.domain.understanding.place_kinds import ARTICLES, POSTCODE, PREPOSITIONS, STREETS
from store.domain.understanding.text import folded

MOST_TOKENS = 250
NEAR, FAR = 5, 9
"""How many words on, the word itself counted, a preposition and the name of a place are looked for."""
_TELLING = ("name", "postcode", "street", "spot", "digit", "article", "prep", "U")
_NAMING = frozenset({"name", "street", "postcode"})
_TOKEN = re.compile(r"[^\W_]+(?:['\u2019\u02bc][^\W_]+)*|[^\w\s]", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text and where it stands in it."""

    start: int
    end: int
    raw: str
    word: str


def tokens_of(text: str) -> list[Token]:
    """Return the words and marks of a text."""
    found = _TOKEN.finditer(text)
    listed = [Token(m.start(), m.end(), m.group(), folded(m.group())) for m in found]
    return listed[:MOST_TOKENS]


@dataclass(frozen=True, slots=True)
class Known:
    """Folded words that are known: of the names of places, and nouns of spots ("stairs", "bench")."""

    names: frozenset[str]
    spots: frozenset[str]


def features_of(tokens: Sequence[Token], known: Known) -> list[list[str]]:
    """Return what is looked at in each word."""
    shapes = [_shape(token, known) for token in tokens]
    return [_around(tokens, shapes, here) for here in range(len(tokens))]


def _shape(token: Token, known: Known) -> list[str]:
    word = token.word
    shape = ["U" if token.raw[0].isupper() else "l" if token.raw[0].islower() else "x"]
    kinds = {
        "street": word in STREETS,
        "prep": word in PREPOSITIONS,
        "spot": word in known.spots,
        "article": word in ARTICLES,
        "name": word in known.names,
        "digit": any(c.isdigit() for c in word),
        "postcode": POSTCODE.fullmatch(word) is not None,
        "mark": not word[:1].isalnum(),
    }
    return shape + [kind for kind, true in kinds.items() if true]


def _around(tokens: Sequence[Token], shapes: Sequence[Sequence[str]], here: int) -> list[str]:
    word = tokens[here].word
    found = ["bias", f"w={word}", f"p={word[:3]}", f"s={word[-3:]}"]
    found += [f"k={kind}" for kind in shapes[here]]
    for step in (-2, -1, 1, 2, 3):
        there = here + step
        if 0 <= there < len(tokens):
            found.append(f"{step}w={tokens[there].word}")
            found += [f"{step}k={kind}" for kind in shapes[there]]
        else:
            found.append(f"{step}w=END")
    if here:
        found.append(f"-1|0={tokens[here - 1].word}|{'+'.join(shapes[here])}")
    if here + 1 < len(tokens):
        after = "+".join(shapes[here + 1])
        found += [f"0|+1={tokens[here].word}|{after}", f"k0|+1={'+'.join(shapes[here])}|{after}"]
    return found + _ahead(tokens, shapes, here) + _behind(tokens, shapes, here)


def _ahead(tokens: Sequence[Token], shapes: Sequence[Sequence[str]], here: int) -> list[str]:
    """Tell of the next preposition of the clause and what follows it, and how far on a place is named."""
    rest = range(here, min(len(tokens), here + FAR))
    clause = list(itertools.takewhile(lambda n: "mark" not in shapes[n], rest))
    named = next((n - here for n in clause if not _NAMING.isdisjoint(shapes[n])), None)
    found = ["place=none" if named is None else f"place={named}"]
    joint = next((n for n in clause[1:NEAR] if "prep" in shapes[n]), None)
    if joint is not None:
        then = _kind(shapes, joint + 1)
        if then == "article":
            then += _kind(shapes, joint + 2)
        found += [f"joint={joint - here}|{then}", f"joint={joint - here}|{tokens[joint].word}|{then}"]
    return found


def _behind(tokens: Sequence[Token], shapes: Sequence[Sequence[str]], here: int) -> list[str]:
    """Tell of the last preposition of the clause so far, or that the clause has just begun."""
    for back in range(1, NEAR):
        there = here - back
        if there < 0 or "mark" in shapes[there]:
            return [f"clause={back}"]
        if "prep" in shapes[there]:
            return [f"behind={back}|{tokens[there].word}"]
    return []


def _kind(shapes: Sequence[Sequence[str]], here: int) -> str:
    if here >= len(shapes):
        return "END"
    return next((kind for kind in _TELLING if kind in shapes[here]), "other")
