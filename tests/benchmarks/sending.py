"""`./dev bench sending`: a campaign of ours beside other libraries', with and without a kill -9.

The emulator is a process of its own with strict one-second windows, and takes 80 ms over each call;
every bot is another. Then ours at 1,000 a second beside an HTTP client that only posts, how long
residents wait for answers meanwhile, and a campaign for 1,000,000 queued on both databases.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks import sending_figures
from tests.benchmarks.campaign import Campaign
from tests.benchmarks.process import CAMPAIGNS
from tests.benchmarks.sending_million import queue
from tests.benchmarks.sending_replies import talk
from tests.benchmarks.sending_run import OURS, Load, send

BARE = "bare"
BOTS = [kind for kind in CAMPAIGNS if kind != BARE]
PARTS = ("limits", "kills", "fast", "replies", "million")
FAST = 1_000
FAST_SECONDS = 10

Found = dict[str, list[Any]]


def main(arguments: Sequence[str]) -> int:
    """Run the parts that are asked for, print their tables; 1 where ours misses its bar."""
    given = _parser().parse_args(arguments)
    found: Found = {}
    for part in given.parts.split(","):
        found[part] = asyncio.run(_DONE[part](given))
        print(f"\n{sending_figures.TABLES[part](found[part])}", flush=True)
    if given.json:
        told = {part: [asdict(one) for one in all_] for part, all_ in found.items()}
        given.json.write_text(json.dumps(told, indent=1), encoding="utf-8")
    missed = sending_figures.missed(found)
    print("\n" + ("\n".join(f"missed: {one}" for one in missed) or "ours meets its bar"))
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="./dev bench sending", description=__doc__)
    made.add_argument("--parts", default=",".join(PARTS), help="which, in this order")
    made.add_argument("--bots", default=",".join(BOTS), help="whose campaigns are sent")
    made.add_argument("--recipients", type=int, default=600, help="of a campaign that everybody sends")
    made.add_argument("--rounds", type=int, default=1, help="how often each sends it, in turn")
    made.add_argument("--latency-ms", type=float, default=80.0, help="how long the server takes over a call")
    made.add_argument("--while-talking", type=int, default=10_000, help="recipients while residents talk")
    made.add_argument("--talk-seconds", type=float, default=60.0, help="how long they do")
    made.add_argument("--subscribers", type=int, default=1_000_000, help="of a campaign that only waits")
    made.add_argument("--databases", default="sqlite,postgresql", help="where it is queued")
    made.add_argument("--json", type=Path, help="write every figure to this file")
    return made


async def _send_all(given: argparse.Namespace, *, killed: bool) -> list[Any]:
    load = partial(Load, latency_seconds=given.latency_ms / 1000, killed=killed)
    bots = given.bots.split(",") * given.rounds
    return [await _sent(kind, load(Campaign(given.recipients))) for kind in bots]


async def _fast(given: argparse.Namespace) -> list[Any]:
    load = partial(Load, latency_seconds=given.latency_ms / 1000)
    recipients = min(FAST * FAST_SECONDS, given.recipients * FAST_SECONDS)
    bots = [OURS, BARE] * given.rounds
    return [await _sent(kind, load(Campaign(recipients, FAST))) for kind in bots]


async def _sent(kind: str, load: Load) -> Any:
    with tempfile.TemporaryDirectory(prefix="foreland-sending-") as folder:
        seen = await send(kind, load, Path(folder))
    print(f"{kind}{', killed' if load.killed else ''}: {seen.rate:.1f} a second", flush=True)
    return seen


async def _replies(given: argparse.Namespace) -> list[Any]:
    with tempfile.TemporaryDirectory(prefix="foreland-sending-") as folder:
        campaign = Campaign(given.while_talking)
        return [await talk(campaign, given.talk_seconds, given.latency_ms / 1000, Path(folder))]


async def _million(given: argparse.Namespace) -> list[Any]:
    return [await queue(kind, given.subscribers) for kind in given.databases.split(",")]


_DONE: dict[str, Callable[[argparse.Namespace], Coroutine[Any, Any, list[Any]]]] = {
    "limits": partial(_send_all, killed=False),
    "kills": partial(_send_all, killed=True),
    "fast": _fast,
    "replies": _replies,
    "million": _million,
}
