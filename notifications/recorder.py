"""Write down what became of deliveries, many in one transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from store.actions import delivery as outbox
from store.domain.delivery import Delivery, Sent
from store.engine import Store

log = logging.getLogger(__name__)

RETRY_SECONDS = 0.5
GATHER_SECONDS = 0.003
"""What went together is answered within moments, and written together."""


class Recorder:
    """Gathers results while the last ones are being written; `done(id)` is told afterwards."""

    def __init__(self, store: Store, done: Callable[[int], None]) -> None:
        self._store = store
        self._done = done
        self._results: list[Sent] = []
        self._back: list[Delivery] = []
        self._wake = asyncio.Event()

    def add(self, result: Sent) -> None:
        """Take one result."""
        self._results.append(result)
        self._wake.set()

    def put_back(self, delivery: Delivery) -> None:
        """Take one that is to be queued and leased again."""
        self._back.append(delivery)
        self._wake.set()

    async def run(self) -> None:
        """Write until cancelled; trouble of the database is waited out: what was sent stays sent."""
        while True:
            await self._wake.wait()
            await asyncio.sleep(GATHER_SECONDS)
            self._wake.clear()
            try:
                await self.write()
            except Exception:
                log.exception("Results are not written yet.", extra={"action": "recorder.failed"})
                await asyncio.sleep(RETRY_SECONDS)
                self._wake.set()

    async def write(self) -> None:
        """Write what was gathered; it is kept for another time when it cannot be written."""
        results, self._results = self._results, []
        back, self._back = self._back, []
        if not results and not back:
            return
        try:
            if results:
                await self._store.write(outbox.finish, results)
                self._tell(results)
                results = []
            if back:
                await self._store.write(outbox.put_back, back)
        except BaseException:
            self._results = results + self._results
            self._back = back + self._back
            raise
        self._tell(back)

    def _tell(self, written: Sequence[Sent | Delivery]) -> None:
        for one in written:
            self._done(one.id)
