"""A linear model in small arrays: which kinds a text is like, each with a score."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from store.domain.understanding.concepts import Concepts
from store.domain.understanding.features import buckets


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of many one-against-the-rest models, sparse by bucket.

    The weights of bucket b are `weights[starts[b]:starts[b + 1]]`, each for the class at the same
    place in `classes` and to be multiplied with that class's `scales`. `rarity` says how much a
    bucket counts: the rarer its features, the more (inverse document frequency, in tenths).
    """

    labels: tuple[str, ...]
    biases: Sequence[float]
    scales: Sequence[float]
    starts: array[int]
    classes: bytes
    weights: array[int]
    rarity: bytes
    concepts: Concepts

    def read(self, text: str) -> dict[str, float]:
        """Return how much this text is like each label: a score, above 0 rather so than not."""
        sums = [0] * len(self.labels)
        starts, classes, weights, rarity = self.starts, self.classes, self.weights, self.rarity
        length = 0
        for bucket in buckets(text, self.concepts):
            counts = rarity[bucket]
            length += counts * counts
            for place in range(starts[bucket], starts[bucket + 1]):
                sums[classes[place]] += weights[place] * counts
        share = 1 / math.sqrt(length) if length else 0.0
        scores = zip(self.labels, self.biases, sums, self.scales, strict=True)
        return {label: bias + total * scale * share for label, bias, total, scale in scores}
