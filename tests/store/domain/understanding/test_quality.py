"""How well the model that ships reads what took no part in making it: messages of three other writers."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from store.profile.understanding import load_understanding
from tests.training.corpus import HELD_OUT
from tests.training.judge import Judged, judge, messages

FIXED_TURNS = 30_000
MARKED_BY_RULE = ("p", "q")
"""Whose writers had read how much of the words is the place (docs/understanding.md); N had examples only."""
PLACES_EXACT = 0.80
PLACES_OF_ALL = 0.75
PLACES_LOOSELY = 0.80
"""Without a preposition in front, of which each writer without a rule makes something else."""


def _judged(*names: str) -> Judged:
    model, found = load_understanding(), Judged()
    for name in names:
        judge(model, messages(HELD_OUT / f"{name}.jsonl"), found)
    return found


@pytest.fixture(scope="module")
def judged() -> Judged:
    return _judged(*(path.stem for path in sorted(HELD_OUT.glob("*.jsonl"))))


def test_hardly_an_emergency_goes_without_its_card(judged: Judged) -> None:
    assert judged.emergency.recall >= 0.95
    assert judged.emergency.alarms <= 0.20


def test_the_category_is_among_the_three_offered(judged: Judged) -> None:
    assert sum(judged.top) / len(judged.top) >= 0.90
    others = [hit for code, found in judged.languages.items() if code != "en" for hit in found]
    assert sum(others) / len(others) >= 0.90


def test_where_it_happened_is_picked_out_exactly(judged: Judged) -> None:
    by_rule = _judged(*MARKED_BY_RULE)
    assert sum(by_rule.place) / len(by_rule.place) >= PLACES_EXACT
    assert sum(judged.place) / len(judged.place) >= PLACES_OF_ALL
    assert sum(judged.place_loosely) / len(judged.place_loosely) >= PLACES_LOOSELY


def test_what_is_called_no_report_is_none(judged: Judged) -> None:
    assert judged.report.precision >= 0.90
    assert judged.report.recall >= 0.60


def test_reading_takes_a_few_milliseconds() -> None:
    """5 ms on a machine that does the fixed work in 2 ms; three times that while coverage looks on."""
    model = load_understanding()
    texts = [example.text for path in sorted(HELD_OUT.glob("*.jsonl")) for example in messages(path)[:20]]
    best = sorted(min(_seconds(model.read, text) for _ in range(5)) for text in texts)
    fixed = min(_seconds(_fixed_work, FIXED_TURNS) for _ in range(20))
    assert best[len(best) // 2] < 7.5 * fixed


def _fixed_work(turns: int) -> int:
    return sum(number * number % 7 for number in range(turns))


def _seconds(work: Callable[[Any], object], on: object) -> float:
    began = time.process_time()
    work(on)
    return time.process_time() - began
