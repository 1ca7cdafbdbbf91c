"""The long-running parts of a process, each to be kept by the supervisor."""

from __future__ import annotations

import asyncio
import logging
import time
from pathlib import Path

from store.actions import seal
from store.domain.seal import Head
from store.engine import Store

log = logging.getLogger(__name__)

SEAL_EVERY_SECONDS = 0.5
HEAD_EVERY_SECONDS = 60.0


class Sealer:
    """Seals events soon after their commit, and keeps the head outside the database.

    `wake()` says that there is something to seal.
    """

    def __init__(self, store: Store, head_file: Path | None) -> None:
        self._store = store
        self._head_file = head_file
        self._waiting = asyncio.Event()
        self._waiting.set()
        self._kept_at = 0.0
        self._looked_back = False

    def wake(self) -> None:
        """Say that events were committed."""
        self._waiting.set()

    async def run(self) -> None:
        """Seal until cancelled; at the start all there is, then what is recent."""
        self._looked_back = False
        while True:
            await self._waiting.wait()
            self._waiting.clear()
            await self.seal_all()
            await asyncio.sleep(SEAL_EVERY_SECONDS)

    async def seal_all(self) -> None:
        """Seal everything that is committed now."""
        last, count = await self._store.write(seal.seal, recent=self._looked_back)
        while count == seal.SEAL_AT_ONCE:
            last, count = await self._store.write(seal.seal, recent=self._looked_back)
        self._looked_back = True
        if time.monotonic() - self._kept_at > HEAD_EVERY_SECONDS and last.seq:
            await self.keep(last)

    async def keep(self, last: Head) -> None:
        """Keep the head in the log and in a file, so that a cut tail of the chain shows."""
        self._kept_at = time.monotonic()
        log.info("The audit chain stands at %s.", last, extra={"action": "audit.head"})
        if self._head_file is not None:
            await asyncio.to_thread(_replace, self._head_file, f"{last}\n")


class Ticker:
    """Runs the timetable's scheduler, and follows what goes out, until cancelled."""

    def __init__(self, store: Store, public_url: str) -> None:
        self._store = store
        self._public_url = public_url

    async def run(self) -> None:
        """Tick."""
        from notifications import campaign_news
        from notifications.clockwork import scheduler  # slow to import

        ticking = scheduler(self._store, self._public_url)
        ticking.start()
        try:
            await campaign_news.keep(self._store)
        finally:
            ticking.shutdown(wait=False)


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
