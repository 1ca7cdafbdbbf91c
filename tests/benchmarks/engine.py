"""Let anything befall the sending engine, in virtual time: nothing twice, lost, too fast or unwanted.

Real sender, herald, store and emulator; crashes, faults of the messenger, standstills, and everything that
staff and residents may do meanwhile to campaigns, to urgent alerts and to what comes again.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import secrets
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import hypothesis
from hypothesis import HealthCheck, given, settings

from tests.notifications.engine_life import live
from tests.notifications.engine_steps import LIVES
from tests.support.databases import SqliteDatabases
from tests.support.virtual import VirtualLoop

SAY_EVERY = 50
MOST_SEED = 2**32


def main(argv: Sequence[str]) -> int:
    """Run it and print what was done; 1 with the shortest life that breaks a promise."""
    parser = argparse.ArgumentParser(prog="./dev bench engine", description=__doc__)
    parser.add_argument("--examples", type=int, default=500, help="how many lives of an engine")
    parser.add_argument("--minutes", type=float, default=60.0, help="begin no other life after so many")
    parser.add_argument(
        "--seed", type=int, default=secrets.randbelow(MOST_SEED), help="default: a random one"
    )
    wanted = parser.parse_args(argv)
    print(f"seed {wanted.seed}", flush=True)
    logging.disable(logging.WARNING)
    logging.getLogger("telegram.request.BaseRequest").disabled = True  # it says of each garbled answer
    done, came = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory(prefix="foreland-engine-") as name:
        try:
            _drive(SqliteDatabases(Path(name)), wanted, done, came)
        except (AssertionError, ExceptionGroup) as error:
            print(f"{_sum(done)}\nbroken (seed {wanted.seed}):")
            traceback.print_exception(error)
            return 1
    print(f"{_sum(done)}\n{_said(came)}; every promise kept (seed {wanted.seed})")
    return 0


def _drive(
    databases: SqliteDatabases, wanted: argparse.Namespace, done: Counter[str], came: Counter[str]
) -> None:
    until = time.monotonic() + 60 * wanted.minutes
    checks = list(HealthCheck)

    @hypothesis.seed(wanted.seed)
    @settings(max_examples=wanted.examples, deadline=None, database=None, suppress_health_check=checks)
    @given(steps=LIVES)
    def each(steps: Sequence[tuple[str, Any]]) -> None:
        if time.monotonic() > until:
            return
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            url = runner.run(databases.migrated())
            came.update(runner.run(live(url, steps)))
            runner.run(databases.drop(url))
        done["lives"] += 1
        done.update(kind for kind, _ in steps)
        if done["lives"] % SAY_EVERY == 0:
            print(f"  {done['lives']} lives", flush=True)

    each()


def _sum(done: Counter[str]) -> str:
    steps = Counter({kind: count for kind, count in done.items() if kind != "lives"})
    return f"{done['lives']} lives of {steps.total()} steps: {_said(steps)}"


def _said(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
