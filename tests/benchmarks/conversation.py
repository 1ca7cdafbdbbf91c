"""Whole report conversations, 16 at once: ours beside PTB's and aiogram's own ways, in one run.

Every bot is a process of its own; this process holds the emulator and the people, so their work
is not counted. Figures are minimum / median / maximum over the rounds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bot.emulator import Emulator, Limits, Options
from tests.benchmarks import figures
from tests.benchmarks.crowd import Crowd
from tests.benchmarks.figures import Result, Round
from tests.benchmarks.form import write
from tests.benchmarks.kill import kill
from tests.benchmarks.own_form import steps
from tests.benchmarks.process import MODULES, BotProcess

OPEN_AT = 1
"""The step at which open conversations are left."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is done: conversations per phase, people who leave a form open, with a kill or not."""

    warm_up: int
    measured: int
    open_forms: int
    kills: bool
    database: str = ""
    latency_ms: float = 0.0


QUICK = Plan(warm_up=4, measured=16, open_forms=20, kills=True)


async def run_bot(kind: str, plan: Plan, folder: Path) -> Result:
    """Run one bot through every phase."""
    options = Options(limits=Limits.off(), keep_calls=0)
    form = steps()
    write(form, folder)
    async with Emulator(options) as emulator:
        emulator.latency_seconds = plan.latency_ms / 1000
        crowd = Crowd(emulator, form)
        async with BotProcess(kind, emulator, folder, plan.database) as bot:
            result = await _measured(kind, plan, crowd, bot)
            if plan.open_forms:
                result = await _with_open_forms(result, plan, crowd, bot)
            if plan.kills:
                result = replace(result, loss=await kill(emulator, crowd, bot))
    return result


async def _measured(kind: str, plan: Plan, crowd: Crowd, bot: BotProcess) -> Result:
    people = crowd.people(plan.measured)
    await crowd.converse(crowd.people(plan.warm_up))
    noise = figures.noise_ms()
    before, own, began = await bot.ask(), time.process_time(), time.perf_counter()
    updates = await crowd.converse(people)
    seconds = time.perf_counter() - began
    share = (time.process_time() - own) / seconds
    after = await bot.ask()
    cpu_ms = (after.cpu_seconds - before.cpu_seconds) * 1000 / updates
    return Result(kind, updates, updates / seconds, cpu_ms, after.stall_ms, share, after.memory_mib, noise)


async def _with_open_forms(result: Result, plan: Plan, crowd: Crowd, bot: BotProcess) -> Result:
    """Let many leave their form half-way, then others go on beside them; how long is the stall?"""
    leaving, going_on = crowd.people(plan.open_forms), crowd.people(plan.warm_up)
    await bot.ask()
    await crowd.converse(leaving, stop_before=OPEN_AT)
    await crowd.converse(going_on)
    return replace(result, open_forms=plan.open_forms, open_stall_ms=(await bot.ask()).stall_ms)


async def run_rounds(bots: Sequence[str], rounds: int, plan: Plan) -> list[Round]:
    """Run every bot in turn, several times, so that a busy moment of the machine hits all."""
    done: list[Round] = []
    for number in range(1, rounds + 1):
        results: dict[str, Result] = {}
        for kind in bots:
            with tempfile.TemporaryDirectory(prefix="bench-") as folder:
                results[kind] = await run_bot(kind, plan, Path(folder))
            said = results[kind]
            print(
                f"round {number} {kind}: {said.updates_per_second:.0f} updates/s, "
                f"{said.cpu_ms_per_update:.2f} ms CPU each, stall {said.stall_ms:.1f} ms",
                flush=True,
            )
        done.append(results)
    return done


def main(arguments: Sequence[str]) -> int:
    """Run the benchmark and print its table."""
    given = _parser().parse_args(arguments)
    plan = QUICK if given.quick else Plan(given.warm_up, given.conversations, given.open, not given.no_kill)
    rounds = asyncio.run(
        run_rounds(
            given.bots.split(","),
            1 if given.quick else given.rounds,
            replace(plan, database=given.database, latency_ms=given.latency_ms),
        )
    )
    print(
        f"\n{plan.measured} conversations measured, the server takes {given.latency_ms:g} ms over each call"
    )
    print(figures.table(rounds))
    if given.json:
        found = [{kind: asdict(result) for kind, result in one.items()} for one in rounds]
        given.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m tests.benchmarks conversation", description=__doc__)
    made.add_argument("--bots", default=",".join(MODULES), help="which, in this order")
    made.add_argument("--rounds", type=int, default=3)
    made.add_argument("--conversations", type=int, default=320, help="measured in each round")
    made.add_argument("--warm-up", type=int, default=32, help="conversations before that")
    made.add_argument("--open", type=int, default=2_000, help="people who leave a form open")
    made.add_argument("--no-kill", action="store_true", help="leave the kill -9 out")
    made.add_argument("--database", default="", help="ours: a postgresql:// address instead of SQLite")
    made.add_argument(
        "--latency-ms", type=float, default=0.0, help="how long the server takes over each call"
    )
    made.add_argument("--quick", action="store_true", help="a few conversations only, one round")
    made.add_argument("--json", type=Path, help="write every figure to this file")
    return made
