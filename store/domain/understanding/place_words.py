"""Find the words that say where: a linear chain over the words of a text.

Each word is outside (O), at the beginning of (B) or inside (I) the place; the best chain is found
by Viterbi's algorithm. The weights are those of a conditional random field trained elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.domain.understanding.place_bounds import Bounds
from store.domain.understanding.place_edges import begun_at, by_pattern, by_road, ended_at
from store.domain.understanding.place_features import Known, Token, features_of, tokens_of
from store.domain.understanding.place_kinds import ROADS

OUTSIDE, BEGIN, INSIDE = 0, 1, 2
TAGS = ("O", "B", "I")
Weights = tuple[float, float, float]
_NONE: Weights = (0.0, 0.0, 0.0)
_NEVER = -1e9
READINESS = 1.0
"""How much less it takes to see a place where none was seen at first: one is asked to confirm it."""


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The trained chain: `states` by feature, `moves[from][to]` between tags, and the known words."""

    states: Mapping[str, Weights]
    moves: Sequence[Weights]
    known: Known

    def find(self, text: str) -> str | None:
        """Return the piece of the text that says where, exactly as written; None where none does."""
        found = (self._in_line(line) for line in text.splitlines())
        return max((place for place in found if place), key=len, default=None)

    def _in_line(self, text: str) -> str | None:
        tokens = tokens_of(text)
        scores = [self._score(found) for found in features_of(tokens, self.known)]
        spans = (
            _spans(self._best(scores))
            or _spans(self._best([(o - READINESS, b, i) for o, b, i in scores]))
            or by_pattern(tokens, self.known.names)
            or by_road(tokens)
        )
        if not spans:
            return None
        first, last = max(spans, key=lambda span: self._says(tokens, *span))
        first = begun_at(tokens, first, self.known)
        last = ended_at(tokens, first, last)
        first, end = Bounds(tokens, self.known).of(first, last + 1)
        return text[tokens[first].start : tokens[end - 1].end].strip(" ,.;:!?-\u2013\n") or None

    def _says(self, tokens: Sequence[Token], first: int, last: int) -> tuple[bool, int]:
        """Return how much a piece says: rather the name of a known place, rather more than less."""
        named = any(token.word in self.known.names | ROADS for token in tokens[first : last + 1])
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


def _spans(tags: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and the last word of each place."""
    spans: list[tuple[int, int]] = []
    for here, tag in enumerate(tags):
        if tag == BEGIN or (tag == INSIDE and not spans):
            spans.append((here, here))
        elif tag == INSIDE:
            spans[-1] = (spans[-1][0], here)
    return spans
