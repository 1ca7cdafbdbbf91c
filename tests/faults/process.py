"""The real program in a process of its own, to be killed at any moment."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Self

from bot.emulator import Emulator

ROOT = Path(__file__).parents[2]
STOP_SECONDS = 20.0
START_SECONDS = 30.0
READY = {"polling": "deleteWebhook", "webhook": "setWebhook"}

_UNMEASURED = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
"""A process that is killed leaves no measurement behind: it need not be slowed down for one."""


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


class BotProcess:
    """`python -m bot run` against an emulator; `async with` starts it and stops it."""

    def __init__(
        self,
        emulator: Emulator,
        folder: Path,
        database_url: str,
        *,
        updates: str = "polling",
        roles: str = "",
    ) -> None:
        port = free_port()
        self._emulator = emulator
        self._folder = folder
        self._updates = updates
        self._roles = ["--roles", roles] if roles else []
        self._process: asyncio.subprocess.Process | None = None
        self._settings = {
            "TELEGRAM_BOT_TOKEN": emulator.token,
            "TELEGRAM_API_URL": emulator.url,
            "DATABASE_URL": database_url,
            "MEDIA_URL": f"file://{folder}/media",
            "WEB_PORT": str(port),
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "UPDATES": updates,
            "WEBHOOK_SECRET": "fault-secret" if updates == "webhook" else "",
            "SECRET_KEY": "k" * 40,
            "SEND_RATE": "1000",
        }

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.stop()

    async def start(self) -> None:
        (self._folder / "media").mkdir(exist_ok=True)
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run", *self._roles),
                cwd=ROOT,
                env=_UNMEASURED | self._settings,
                stdout=log,
                stderr=log,
            )

    async def listening(self) -> None:
        """Wait until it has asked for updates since it was started."""
        began = self._emulator.world.clock.monotonic()
        asked = READY[self._updates]
        async with asyncio.timeout(START_SECONDS):
            while not any(call.at >= began for call in self._emulator.calls_of(asked)):
                assert self.running.returncode is None, self.log.read_text()[-3000:]
                await asyncio.sleep(0.01)

    async def kill(self) -> None:
        """kill -9, as a power cut would."""
        self.running.kill()
        await self.running.wait()

    async def stop(self) -> None:
        """Ask it to stop, and wait until it has."""
        if self.running.returncode is None:
            self.running.terminate()
        async with asyncio.timeout(STOP_SECONDS):
            await self.running.wait()

    async def audit(self) -> tuple[int, str]:
        """Run `audit verify`; return its exit status and what it said."""
        command = [sys.executable, "-m", "bot", "audit", "verify"]
        done = await asyncio.to_thread(
            subprocess.run,
            command,
            cwd=ROOT,
            env=os.environ | self._settings,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    @property
    def log(self) -> Path:
        return self._folder / "bot.log"

    @property
    def running(self) -> asyncio.subprocess.Process:
        assert self._process is not None, "it was never started"
        return self._process
