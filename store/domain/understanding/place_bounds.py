"""How much of the words around a place belongs to it: what an officer would copy as "where".

What says exactly where stays ("outside the school", "behind the pub"), and so does ground that is
a place of its own ("the alley behind ..."). Left out are parts of a building or of somebody's home
that is named after them, things that stand about, whoever does something there, when it was, how
somebody moved there, and a bare "in" or "on" before open ground.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.domain.understanding.place_features import Known, Token
from store.domain.understanding.place_kinds import (
    AREAS,
    ARTICLES,
    AT,
    DAYS,
    EDGES,
    EXACT,
    HOMES,
    HOUSE,
    JOINING,
    MINE,
    MOTION,
    NUMBERED,
    OPEN,
    PREPOSITIONS,
    ROADS,
    STREETS,
    THINGS,
    WAYS,
    WHEN,
)

Span = tuple[int, int]
"""The first word of a place, and the first behind it."""
MOST_BETWEEN = 5
_HOUR = re.compile(r"\d{1,2}[ap]m")
_HYPHENS = frozenset("-\u2013")


class Bounds:
    """The words of one line and those that are known; says where a place in them begins and ends."""

    def __init__(self, tokens: Sequence[Token], known: Known) -> None:
        self._tokens = tokens
        self._words = [token.word for token in tokens]
        self._names, self._spots = known.names, known.spots

    def of(self, first: int, end: int) -> Span:
        """Return the place that was found from `first` up to, not including, `end` as it is to be said."""
        first = self._with_edge(first, end)
        first, end = self._without_time(first, end)
        first = self._without_subject(first, end)
        first = self._without_parts(first, end)
        first = self._without_motion(first, end)
        first = self._without_bare(first, end)
        end = self._whole_names(first, end)
        return self._with_article(first), self._with_both(first, end)

    def _with_edge(self, first: int, end: int) -> int:
        """Return where "at the top of X" or "flat 6 in X" begins, of which "top of X" or "in X" was found."""
        words = self._words
        if words[first] in EDGES and words[first + 1 : first + 2] == ["of"]:
            first -= first > 0 and words[first - 1] in ARTICLES
            first -= first > 0 and words[first - 1] in PREPOSITIONS
        elif words[first] in AT and first > 1 and HOUSE.fullmatch(words[first - 1]):
            first -= 2 * (words[first - 2] in NUMBERED)
        elif _HOUR.fullmatch(words[first]) and first + 1 < end:
            first += 1
        return first

    def _without_time(self, first: int, end: int) -> Span:
        """Leave out "on Friday" in front or behind, and "after school" behind."""
        words = self._words
        if words[first] in WHEN and first + 2 < end and words[first + 1] in DAYS:
            first += 3 if words[first + 2] == "," and first + 3 < end else 2
        while end - 2 > first and words[end - 2] in WHEN and words[end - 1] in DAYS:
            if words[end - 1] == "school" and words[end - 2] != "after":
                break
            end -= 2
        return first, end

    def _without_subject(self, first: int, end: int) -> int:
        """Leave out who or what is there: "Lad sat outside the bank" is outside the bank."""
        words = self._words
        _, joint, _ = self._part(first, end)
        if words[first] in JOINING or not self._joins(joint, end) or words[joint] == "of":
            return first
        said = self._tokens[first:joint]
        of_ground = any(t.word in AREAS | ROADS | self._names for t in said)
        capital = any(t.raw[0].isupper() for t in said[not first :])
        venue = words[first] in ARTICLES or any(t.word in STREETS | self._spots for t in said)
        if of_ground or capital or (venue and not self._is_exact(joint)):
            return first
        return joint

    def _without_parts(self, first: int, end: int) -> int:
        """Leave out "in the stairwell of our block" before "in Staner Court"."""
        while True:
            start, joint, head = self._part(first, end)
            if not self._joins(joint, end) or not self._is_left_out(first, start, joint, head):
                return first
            first = joint + (self._words[joint] == "of")

    def _is_left_out(self, first: int, start: int, joint: int, head: str) -> bool:
        words = self._words
        said = set(words[start:joint])
        if words[joint] == "of":
            painted = head in {"door", "doors", "shutters", "wall"} and words[first] in MOTION | AT | {"over"}
            return painted or not MINE.isdisjoint(words[joint + 1 : joint + 3])
        named = any(t.raw.istitle() for t in self._tokens[max(start, 1) : joint])
        if named or not said.isdisjoint(AREAS - {"flat"}):
            return False
        if not said.isdisjoint(MINE) or head in HOMES:
            return not (words[first] in EXACT and head in THINGS and said.isdisjoint(MINE))
        return head in THINGS and words[first] not in EXACT and self._is_exact(joint)

    def _without_motion(self, first: int, end: int) -> int:
        """Leave out "along", "down", "up on": how somebody moved."""
        words = self._words
        if words[first] not in MOTION or first + 1 >= end or self._at_an_edge(first):
            return first
        up_there = words[first] == "up" and words[first + 1] in AT
        said_alone = words[first] in {"along", "down", "from", "of", "up"}
        return first + (up_there or said_alone or words[first + 1] in ARTICLES)

    def _without_bare(self, first: int, end: int) -> int:
        """Leave out "in", "on" or "at" before what is described: "on the beach at X" is the beach at X.

        It stays before a bare name ("in King Street"), a way ("in the alley behind X"), a thing ("on
        the bench by X") and an edge ("at the bottom of X").
        """
        words = self._words
        if words[first] not in AT or first + 1 >= end:
            return first
        _, joint, head = self._part(first, end)
        described = words[first + 1] in ARTICLES and joint < end - 1
        if head in WAYS | THINGS | HOMES or self._at_an_edge(first):
            return first
        return first + (described or (head in OPEN and joint < end - 1))

    def _whole_names(self, first: int, end: int) -> int:
        """Return where it ends, with the rest of a name: of "X in" before a capital, of "Saint-" ..."""
        words, tokens = self._words, self._tokens
        if end < len(tokens) and words[end - 1] in PREPOSITIONS and tokens[end].raw[0].isupper():
            end += 1
        while end - 1 > first and words[end - 1] in PREPOSITIONS and tokens[end - 1].raw[0].islower():
            end -= 1
        while end + 1 < len(tokens) and words[end] in _HYPHENS and self._touch(end):
            end += 2
        return end

    def _touch(self, hyphen: int) -> bool:
        before, mark, after = self._tokens[hyphen - 1 : hyphen + 2]
        return before.end == mark.start and mark.end == after.start

    def _with_both(self, first: int, end: int) -> int:
        """Return where "between X and Y" ends, of which "between X" was found."""
        words = self._words
        said = words[first:end]
        if "between" not in said or "and" in said or words[end : end + 1] != ["and"]:
            return end
        last = end + 1
        while last < min(len(words), end + MOST_BETWEEN) and self._goes_on(last, end):
            last += 1
        return last if last > end + 1 else end

    def _goes_on(self, here: int, joined: int) -> bool:
        word, raw = self._words[here], self._tokens[here].raw
        begins = here == joined + 1 or self._words[here - 1] in ARTICLES
        return raw[0].isalnum() and (begins or raw[0].isupper() or word in self._names | STREETS)

    def _with_article(self, first: int) -> int:
        """Return where it begins with an adjective or two before it, back to the article: "the empty pub"."""
        words = self._words
        if words[first] in JOINING | ARTICLES:
            return first
        for here in range(first - 1, max(first - 3, -1), -1):
            if words[here] in ARTICLES:
                return here
            if not words[here].isalnum() or words[here] in JOINING:
                break
        return first

    def _part(self, first: int, end: int) -> tuple[int, int, str]:
        """Return where the first noun with its adjectives begins, where it ends, and the noun."""
        words = self._words
        start = first + (words[first] in JOINING)
        start += start < end and words[start] in ARTICLES
        stop = start
        while stop < end and words[stop] not in JOINING and words[stop][:1].isalnum():
            stop += 1
        return start, stop, words[stop - 1] if stop > start else ""

    def _joins(self, here: int, end: int) -> bool:
        """Tell whether a preposition stands here and something is named after it."""
        if here >= end - 1 or self._words[here] not in JOINING:
            return False
        after = self._tokens[here + 1 : end]
        return any(t.word in self._names | STREETS | ROADS or t.raw[0].isupper() for t in after)

    def _at_an_edge(self, first: int) -> bool:
        """Tell whether it is "at the bottom of ...", "round the back of ..."."""
        return not EDGES.isdisjoint(self._words[first + 1 : first + 3])

    def _is_exact(self, here: int) -> bool:
        words = self._words
        if words[here] in EXACT:
            return True
        ahead = words[here + 1 : here + 4]
        edge = next((n for n, word in enumerate(ahead[:2]) if word in EDGES), None)
        return words[here] in AT and edge is not None and ahead[edge + 1 : edge + 2] == ["of"]
