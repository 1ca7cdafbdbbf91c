"""Lease bulk the moment before it goes: what asks while the last leases are written is leased together."""

from __future__ import annotations

import asyncio
import logging

from store.actions import delivery as outbox
from store.engine import Store

log = logging.getLogger(__name__)

RETRY_SECONDS = 0.5


class Leaser:
    """So that a crash leaves in doubt only what was on its way, and wishes are looked at to the last."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._asked: dict[int, asyncio.Future[bool]] = {}
        self._wake = asyncio.Event()

    async def lease(self, delivery_id: int) -> bool:
        """Tell whether it is leased and may go; if not, it is for the outbox to find again."""
        asked: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._asked[delivery_id] = asked
        self._wake.set()
        return await asked

    async def run(self) -> None:
        """Lease until cancelled; trouble of the database is waited out: nothing goes meanwhile."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            asked, self._asked = self._asked, {}
            leased = await self._write([*asked])
            for delivery_id, future in asked.items():
                if not future.done():
                    future.set_result(delivery_id in leased)

    async def _write(self, ids: list[int]) -> set[int]:
        try:
            return await self._store.write(outbox.lease, ids)
        except Exception:
            log.exception("Nothing can be leased.", extra={"action": "leaser.failed"})
        # Leased or not when the trouble came; certainly not started.
        while True:
            await asyncio.sleep(RETRY_SECONDS)
            try:
                await self._store.write(outbox.give_back, ids)
                return set()
            except Exception:
                log.exception("Leases cannot be given back yet.", extra={"action": "leaser.failed"})
