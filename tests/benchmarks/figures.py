"""Figures of several rounds, as a table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tests.benchmarks.kill import Loss

NOISE_TURNS = 300_000


@dataclass(frozen=True, slots=True)
class Result:
    """One bot in one round.

    `open_stall_ms` while `open_forms` stay open; `driver_share` is the driver's CPU per second of
    the measured phase (near 1 the driver, not the bot, sets the pace); `noise_ms` is the time of
    a fixed loop just before: it tells how busy the machine was with others.
    """

    bot: str
    updates: int
    updates_per_second: float
    cpu_ms_per_update: float
    stall_ms: float
    driver_share: float
    memory_mib: float
    noise_ms: float
    open_forms: int = 0
    open_stall_ms: float | None = None
    loss: Loss | None = None


Round = Mapping[str, Result]
Reading = Callable[[Result], float | None]
RATIOS: tuple[tuple[str, str, str, Reading], ...] = (
    ("updates/s, ours to PTB (goal: at least 3)", "ours", "ptb", lambda r: r.updates_per_second),
    ("CPU, ours to aiogram (goal: at most 1.3)", "ours", "aiogram", lambda r: r.cpu_ms_per_update),
    ("updates/s, ours to aiogram", "ours", "aiogram", lambda r: r.updates_per_second),
)
READINGS: tuple[tuple[str, Reading], ...] = (
    ("updates/s", lambda r: r.updates_per_second),
    ("CPU ms/update", lambda r: r.cpu_ms_per_update),
    ("longest stall ms", lambda r: r.stall_ms),
    ("stall ms, forms open", lambda r: r.open_stall_ms),
    ("updates lost", lambda r: r.loss.lost if r.loss else None),
    ("answers doubled", lambda r: r.loss.doubled if r.loss else None),
    ("open forms lost", lambda r: r.loss.forms_lost if r.loss else None),
    ("memory MiB", lambda r: r.memory_mib),
    ("driver CPU share", lambda r: r.driver_share),
    ("noise loop ms", lambda r: r.noise_ms),
)


def noise_ms() -> float:
    """Return how long a fixed piece of work takes now, in milliseconds."""
    began = time.perf_counter()
    total = 0
    for number in range(NOISE_TURNS):
        total += number * number % 7
    return (time.perf_counter() - began) * 1000


def table(rounds: Sequence[Round]) -> str:
    """Return every figure as minimum, median and maximum over the rounds, and the ratios."""
    bots = list(rounds[0])
    head = ["", *bots]
    body = [
        [name, *(_spread([reading(r[bot]) for r in rounds]) for bot in bots)] for name, reading in READINGS
    ]
    widths = [max(len(row[i]) for row in [head, *body]) for i in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in [head, *body]
    ]
    return "\n".join([*lines, "", *ratios(rounds)])


def ratios(rounds: Sequence[Round]) -> list[str]:
    """Return the ratios, each taken within one round."""
    return [
        f"{name}: {_spread([_over(reading(r[one]), reading(r[other])) for r in rounds])}"
        for name, one, other, reading in RATIOS
        if {one, other} <= rounds[0].keys()
    ]


def _over(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None


def _spread(found: Sequence[float | None]) -> str:
    values = sorted(value for value in found if value is not None)
    if not values:
        return "-"
    shown = [f"{value:.{_digits(value)}f}" for value in (values[0], statistics.median(values), values[-1])]
    return shown[1] if shown[0] == shown[2] else " / ".join(shown)


def _digits(value: float) -> int:
    return 0 if value >= 100 or value == int(value) else 2 if value < 10 else 1
