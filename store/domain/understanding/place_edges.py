"""Where the words that say where begin and end; and how to find them where the chain knows none of them."""

from __future__ import annotations

from collections.abc import Sequence

from store.domain.understanding.place_features import Known, Token
from store.domain.understanding.place_kinds import (
    AFTERWARDS,
    AHEAD,
    ARTICLES,
    HOUSE,
    JOINING,
    MOST_ADJECTIVES,
    MOST_DIGITS,
    MOVING,
    NO_NAMES,
    NUMBERED,
    OFTEN_SAID,
    PARTICLES,
    PREPOSITIONS,
    ROADS,
    STREETS,
)


def begun_at(tokens: Sequence[Token], first: int, known: Known) -> int:
    """Return where the place really begins: "on the stairs" of "on the stairs at X" is part of it."""
    begun = _joined(tokens, _cut(tokens, first, known.names), known.spots)
    after = tokens[begun + 1].word if begun + 1 < len(tokens) else ""
    if tokens[begun].word in PARTICLES and after in {"on", "at"}:
        begun += 1
    elif tokens[begun].word not in PREPOSITIONS:
        begun = _with_number(tokens, begun)
    return begun


def _joined(tokens: Sequence[Token], begun: int, spots: frozenset[str]) -> int:
    """Return where the place begins with the road and the spots before it that belong to it."""
    if tokens[begun].word in PREPOSITIONS:
        begun = _road_before(tokens, begun)
    if tokens[begun].word == "of" and begun < len(tokens) - 1:
        begun += 1
    while tokens[begun].word in JOINING:
        before = _spot_before(tokens, begun, spots)
        if before == begun:
            break
        begun = before
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


def by_road(tokens: Sequence[Token]) -> list[tuple[int, int]]:
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


def ended_at(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where the place really ends: with a house number behind, without "again"."""
    while last > first and tokens[last].word in AFTERWARDS:
        last -= 1
    behind = [token.word for token in tokens[last + 1 : last + 3]]
    if behind and tokens[last].word in STREETS and behind[0].isdigit() and len(behind[0]) <= MOST_DIGITS:
        return last + 1 if len(behind) == 1 or not behind[1].isalnum() else last
    return last


def _spot_before(tokens: Sequence[Token], end: int, spots: frozenset[str]) -> int:
    """Return where the spot begins that ends here, with its preposition; `end` where there is none."""
    noun = end
    while noun and tokens[noun - 1].word in spots:
        noun -= 1
    if noun == end:
        return end
    for start in range(noun, max(noun - MOST_ADJECTIVES, 0) - 1, -1):
        if start < noun and not tokens[start].word[:1].isalnum():
            break
        here = start - 1 if start and tokens[start - 1].word in ARTICLES else start
        if here and tokens[here - 1].word in JOINING:
            return here - 1
    if noun and tokens[noun - 1].word in ARTICLES:
        return noun - 1
    opens = range(noun, max(noun - MOST_ADJECTIVES, 0) - 1, -1)
    return next((at for at in opens if at == 0 or not tokens[at - 1].word[:1].isalnum()), end)


def _road_before(tokens: Sequence[Token], end: int) -> int:
    """Return where the name of a road begins that ends here: "Sweyn Road w Margate"; else `end`."""
    name, road = (tokens[end - 2], tokens[end - 1]) if end > 1 else (tokens[0], tokens[0])
    spoken = road.word in OFTEN_SAID and road.raw.islower()
    if name is road or road.word not in ROADS or spoken or not name.raw.istitle():
        return end
    first = end - 2
    while first and tokens[first - 1].raw.istitle() and tokens[first - 1].word not in PREPOSITIONS:
        first -= 1
    return first


def _cut(tokens: Sequence[Token], first: int, names: frozenset[str]) -> int:
    """Return where the place begins without words before it that are of no place ("also ... by")."""
    word = tokens[first].word
    if word in STREETS | PREPOSITIONS | ARTICLES | names or word[:1].isdigit():
        return first
    ahead = range(first + 1, min(len(tokens), first + AHEAD))
    return next((here for here in ahead if tokens[here].word in PREPOSITIONS), first)


def by_pattern(tokens: Sequence[Token], names: frozenset[str]) -> list[tuple[int, int]]:
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
