"""Cross-validation: read every example with a model that never saw it (nor its spoiled copies)."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from store.domain.understanding import Understanding
from tests.training.corpus import Example
from tests.training.fit import SEED, trained

FOLDS = 5


def folds(examples: Sequence[Example], count: int = FOLDS) -> Iterator[tuple[list[Example], list[Example]]]:
    """Return (to learn from, to be judged on), `count` times."""
    order = list(range(len(examples)))
    random.Random(SEED).shuffle(order)
    for fold in range(count):
        held = set(order[fold::count])
        yield (
            [e for n, e in enumerate(examples) if n not in held],
            [examples[n] for n in sorted(held)],
        )


def models(
    examples: Sequence[Example], thresholds: dict[str, float], count: int = FOLDS
) -> Iterator[tuple[Understanding, list[Example]]]:
    """Return a model for each fold, and the examples it has not seen."""
    for learn, held in folds(examples, count):
        yield trained(learn, thresholds), held
