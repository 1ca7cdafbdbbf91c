"""Drive residents at random, with restarts: nothing is lost or doubled, and no screen is a dead end."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import tempfile
import traceback
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import hypothesis
from hypothesis import HealthCheck, given, settings

from notifications import sender
from tests.support.any_way import SCRIPTS, Script, drive
from tests.support.house import House
from tests.support.town import move_in

READ_EVERY_SECONDS = 0.03
SAY_EVERY = 50
MOST_SEED = 2**32


def main(argv: Sequence[str]) -> int:
    """Run it and print what was done; 1 with the shortest script that breaks something."""
    parser = argparse.ArgumentParser(prog="./dev bench anyway", description=__doc__)
    parser.add_argument("--examples", type=int, default=500, help="how many people")
    parser.add_argument(
        "--seed", type=int, default=secrets.randbelow(MOST_SEED), help="default: a random one"
    )
    parser.add_argument("--database", default="", help="postgresql://… (default: a fresh SQLite file)")
    wanted = parser.parse_args(argv)
    print(f"seed {wanted.seed}", flush=True)
    sender.READ_EVERY_SECONDS = READ_EVERY_SECONDS
    with tempfile.TemporaryDirectory(prefix="foreland-anyway-") as name:
        url = wanted.database or f"sqlite:///{name}/foreland.db"
        done: Counter[str] = Counter()
        try:
            _drive(url, Path(name), wanted.examples, wanted.seed, done)
        except (AssertionError, ExceptionGroup) as error:
            print(f"{_sum(done)}\nbroken (seed {wanted.seed}):")
            traceback.print_exception(error)
            return 1
    print(f"{_sum(done)}; nothing lost, nothing doubled, no dead end (seed {wanted.seed})")
    return 0


def _drive(url: str, folder: Path, people: int, seed: int, done: Counter[str]) -> None:
    with asyncio.Runner() as runner:
        house = House(url, folder)
        runner.run(house.__aenter__())
        town = runner.run(move_in(house))

        @hypothesis.seed(seed)
        @settings(max_examples=people, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(script=SCRIPTS)
        def each(script: Script) -> None:
            runner.run(drive(town, script))
            done["people"] += 1
            done.update(kind for kind, _ in script.steps)
            if done["people"] % SAY_EVERY == 0:
                print(f"  {done['people']} people", flush=True)

        try:
            each()
        finally:
            runner.run(house.__aexit__(None, None, None))


def _sum(done: Counter[str]) -> str:
    steps = ", ".join(f"{count} {kind}" for kind, count in sorted(done.items()) if kind != "people")
    return f"{done['people']} people did {steps}"
