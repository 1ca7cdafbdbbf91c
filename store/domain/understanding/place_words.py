"""Find the words that say where: a linear chain over the words of a text.

Each word is outside (O), at the beginning of (B) or inside (I) the place; the best chain is found
by Viterbi's algorithm. The weights are those of a conditional random field trained elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.domain.understanding.place_kinds import (
    AFTERWARDS,
    AHEAD,
    ALONG,
    ARTICLES,
    HOUSE,
    JOINING,
    LOOSE,
    MOST_ADJECTIVES,
    MOST_DIGITS,
    MOVING,
    NO_NAMES,
    NUMBERED,
    OFTEN_SAID,
    PARTICLES,
    POSTCODE,
    PREPOSITIONS,
    ROADS,
    SPOTS,
    STREETS,
)
from store.domain.understanding.text import folded

OUTSIDE, BEGIN, INSIDE = 0, 1, 2
TAGS = ("O", "B", "I")
Weights = tuple[float, float, float]
_NONE: Weights = (0.0, 0.0, 0.0)
_NEVER = -1e9
MOST_TOKENS = 250
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


def features_of(tokens: Sequence[Token], names: frozenset[str]) -> list[list[str]]:
    """Return what is looked at in each word; `names` are folded words of known places."""
    shapes = [_shape(token, names) for token in tokens]
    return [_around(tokens, shapes, here) for here in range(len(tokens))]


def _shape(token: Token, names: frozenset[str]) -> list[str]:
    word = token.word
    shape = ["U" if token.raw[0].isupper() else "l" if token.raw[0].islower() else "x"]
    kinds = {
        "street": word in STREETS,
        "prep": word in PREPOSITIONS,
        "name": word in names,
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
    return found


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The trained chain: `states` by feature, `moves[from][to]` between tags, names of places."""

    states: Mapping[str, Weights]
    moves: Sequence[Weights]
    names: frozenset[str]

    def find(self, text: str) -> str | None:
        """Return the piece of the text that says where, exactly as written; None where none does."""
        found = (self._in_line(line) for line in text.splitlines())
        return max((place for place in found if place), key=len, default=None)

    def _in_line(self, text: str) -> str | None:
        tokens = tokens_of(text)
        tags = self._best([self._score(found) for found in features_of(tokens, self.names)])
        spans: list[tuple[int, int]] = []
        for here, tag in enumerate(tags):
            if tag == BEGIN or (tag == INSIDE and not spans):
                spans.append((here, here))
            elif tag == INSIDE:
                spans[-1] = (spans[-1][0], here)
        if not spans:
            spans = _by_pattern(tokens, self.names) or _by_road(tokens)
        if not spans:
            return None
        first, last = max(spans, key=lambda span: self._says(tokens, *span))
        first = _begun(tokens, first, self.names)
        last = _ended(tokens, first, last)
        return text[tokens[first].start : tokens[last].end].strip(" ,.;:!?-\u2013\n") or None

    def _says(self, tokens: Sequence[Token], first: int, last: int) -> tuple[bool, int]:
        """Return how much a piece says: rather the name of a known place, rather more than less."""
        named = any(token.word in self.names for token in tokens[first : last + 1])
        return named, tokens[last].end - tokens[first].start

    def _score(self, found: Sequence[str]) -> Weights:
        outside = begin = inside = 0.0
        for feature in found:
            o, b, i = self.states.get(feature, _NONE)
            outside, begin, inside = outside + o, begin + b, inside + i
        return outside, begin, inside

    def _best(self, scores: Sequence[Weights]) -> list[int]:
        """Return the likeliest tag of each word, as a whole."""
        if not scores:
            return []
        best = [scores[0][OUTSIDE], scores[0][BEGIN], _NEVER]
        back: list[list[int]] = []
        for score in scores[1:]:
            came = [self._best_before(best, tag) for tag in range(3)]
            best = [best[came[b]] + self.moves[came[b]][b] + score[b] for b in range(3)]
            back.append(came)
        tag = max(range(3), key=best.__getitem__)
        tags = [tag]
        for came in reversed(back):
            tag = came[tag]
            tags.append(tag)
        return tags[::-1]

    def _best_before(self, best: Sequence[float], tag: int) -> int:
        """Return the tag that stands best before this one."""
        scores = [best[before] + self.moves[before][tag] for before in range(3)]
        return scores.index(max(scores))


