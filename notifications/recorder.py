"""Write down what became of deliveries, many in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from store.actions import delivery as outbox
from store.domain.delivery import Sent
from store.engine import Store


class Recorder:
    """Gathers results while the last ones are being written; `done(id)` is told afterwards."""

    def __init__(self, store: Store, done: Callable[[int], None]) -> None:
        self._store = store
        self._done = done
        self._results: list[Sent] = []
        self._wake = asyncio.Event()

    def add(self, result: Sent) -> None:
        """Take one result."""
        self._results.append(result)
        self._wake.set()

    async def run(self) -> None:
        """Write until cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            await self.write()

    async def write(self) -> None:
        """Write what was gathered; it is kept for another time when it cannot be written."""
        results, self._results = self._results, []
        if not results:
            return
        try:
            await self._store.write(outbox.finish, results)
        except BaseException:
            self._results = results + self._results
            raise
        for result in results:
            self._done(result.id)
