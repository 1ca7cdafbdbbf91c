"""One campaign sent by one bot against a server of its own, and what the server saw of it."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Self

from store.domain.delivery import DeliveryState
from store.engine import open_store
from store.queries import deliveries
from tests.benchmarks.campaign import Campaign, write
from tests.benchmarks.figures import noise_ms
from tests.benchmarks.process import BotProcess
from tests.support.waiting import eventually

OURS = "campaign"
QUIET_SECONDS = 2.0
"""Everybody has it and nothing came for so long: nothing more will come."""
GIVEN_UP_SECONDS = 6.0
"""Nothing came for so long, although somebody has nothing yet."""
LEASE_SECONDS = {"tgcast": 50.0}
"""tgcast takes up what a killed one had in hand only when its lease of 30 s is found to be over."""
KILL_SECONDS = 120.0
LISTED = 100_000
LOOK_EVERY_SECONDS = 0.1
START_SECONDS = 30.0
LINE_BYTES = 64 * 1024 * 1024
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Load:
    """What is sent against what: `per_second` None for a server without limits."""

    campaign: Campaign
    latency_seconds: float = 0.08
    killed: bool = False
    database: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the server saw, and what it cost. `uncertain` and `in_flight` of a killed run only.

    Lost: asked for or not, they never got it; of these `untried` were never asked for. `cpu_seconds` is
    for 1,000 messages, from the first on (of a killed run: from the restart); `noise_ms` the time of a
    fixed loop just before.
    """

    bot: str
    recipients: int
    rate: float
    worst_window: int
    refused: int
    lost: int
    untried: int
    twice: int
    cpu_seconds: float
    noise_ms: float
    uncertain: int | None = None
    in_flight: int | None = None


class ServerProcess:
    """The emulator in a process of its own. Use with `async with`."""

    def __init__(self, load: Load) -> None:
        self._command = [
            *(sys.executable, "-m", "tests.benchmarks.sending_server"),
            *("--per-second", str(load.campaign.per_second)),
            *("--latency-ms", str(load.latency_seconds * 1000)),
        ]
        self._process: asyncio.subprocess.Process
        self.url = ""
        self.token = ""

    async def __aenter__(self) -> Self:
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            *self._command, stdin=pipe, stdout=pipe, cwd=_ROOT, limit=LINE_BYTES
        )
        place = await self._line()
        self.url, self.token = place["url"], place["token"]
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    async def ask(self, *words: object) -> Any:
        """Send it a command and return its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write((" ".join(str(word) for word in words) + "\n").encode())
        return await self._line()

    async def _line(self) -> Any:
        assert self._process.stdout is not None
        async with asyncio.timeout(START_SECONDS):
            return json.loads(await self._process.stdout.readline())


async def send(kind: str, load: Load, folder: Path) -> Seen:
    """Let one bot send the campaign, killed once in the middle or not."""
    write(load.campaign, folder)
    noise = noise_ms()
    async with ServerProcess(load) as server:
        async with BotProcess(kind, server, folder, load.database) as bot:
            if load.killed:
                await _kill(server, bot, load.campaign.recipients // 2)
            else:
                await eventually(partial(_has_begun, server), KILL_SECONDS)
            first = (await server.ask("state"))["arrived"]
            began = (await bot.ask()).cpu_seconds
            await _done(server, kind, load)
            cpu = ((await bot.ask()).cpu_seconds - began) / (load.campaign.recipients - first)
        asked = await server.ask("told")
        state = await server.ask("state")
    seen = _seen(kind, load.campaign, asked, cpu, noise)
    if not load.killed:
        return seen
    uncertain = await _uncertain(load.database or f"sqlite:///{folder}/foreland.db") if kind == OURS else None
    return replace(seen, uncertain=uncertain, in_flight=state["flying_at_kill"])


async def _uncertain(url: str) -> int:
    """Return how many are listed for staff as perhaps not sent."""
    async with open_store(url) as store:
        listed = await store.read(deliveries.trouble, LISTED)
    return sum(one.state is DeliveryState.UNCERTAIN for one in listed)


async def _kill(server: ServerProcess, bot: BotProcess, when: int) -> None:
    await server.ask("kill", bot.pid, when)

    async def is_dead() -> bool:
        return (await server.ask("state"))["flying_at_kill"] is not None

    await eventually(is_dead, KILL_SECONDS)
    await bot.kill()
    await bot.start()


async def _has_begun(server: ServerProcess) -> bool:
    return (await server.ask("state"))["arrived"] > 0


async def _done(server: ServerProcess, kind: str, load: Load) -> None:
    """Wait until nothing will come any more. A bot that starts anew has its patience from there on."""
    patience = LEASE_SECONDS.get(kind, 0.0) if load.killed else 0.0
    began = time.monotonic()
    while True:
        state = await server.ask("state")
        everybody = state["arrived"] >= load.campaign.recipients
        quiet_seconds = min(state["quiet_seconds"], time.monotonic() - began)
        if quiet_seconds > max(patience, QUIET_SECONDS if everybody else GIVEN_UP_SECONDS):
            return
        await asyncio.sleep(LOOK_EVERY_SECONDS)


def _seen(kind: str, campaign: Campaign, asked: Sequence[dict[str, Any]], cpu: float, noise: float) -> Seen:
    arrived = [one for one in asked if one["outcome"] == "ok"]
    times = sorted(one["ended"] for one in arrived)
    got = Counter(one["chat_id"] for one in arrived)
    tried = {one["chat_id"] for one in asked}
    spent = times[-1] - times[0] if len(times) > 1 else 0.0
    return Seen(
        kind,
        campaign.recipients,
        rate=(len(times) - 1) / spent if spent else 0.0,
        worst_window=fullest(times),
        refused=sum(one["outcome"] == "429" for one in asked),
        lost=campaign.recipients - len(got),
        untried=campaign.recipients - len(tried),
        twice=sum(count > 1 for count in got.values()),
        cpu_seconds=cpu * 1_000,
        noise_ms=noise,
    )


def fullest(times: Sequence[float]) -> int:
    """Return the most that fell into any one second."""
    window: deque[float] = deque()
    most = 0
    for now in times:
        window.append(now)
        while now - window[0] >= 1.0:
            window.popleft()
        most = max(most, len(window))
    return most
