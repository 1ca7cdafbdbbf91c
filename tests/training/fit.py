"""Fit the models on examples: reproducible, on one thread."""

from __future__ import annotations

import json
import random
from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np
import pycrfsuite
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from store.domain.understanding import EMERGENCY, Understanding, packed
from store.domain.understanding.concepts import read_concepts
from store.domain.understanding.features import BUCKETS, buckets
from store.domain.understanding.place_features import Known, features_of, tokens_of
from store.domain.understanding.place_words import TAGS
from store.profile.load import load
from tests.training.corpus import Example, concept_lines, lexicon, spots
from tests.training.spoiled import SPOILED_EACH, spoiled

SEED = 20261123
C_LINEAR = 0.3
C1, C2, MOST_ROUNDS = 0.2, 0.02, 120
SMALLEST = 2
"""Weights that round to less than this, of 127, are left out."""
KEPT_STATE = 0.02


def fit(examples: Sequence[Example], thresholds: dict[str, float], made_of: str) -> bytes:
    """Return a model trained on these examples, as bytes."""
    dice = random.Random(SEED)
    more = [*examples, *(spoiled(e, dice) for e in examples for _ in range(SPOILED_EACH))]
    words = list(lexicon())
    head, parts = _linear([*more, *words, *(spoiled(e, dice) for e in words)])
    known = Known(_names(), spots())
    moves, states = _chain(more, known)
    head |= {"moves": moves, "names": sorted(known.names), "spots": sorted(known.spots)}
    head |= {"thresholds": thresholds, "made_of": made_of}
    return packed(head, parts | {"states": states})


def trained(examples: Sequence[Example], thresholds: dict[str, float]) -> Understanding:
    """Return a model trained on these examples."""
    return Understanding.from_bytes(fit(examples, thresholds, ""))


def _matrix(read: Sequence[list[int]], rarity: Any) -> csr_matrix:
    rows, columns, values = [], [], []
    for row, buckets_read in enumerate(read):
        seen = buckets_read or [0]
        counts = rarity[seen].astype(float)
        rows += [row] * len(seen)
        columns += seen
        values += list(counts / (np.sqrt((counts**2).sum()) or 1.0))
    return csr_matrix((values, (rows, columns)), shape=(len(read), BUCKETS))


def _rarity(read: Sequence[list[int]]) -> Any:
    """Return how much each bucket counts, in tenths: the logarithm of how rare its features are."""
    seen = np.zeros(BUCKETS)
    for one in read:
        seen[one] += 1
    rare = np.log((1 + len(read)) / (1 + seen)) + 1
    return np.clip(np.rint(rare * 10), 1, 255).astype(np.uint8)


def _linear(examples: Sequence[Example]) -> tuple[dict[str, Any], dict[str, bytes]]:
    labels = [*sorted({code for e in examples for code in e.codes}), EMERGENCY]
    said = concept_lines()
    known = read_concepts(said)
    read = [buckets(example.text, known) for example in examples]
    rarity = _rarity(read)
    matrix = _matrix(read, rarity)
    found, biases = [], []
    for label in labels:
        wanted = np.array(
            [int(bool(e.emergency) if label == EMERGENCY else label in e.codes) for e in examples]
        )
        judged = np.array([label != EMERGENCY or e.emergency is not None for e in examples])
        one = LinearSVC(C=C_LINEAR, random_state=SEED, class_weight=_balance(wanted[judged]))
        one.fit(matrix[judged], wanted[judged])
        found.append(one.coef_[0])
        biases.append(round(float(one.intercept_[0]), 5))
    head, parts = _quantised(labels, np.array(found), biases)
    return head, parts | {"rarity": rarity.tobytes(), "concepts": "\n".join(said).encode()}


def _balance(wanted: Any) -> dict[int, float]:
    """Let the few count for more, by the root of how few they are."""
    few = float(wanted.mean())
    return {0: 1.0, 1: float(np.sqrt((1 - few) / few)) if 0 < few < 1 else 1.0}


def _quantised(
    labels: list[str], weights: Any, biases: list[float]
) -> tuple[dict[str, Any], dict[str, bytes]]:
    scales = np.abs(weights).max(axis=1) / 127
    small = np.rint(weights / scales[:, None]).astype(int)
    small[np.abs(small) < SMALLEST] = 0
    starts, classes, values = array("I", [0]), bytearray(), array("b")
    for bucket in range(BUCKETS):
        for label in np.nonzero(small[:, bucket])[0]:
            classes.append(int(label))
            values.append(int(small[label, bucket]))
        starts.append(len(classes))
    head = {"labels": labels, "biases": biases, "scales": [round(float(s), 7) for s in scales]}
    return head, {"starts": starts.tobytes(), "classes": bytes(classes), "weights": values.tobytes()}


def _names() -> frozenset[str]:
    """Return the folded words of the names of places and wards, the long ones."""
    profile = load("thanet")
    said = [name for place in profile.places for name in (place.name, *place.aliases)]
    said += [ward.name for ward in profile.wards]
    words = {token.word for name in said for token in tokens_of(name)}
    return frozenset(word for word in words if len(word) > 3 and word.isalpha())


def _chain(examples: Sequence[Example], known: Known) -> tuple[list[list[float]], bytes]:
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(
        {"c1": C1, "c2": C2, "max_iterations": MOST_ROUNDS, "feature.possible_transitions": True}
    )
    for example in examples:
        tokens = tokens_of(example.text)
        if tokens:
            trainer.append(features_of(tokens, known), tags_of(example))
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "chain")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        moves = [[round(info.transitions.get((a, b), 0.0), 4) for b in TAGS] for a in TAGS]
        states: dict[str, list[float]] = {}
        for (feature, tag), weight in info.state_features.items():
            if abs(weight) >= KEPT_STATE:
                states.setdefault(feature, [0.0, 0.0, 0.0])[TAGS.index(tag)] = round(weight, 3)
        tagger.close()
    listed = [[feature, *weights] for feature, weights in sorted(states.items())]
    return moves, json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode()


def tags_of(example: Example) -> list[str]:
    """Return the tag of each word of an example."""
    tokens = tokens_of(example.text)
    if example.place is None:
        return ["O"] * len(tokens)
    start = example.text.index(example.place)
    end = start + len(example.place)
    inside = [start <= token.start and token.end <= end for token in tokens]
    return [("I" if n and inside[n - 1] else "B") if here else "O" for n, here in enumerate(inside)]
