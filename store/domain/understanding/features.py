"""What a model sees of a text: words, pieces of words and what words mean, hashed into buckets.

People leave out accents, double letters and mistype: pieces of words still match. Everything here
must be the same when a model is trained and when it reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from zlib import crc32

from store.domain.understanding.concepts import Concepts
from store.domain.understanding.text import words_of

BUCKETS = 1 << 17
PIECES = (3, 4, 5)
"""Lengths of the pieces of words, in characters, with the blanks around a word."""


def buckets(text: str, concepts: Concepts) -> list[int]:
    """Return the buckets of a text's features, each once, in order."""
    words = words_of(text)
    meant = concepts.of(words)
    found = {f"={word}" for word in words}
    found.update(_pairs(words))
    found.update(f"#{concept}" for concept in meant)
    found.update(f"#{pair}" for pair in _pairs(meant))
    for word in set(words):
        padded = f" {word} "
        for length in PIECES:
            found.update(padded[i : i + length] for i in range(len(padded) - length + 1))
    return sorted({crc32(feature.encode("utf-8", "replace")) % BUCKETS for feature in found})


def _pairs(words: Sequence[str]) -> Iterator[str]:
    """Yield what stands side by side, or with one thing between."""
    yield from (f"{a}_{b}" for a, b in pairwise(words))
    yield from (f"{a}__{b}" for a, b in zip(words, words[2:], strict=False))