def _begun(tokens: Sequence[Token], first: int, names: frozenset[str]) -> int:
    """Return where the place really begins: "on the stairs" of "on the stairs at X" is part of it."""
    begun = _cut(tokens, first, names)
    while tokens[begun].word in JOINING:
        before = _spot_before(tokens, begun)
        if before == begun:
            break
        begun = before
    after = tokens[begun + 1].word if begun + 1 < len(tokens) else ""
    if tokens[begun].word in PARTICLES and after in {"on", "at"}:
        begun += 1
    elif tokens[begun].word in ALONG and begun and tokens[begun - 1].word == "all":
        begun -= 1
    elif tokens[begun].word in LOOSE and after in ARTICLES:
        begun += 1
    elif tokens[begun].word not in PREPOSITIONS:
        begun = _with_number(tokens, begun)
    return begun


def _with_number(tokens: Sequence[Token], begun: int) -> int:
    """Return where the place begins with the house number before it: "fl 7 King Street"."""
    if begun and HOUSE.fullmatch(tokens[begun - 1].word):
        begun -= 1
        if begun and tokens[begun - 1].word in NUMBERED:
            begun -= 1
        if begun and tokens[begun - 1].word in PREPOSITIONS:
            begun -= 1
    return begun


def _by_road(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Return the first name of a road, with the preposition before it: "thornden st", "Kittiwake Close"."""
    for last, token in enumerate(tokens[1:], 1):
        name = tokens[last - 1]
        known = name.word in PREPOSITIONS | ARTICLES | NO_NAMES or not name.word.isalpha()
        if token.word not in ROADS or known or (token.word in OFTEN_SAID and name.raw.islower()):
            continue
        first = last - 1
        while first and tokens[first - 1].raw.istitle() and tokens[first - 1].word not in PREPOSITIONS:
            first -= 1
        return [(first - 1 if first and tokens[first - 1].word in PREPOSITIONS else first, last)]
    return []


def _ended(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where the place really ends: with a house number behind, without "again"."""
    while last > first and tokens[last].word in AFTERWARDS:
        last -= 1
    behind = [token.word for token in tokens[last + 1 : last + 3]]
    if behind and tokens[last].word in STREETS and behind[0].isdigit() and len(behind[0]) <= MOST_DIGITS:
        return last + 1 if len(behind) == 1 or not behind[1].isalnum() else last
    return last


def _spot_before(tokens: Sequence[Token], end: int) -> int:
    """Return where the spot begins that ends here, with its preposition; `end` where there is none."""
    noun = end
    while noun and tokens[noun - 1].word in SPOTS:
        noun -= 1
    if noun == end:
        return end
    for start in range(noun, max(noun - MOST_ADJECTIVES, 0) - 1, -1):
        if start < noun and not tokens[start].word[:1].isalnum():
            break
        here = start - 1 if start and tokens[start - 1].word in ARTICLES else start
        if here and tokens[here - 1].word in JOINING:
            return here - 1
    return noun - 1 if noun and tokens[noun - 1].word in ARTICLES else end


def _cut(tokens: Sequence[Token], first: int, names: frozenset[str]) -> int:
    """Return where the place begins without words before it that are of no place ("also ... by")."""
    word = tokens[first].word
    if word in STREETS | PREPOSITIONS | ARTICLES | names or word[:1].isdigit():
        return first
    ahead = range(first + 1, min(len(tokens), first + AHEAD))
    return next((here for here in ahead if tokens[here].word in PREPOSITIONS), first)


def _by_pattern(tokens: Sequence[Token], names: frozenset[str]) -> list[tuple[int, int]]:
    """Return the first preposition with words of places after it, for words the chain does not know."""

    def tells(here: int) -> bool:
        word = tokens[here].word
        return word in STREETS or word in names or tokens[here].raw[0].isupper()

    for first, token in enumerate(tokens):
        ahead = range(first + 1, min(len(tokens), first + 1 + AHEAD))
        if token.word not in PREPOSITIONS - MOVING or not any(
            tokens[n].word in STREETS | names for n in ahead
        ):
            continue
        last = next(n for n in ahead if tokens[n].word in STREETS | names)
        while last + 1 < len(tokens) and (tells(last + 1) or tokens[last + 1].word in PREPOSITIONS):
            last += 1
        while tokens[last].word in PREPOSITIONS:
            last -= 1
        return [(first, last)]
    return []
