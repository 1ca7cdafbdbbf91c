"""Kill the program hundreds of times while people report; nothing may be lost or doubled."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.faults.killing import Outcome, kill_often

REPORTS_PER_KILL = 5


def main(argv: Sequence[str]) -> int:
    """Run it and print what was told and what is there; 1 where they differ."""
    parser = argparse.ArgumentParser(prog="./dev bench crashes", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--reports", type=int, help=f"{REPORTS_PER_KILL} for each kill unless given")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", default="", help="postgresql://… (default: a fresh SQLite file)")
    given = parser.parse_args(argv)
    reports = given.reports or given.kills * REPORTS_PER_KILL
    with tempfile.TemporaryDirectory(prefix="foreland-crashes-") as name:
        folder = Path(name)
        url = given.database or f"sqlite:///{folder}/foreland.db"
        outcome = asyncio.run(kill_often(folder, url, kills=given.kills, reports=reports, seed=given.seed))
    print(f"{given.kills} kills (seed {given.seed}), {reports} reports wanted: {outcome}")
    return 0 if _whole(outcome, reports) else 1


def _whole(outcome: Outcome, reports: int) -> bool:
    trouble = outcome.parked or outcome.waiting or outcome.refused or outcome.audit[0]
    return outcome.told == outcome.stored == reports and not trouble
