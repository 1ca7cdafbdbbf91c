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
        self._ended = asyncio.Event()
        self._error: BaseException | None = None

    def start(self, name: str, part: Part) -> None:
        """Start a part; it is restarted whenever it fails."""
        self._tasks.append(asyncio.create_task(self._keep(name, part), name=name))

    async def wait(self) -> None:
        """Wait until a fatal error, which is raised, or until this is cancelled."""
        await self._ended.wait()
        if self._error is not None:
            raise self._error

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
            if await self._ends(name, part):
                return
            if asyncio.get_running_loop().time() - began > CALM_SECONDS:
                pause = FIRST_PAUSE_SECONDS
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _ends(self, name: str, part: Part) -> bool:
        """Run the part once; tell whether everything ends with it."""
        try:
            await part()
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            # Nobody asked for it: a stray one must not end the part in silence.
            log.exception("%s was cancelled by itself; started again.", name, extra={"action": "part.failed"})
        except Exception as error:
            fatal = _first(error, self._fatal)
            if fatal is not None:
                self._error = self._error or fatal
                self._ended.set()
                return True
            log.exception("%s failed and is started again.", name, extra={"action": "part.failed"})
        return False


def _first(error: BaseException, kinds: tuple[type[Exception], ...]) -> BaseException | None:
    """Return the first error of these kinds, which may lie in groups (of a TaskGroup) inside each other."""
    if isinstance(error, BaseExceptionGroup):
        return next((found for inner in error.exceptions if (found := _first(inner, kinds))), None)
    return error if isinstance(error, kinds) else None
