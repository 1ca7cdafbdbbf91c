"""The model that ships was trained on the examples that lie here, by the code that lies here."""

from __future__ import annotations

from store.profile.understanding import load_understanding
from tests.training.corpus import fingerprint


def test_the_model_is_made_of_these_examples() -> None:
    assert load_understanding().made_of == fingerprint(), "train it again: ./dev train"
