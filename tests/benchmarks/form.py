"""The report form as fixed steps, so that every bot shows the same words and the same keyboards."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "form.json"
THANKS = "Thank you. We have your report. Its reference is {reference}. Somebody will look at it soon."

Row = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Step:
    """One question, its buttons as (label, value) in rows, and what the person answers.

    `typed` answers are written; the others are the value of a button.
    """

    code: str
    text: str
    rows: Sequence[Row]
    answer: str
    typed: bool


def write(steps: Iterable[Step], folder: Path) -> None:
    """Leave the steps in a folder for a bot that knows nothing of our code."""
    (folder / FILE).write_text(json.dumps([asdict(step) for step in steps]), encoding="utf-8")


def read(folder: Path) -> list[Step]:
    """Return the steps that the driver left."""
    return [Step(**step) for step in json.loads((folder / FILE).read_text(encoding="utf-8"))]


def data(step: Step, number: int, value: str) -> str:
    """Return a button's callback data, as long as ours."""
    return f"f:report:{step.code}:{number}:{value}"


def review(asked: Iterable[Step], answers: dict[str, str]) -> str:
    """Return the answers so far, one a line, beneath the words of the review."""
    *before, last = asked
    lines = [f"{step.code}: {answers.get(step.code, '-')}" for step in before]
    return "\n".join([last.text, "", *lines])
