"""The trained model that ships with the program, as data."""

from __future__ import annotations

from pathlib import Path

from store.domain.understanding import Understanding

MODEL = Path(__file__).with_name("understanding.bin")


def load_understanding() -> Understanding:
    """Return the model as it was trained; read once, at start."""
    return Understanding.from_bytes(MODEL.read_bytes())
