"""A bot in a process of its own, as the driver holds it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

MODULES = {"ours": "ours", "ptb": "ptb", "aiogram": "aiogram_bot"}
CAMPAIGNS = {
    "campaign": "campaign_ours",
    "ptb-default": "campaign_ptb",
    "ptb-retries": "campaign_ptb_retries",
    "aiogram-broadcaster": "campaign_aiogram",
    "tgcast": "campaign_tgcast",
    "bare": "campaign_bare",
}
START_SECONDS = 30.0
_ROOT = Path(__file__).parents[2]


class Served(Protocol):
    """A Bot API server that a bot is to speak to."""

    @property
    def url(self) -> str:
        """Its address."""

    @property
    def token(self) -> str:
        """The bot's token."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a bot says about itself: CPU since it began, the longest stall since it was last asked."""

    cpu_seconds: float
    stall_ms: float
    memory_mib: float


class BotProcess:
    """One bot against one emulator. Every bot gets the same Python and the same flags."""

    def __init__(self, kind: str, server: Served, folder: Path, database: str = "") -> None:
        self._command = [
            *(sys.executable, "-m", f"tests.benchmarks.bots.{(MODULES | CAMPAIGNS)[kind]}"),
            *("--url", server.url, "--token", server.token, "--folder", str(folder)),
            *("--database", database),
        ]
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.kill()

    async def start(self) -> None:
        """Start it and wait until it says READY."""
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        self._process = await asyncio.create_subprocess_exec(
            *self._command, stdout=asyncio.subprocess.PIPE, cwd=_ROOT, env=environment
        )
        async with asyncio.timeout(START_SECONDS):
            line = await self._line()
        if line != "READY":
            raise RuntimeError(f"the bot said {line!r} instead of READY")

    async def ask(self) -> Told:
        """Ask how it is; the stall counts from here on."""
        self.signal(signal.SIGUSR1)
        async with asyncio.timeout(START_SECONDS):
            return Told(**json.loads(await self._line()))

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self._running.send_signal(number)

    async def kill(self) -> None:
        """Kill it with SIGKILL, as a power cut would."""
        if self._running.returncode is None:
            self._running.kill()
        await self._running.wait()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._running.pid

    @property
    def _running(self) -> asyncio.subprocess.Process:
        if self._process is None:
            raise RuntimeError("the bot was never started")
        return self._process

    async def _line(self) -> str:
        assert self._running.stdout is not None
        return (await self._running.stdout.readline()).decode().strip()
