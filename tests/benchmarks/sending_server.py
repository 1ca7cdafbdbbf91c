"""The emulator as a process of its own, that remembers every message asked of it, and may kill a bot.

It reads a command a line (`told`, `state`, `kill PID COUNT`) and answers each with a line of JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import signal
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

from bot.emulator import Emulator, Limits, Options
from bot.emulator.errors import ApiError

SEND = "sendmessage"


@dataclass(slots=True)
class Asked:
    """One message asked for; `ended` when it was applied or refused (None: its bot was gone by then).

    Times are monotonic seconds, the same in every process of the machine.
    """

    chat_id: int
    begun: float
    ended: float | None = None
    outcome: str = "gone"


class Server:
    """Wraps the emulator's answers; everything else is the emulator's own."""

    def __init__(self, per_second: int | None, latency_seconds: float) -> None:
        limits = Limits(per_second) if per_second else Limits.off()
        self.emulator = Emulator(Options(limits=limits, keep_calls=0, accept_any_chat=True))
        self.emulator.latency_seconds = latency_seconds
        self.asked: list[Asked] = []
        self._arrived: set[int] = set()
        self._flying = 0
        self._began = time.monotonic()
        self._at_kill: int | None = None
        self._victim: tuple[int, int] | None = None
        self._answer: Any = self.emulator.api.answer
        setattr(self.emulator.api, "answer", self._noted)  # noqa: B010 - put in its place

    async def run(self) -> None:
        """Serve until the driver goes away."""
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        async with self.emulator:
            _say({"url": self.emulator.url, "token": self.emulator.token})
            while line := await reader.readline():
                _say(self._obey(*line.decode().split()))

    def _obey(self, command: str, *rest: str) -> Any:
        if command == "kill":
            self._victim = (int(rest[0]), int(rest[1]))
            return {}
        if command == "told":
            return [asdict(one) for one in self.asked]
        last = max((one.ended or one.begun for one in self.asked[-200:]), default=self._began)
        quiet = time.monotonic() - last if not self._flying else 0.0
        return {"arrived": len(self._arrived), "quiet_seconds": quiet, "flying_at_kill": self._at_kill}

    async def _noted(self, method: str, params: dict[str, Any], uploads: Any) -> object:
        if method.lower() != SEND:
            return await self._answer(method, params, uploads)
        one = Asked(int(params["chat_id"]), time.monotonic())
        self.asked.append(one)
        self._flying += 1
        try:
            result = await self._answer(method, params, uploads)
            one.ended, one.outcome = time.monotonic(), "ok"
            self._arrived.add(one.chat_id)
        except ApiError as error:
            one.ended, one.outcome = time.monotonic(), str(error.code)
            raise
        finally:
            self._flying -= 1
            self._look_for_the_victim()
        return result

    def _look_for_the_victim(self) -> None:
        """Kill the bot once so many have arrived, at no particular moment between two messages."""
        if self._victim and len(self._arrived) >= self._victim[1]:
            pid, self._victim = self._victim[0], None
            asyncio.get_running_loop().call_later(random.random() / 10, self._kill, pid)

    def _kill(self, pid: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        self._at_kill = self._flying


def _say(told: Any) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def main() -> None:
    """The entry point."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--per-second", type=int, default=0)
    parser.add_argument("--latency-ms", type=float, default=0.0)
    given = parser.parse_args()
    asyncio.run(Server(given.per_second or None, given.latency_ms / 1000).run())


if __name__ == "__main__":
    main()
