"""Watches a bot's own loop, and tells the driver about it when it is asked with SIGUSR1."""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

BEAT_SECONDS = 0.005


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bot runs: the server's address, the bot's token, and a folder of its own."""

    url: str
    token: str
    folder: Path
    database: str


def arguments() -> Place:
    """Return what the driver said on the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--token", required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--database", default="")
    given = parser.parse_args()
    return Place(given.url, given.token, given.folder, given.database)


class Watch:
    """Sleeps 5 ms again and again, and remembers by how much it woke too late at worst."""

    def __init__(self) -> None:
        self._worst_seconds = 0.0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, on the running loop, and say READY."""
        loop = asyncio.get_running_loop()
        self._task = loop.create_task(self._beat(loop))
        loop.add_signal_handler(signal.SIGUSR1, self._tell)
        say("READY")

    async def _beat(self, loop: asyncio.AbstractEventLoop) -> None:
        while True:
            before = loop.time()
            await asyncio.sleep(BEAT_SECONDS)
            self._worst_seconds = max(self._worst_seconds, loop.time() - before - BEAT_SECONDS)

    def _tell(self) -> None:
        tell(self._worst_seconds)
        self._worst_seconds = 0.0


def listen() -> None:
    """Say READY, and tell when asked, without the beat: it would count as work of the sender."""
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, tell)
    say("READY")


def peak_bytes() -> int:
    """Return the most memory this program ever had.

    Linux starts `ru_maxrss` of a new program with what its parent had; its own is in /proc.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def tell(stall_seconds: float = 0.0) -> None:
    """Tell the driver what this process has used so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = {
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "stall_ms": round(stall_seconds * 1000, 2),
        "memory_mib": round(peak_bytes() / 2**20, 1),
    }
    say(json.dumps(told))


def say(line: str) -> None:
    """Say a line to the driver."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
