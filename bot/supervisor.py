"""Keeps the long-running parts running: one that fails is restarted, with a pause that grows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

Part = Callable[[], Awaitable[None]]

log = logging.getLogger(__name__)

FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 30.0
CALM_SECONDS = 60.0


class Supervisor:
    """Runs named parts until it is stopped. `fatal` errors stop everything and are raised."""

    def __init__(self, *fatal: type[Exception]) -> None:
        self._fatal = fatal
        self._tasks: list[asyncio.Task[None]] = []
        self._failed: asyncio.Future[None] | None = None

    def start(self, name: str, part: Part) -> None:
        """Start a part; it is restarted whenever it fails."""
        self._tasks.append(asyncio.create_task(self._keep(name, part), name=name))

    async def wait(self) -> None:
        """Wait until a fatal error, which is raised, or until this is cancelled."""
        self._failed = asyncio.get_running_loop().create_future()
        await self._failed

    async def stop(self) -> None:
        """Stop every part, the last started first."""
        for task in reversed(self._tasks):
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self._tasks.clear()

    async def _keep(self, name: str, part: Part) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await part()
            except self._fatal as error:
                if self._failed is not None and not self._failed.done():
                    self._failed.set_exception(error)
                return
            except Exception:
                log.exception("%s failed and is started again.", name, extra={"action": "part.failed"})
            if asyncio.get_running_loop().time() - began > CALM_SECONDS:
                pause = FIRST_PAUSE_SECONDS
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
