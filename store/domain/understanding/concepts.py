"""Words that mean the same in six languages, so that what is learnt in one helps in the others.

A line is `name: English ; Polish ; Romanian ; Czech and Slovak ; Ukrainian`, each part words between
blanks; `_` joins the words of an expression, `*` ends the beginning of a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from store.domain.understanding.text import folded

GROUPS = 5
"""English, Polish, Romanian, Czech with Slovak, Ukrainian."""
SHORTEST_STEM = 2
_ANY = "*"
Said = tuple[str, tuple[str, ...]]
"""A concept, and the words of its expression after the first."""


@dataclass(frozen=True, slots=True)
class Group:
    """What the words of one language mean, by their first word or its beginning."""

    words: dict[str, list[Said]] = field(default_factory=dict)
    stems: dict[str, list[Said]] = field(default_factory=dict)

    def add(self, concept: str, said: str) -> None:
        """Add an expression."""
        first, *rest = (folded(word) for word in said.split("_"))
        kind = self.stems if first.endswith(_ANY) else self.words
        kind.setdefault(first.removesuffix(_ANY), []).append((concept, tuple(rest)))

    def of(self, words: Sequence[str]) -> list[str]:
        """Return the concepts of folded words, in order."""
        return [concept for here in range(len(words)) for concept in self._at(words, here)]

    def _at(self, words: Sequence[str], here: int) -> Iterable[str]:
        word = words[here]
        begun = [self.words.get(word, ())]
        begun += [self.stems.get(word[:length], ()) for length in range(SHORTEST_STEM, len(word) + 1)]
        found = {
            concept
            for expressions in begun
            for concept, rest in expressions
            if all(map(_fits, rest, words[here + 1 : here + 1 + len(rest)])) and here + len(rest) < len(words)
        }
        return sorted(found)


def _fits(said: str, word: str) -> bool:
    return word.startswith(said[:-1]) if said.endswith(_ANY) else word == said


@dataclass(frozen=True, slots=True)
class Concepts:
    """The concepts of every group of languages."""

    groups: tuple[Group, ...]

    def of(self, words: Sequence[str]) -> list[str]:
        """Return the concepts of a text, in the language that knows most of its words."""
        return max((group.of(words) for group in self.groups), key=len, default=[])


NONE = Concepts(())


def read_concepts(lines: Iterable[str]) -> Concepts:
    """Return the concepts that these lines say; `ValueError` for a line that is none."""
    groups = tuple(Group() for _ in range(GROUPS))
    for line in filter(str.strip, lines):
        name, colon, said = line.partition(":")
        parts = said.split(";")
        if not colon or len(parts) != GROUPS:
            raise ValueError(f"no concept: {line[:60]!r}")
        for group, part in zip(groups, parts, strict=True):
            for expression in part.split():
                group.add(name.strip(), expression)
    return Concepts(groups)
