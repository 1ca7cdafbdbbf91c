"""The tables of the sending benchmark, and where ours misses its bar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tests.benchmarks.sending_million import Queued
from tests.benchmarks.sending_replies import Waits
from tests.benchmarks.sending_run import OURS, Seen

RATE, WINDOW, CPU_SECONDS = 29.0, 30, 2.0
SHARE_OF_BARE = 0.5
P95_SECONDS, P99_SECONDS = 1.0, 2.0
SECONDS, PEAK_MB = 60.0, 200.0

Row = Sequence[object]


def sent(found: Sequence[Seen]) -> str:
    """Return who sent how fast, and what became of it."""
    head = ("", "rate/s", "worst second", "429s", "lost", "untried", "twice", "uncertain", "in flight")
    return _table(
        (*head, "CPU s/1,000", "noise ms"),
        [
            (
                *(s.bot, f"{s.rate:.1f}", s.worst_window, s.refused, s.lost, s.untried, s.twice),
                *(_or_dash(s.uncertain), _or_dash(s.in_flight)),
                *(f"{s.cpu_seconds:.2f}", f"{s.noise_ms:.0f}"),
            )
            for s in found
        ],
    )


def fast(found: Sequence[Seen]) -> str:
    """Return the same, and ours by the bare client's rate."""
    return f"{sent(found)}\nours by bare: {_share_of_bare(found):.2f}"


def replies(found: Sequence[Waits]) -> str:
    """Return how long residents waited."""
    return _table(
        ("messages", "p50 s", "p95 s", "p99 s", "of the campaign", "429s", "noise ms"),
        [
            (w.messages, *(f"{s:.3f}" for s in (w.p50, w.p95, w.p99)), w.sent, w.refused, f"{w.noise_ms:.0f}")
            for w in found
        ],
    )


def million(found: Sequence[Queued]) -> str:
    """Return how long the queueing took."""
    return _table(
        ("database", "queued", "seconds", "peak MB", "noise ms"),
        [(q.database, q.rows, f"{q.seconds:.1f}", f"{q.peak_mb:.0f}", f"{q.noise_ms:.0f}") for q in found],
    )


TABLES: Mapping[str, Callable[[Any], str]] = {
    "limits": sent,
    "kills": sent,
    "fast": fast,
    "replies": replies,
    "million": million,
}


def missed(found: Mapping[str, Sequence[Any]]) -> list[str]:
    """Return where ours misses its bar, in words."""
    return [f"{part}: {words}" for part, all_ in found.items() for words in _MISSED[part](all_)]


def _limits_missed(found: Sequence[Seen]) -> Iterator[str]:
    for one in _ours(found):
        yield from _safely_missed(one)
        if one.rate < RATE:
            yield f"{one.rate:.1f} a second"
        if one.lost:
            yield f"{one.lost} lost"
        if one.cpu_seconds > CPU_SECONDS:
            yield f"{one.cpu_seconds:.2f} s of CPU for 1,000"


def _kills_missed(found: Sequence[Seen]) -> Iterator[str]:
    for one in _ours(found):
        yield from _safely_missed(one)
        if (one.uncertain or 0) > (one.in_flight or 0):
            yield f"{one.uncertain} uncertain, {one.in_flight} in flight"
        if one.lost > (one.uncertain or 0):
            yield f"{one.lost} lost, {one.uncertain} uncertain"


def _safely_missed(one: Seen) -> Iterator[str]:
    if one.worst_window > WINDOW or one.refused:
        yield f"{one.worst_window} in a second, {one.refused} refused"
    if one.untried or one.twice:
        yield f"{one.untried} untried, {one.twice} twice"


def _fast_missed(found: Sequence[Seen]) -> Iterator[str]:
    if (share := _share_of_bare(found)) < SHARE_OF_BARE:
        yield f"{share:.2f} of the bare client"


def _replies_missed(found: Sequence[Waits]) -> Iterator[str]:
    for one in found:
        if one.p95 >= P95_SECONDS or one.p99 >= P99_SECONDS or one.refused:
            yield f"p95 {one.p95:.2f} s, p99 {one.p99:.2f} s, {one.refused} refused"


def _million_missed(found: Sequence[Queued]) -> Iterator[str]:
    for one in found:
        if one.seconds > SECONDS or one.peak_mb > PEAK_MB:
            yield f"{one.database}: {one.seconds:.0f} s, {one.peak_mb:.0f} MB"


_MISSED: Mapping[str, Callable[[Any], Iterator[str]]] = {
    "limits": _limits_missed,
    "kills": _kills_missed,
    "fast": _fast_missed,
    "replies": _replies_missed,
    "million": _million_missed,
}


def _ours(found: Sequence[Seen]) -> Iterator[Seen]:
    return (one for one in found if one.bot == OURS)


def _share_of_bare(found: Sequence[Seen]) -> float:
    """Return ours by bare, of all rounds together."""
    ours = [one.rate for one in found if one.bot == OURS]
    bare = [one.rate for one in found if one.bot != OURS]
    return sum(ours) / sum(bare) if bare and sum(bare) else 0.0


def _or_dash(value: int | None) -> object:
    return "-" if value is None else value


def _table(head: Sequence[str], rows: Sequence[Row]) -> str:
    lines = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    return "\n".join("  ".join(map(str.rjust, line, widths)) for line in lines)
