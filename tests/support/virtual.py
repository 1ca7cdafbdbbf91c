"""Time that passes only when nothing is left to do: hours of an engine's life in a moment.

Work in threads (the store's) is waited for; sleeping is not.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar, TypeVarTuple

from store.domain.clock import FixedClock

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

THREADS_SECONDS = 20.0
"""A thread that is still at work after so long will never end."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time jumps to whatever is due next."""

    def __init__(self) -> None:
        self._selecting = _Selector(self)
        super().__init__(self._selecting)
        self.passed = 0.0
        self.in_threads = 0

    def time(self) -> float:
        """Return the seconds that have passed."""
        return self.passed

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts
    ) -> asyncio.Future[T]:
        """Run it in a thread, and let no time pass meanwhile."""
        self.in_threads += 1
        work = super().run_in_executor(executor, func, *args)
        work.add_done_callback(self._came_back)
        return work

    def _came_back(self, _work: asyncio.Future[Any]) -> None:
        self.in_threads -= 1

    @contextmanager
    def elsewhere(self) -> Iterator[None]:
        """Let no time pass in this block: threads that this loop did not start are at work."""
        self.in_threads += 1
        try:
            yield
        finally:
            self.in_threads -= 1


class _Selector(selectors.DefaultSelector):
    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if timeout is not None and not self._loop.in_threads:
            self._loop.passed += max(0.0, timeout)
            return ready
        ready = super().select(THREADS_SECONDS)
        if not ready:
            message = "nothing will ever happen"
            raise RuntimeError(message)
        return ready


class VirtualClock(FixedClock):
    """The time of day by such a loop, from `start` on; it can be moved forward besides."""

    def __init__(self, loop: VirtualLoop, start: datetime) -> None:
        super().__init__(start)
        self._loop = loop

    def now(self) -> datetime:
        """Return the instant it is."""
        return super().now() + timedelta(seconds=self._loop.passed)
