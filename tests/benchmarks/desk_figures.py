"""What an act at the desk costs, and how that is told."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Self

from sqlalchemy import Engine, event

SCALE_CPU_MS = {
    "create": 146,
    "list of 20": 460,
    "list of 100": 1_714,
    "list by status": 1_592,
    "case page": 156,
    "near by": 22_000,
}
"""CPU of Signalen at 121,000 reports, for scale (near by: 1,200 neighbours)."""
HEAD = f"{'':24}{'statements':>11}{'CPU ms':>9}{'p50 ms':>9}{'p95 ms':>9}{'less than scale':>17}"
NOT_COUNTED = frozenset({"BEGIN", "SAVEPOINT", "RELEASE", "SET"})


@dataclass(slots=True)
class Figures:
    """One act, done several times: statements, CPU and wall-clock milliseconds of each."""

    name: str
    statements: list[int] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    wall_ms: list[float] = field(default_factory=list)

    @property
    def cpu(self) -> float:
        """Return the median CPU, in milliseconds."""
        return median(self.cpu_ms)

    def at(self, share: float) -> float:
        """Return the wall-clock milliseconds below which this share lies."""
        ordered = sorted(self.wall_ms)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Meter:
    """Counts the statements of every engine, and this process's CPU."""

    def __init__(self) -> None:
        self._sent = 0

    def __enter__(self) -> Self:
        event.listen(Engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_exc: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._note)

    def _note(self, _conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self._sent += statement.split(maxsplit=1)[0] not in NOT_COUNTED

    @contextmanager
    def measure(self, figures: Figures, others: list[float]) -> Iterator[None]:
        """Measure one time; `others` is filled with CPU seconds that are not the program's own."""
        before, cpu, wall = self._sent, time.process_time(), time.perf_counter()
        yield
        figures.wall_ms.append((time.perf_counter() - wall) * 1_000)
        figures.cpu_ms.append((time.process_time() - cpu - sum(others)) * 1_000)
        figures.statements.append(self._sent - before)


def table(found: Mapping[tuple[str, int], Sequence[Figures]]) -> str:
    """Return the figures of every database and size, with the ratios that the bar is about."""
    lines = []
    for (kind, size), acts in found.items():
        lines.append(f"\n{kind}, {size:,} reports")
        lines.append(
            f"{'':24}{'statements':>11}{'CPU ms':>9}{'p50 ms':>9}{'p95 ms':>9}{'less than scale':>17}"
        )
        for act in acts:
            scale = SCALE_CPU_MS.get(act.name.removesuffix(" page") if "list" in act.name else act.name)
            less = f"{scale / act.cpu:.0f} times" if scale and act.cpu else "-"
            shown = f"{act.cpu:>9.2f}{act.at(0.5):>9.2f}{act.at(0.95):>9.2f}"
            lines.append(f"{act.name:24}{max(act.statements):>11}{shown}{less:>17}")
    lines += _growth(found)
    return "\n".join(lines)


def _growth(found: Mapping[tuple[str, int], Sequence[Figures]]) -> Iterator[str]:
    """Yield how much dearer each act is over many reports than over few."""
    for kind in dict.fromkeys(kind for kind, _ in found):
        sizes = sorted(size for one, size in found if one == kind)
        if len(sizes) > 1:
            yield f"\n{kind}, {sizes[-1]:,} to {sizes[0]:,}: CPU, p50 (goal: at most 1.5)"
            for few, many in zip(found[kind, sizes[0]], found[kind, sizes[-1]], strict=True):
                cpu, wall = many.cpu / (few.cpu or 1), many.at(0.5) / (few.at(0.5) or 1)
                yield f"{few.name:24}{cpu:>8.2f}{wall:>8.2f}"
