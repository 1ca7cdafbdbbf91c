"""The real sender at work against the emulator, with a store behind it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from obstore.store import MemoryStore, ObjectStore
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.emulator import Emulator
from bot.transport import AiohttpRequest
from notifications.limits import Limits
from notifications.sender import Sender
from notifications.uploads import Uploads
from store.actions import delivery
from store.domain.delivery import DeliveryState, Lane, Outgoing
from store.engine import Store
from store.tables.delivery import DeliveryRow
from tests.support.waiting import eventually

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def message(chat_id: int, text: str, lane: Lane = Lane.REPLY, **more: Any) -> Outgoing:
    return Outgoing(
        lane, chat_id, lane.name.lower(), "sendMessage", {"chat_id": chat_id, "text": text}, **more
    )


def states(session: Session) -> list[DeliveryState]:
    """Return the state of every delivery, in the order they were queued."""
    return [DeliveryState(s) for s in session.scalars(select(DeliveryRow.state).order_by(DeliveryRow.id))]


@dataclass(frozen=True, slots=True)
class PostOffice:
    """A store whose deliveries a sender takes."""

    store: Store
    sender: Sender
    emulator: Emulator

    async def send(self, *things: Outgoing) -> None:
        await self.store.write(delivery.queue, things)

    async def finished(self, seconds: float = 10.0) -> list[DeliveryState]:
        """Wait until nothing is queued or leased any more; return all states."""
        await eventually(self._nothing_waits, seconds)
        return await self.states()

    async def _nothing_waits(self) -> bool:
        return not {DeliveryState.QUEUED, DeliveryState.LEASED} & set(await self.states())

    async def states(self) -> list[DeliveryState]:
        return await self.store.read(states)

    def sent(self) -> list[str]:
        """Return the words that arrived, in order."""
        return [call.params["text"] for call in self.emulator.calls_of("sendMessage") if call.ok]

    async def has_sent(self, count: int) -> bool:
        return len(self.sent()) >= count

    async def was_refused(self) -> bool:
        return self.refused() > 0

    def times(self) -> Sequence[float]:
        return [call.at for call in self.emulator.calls_of("sendMessage") if call.ok]

    def refused(self) -> int:
        return sum(call.outcome.startswith("429") for call in self.emulator.calls)


@asynccontextmanager
async def open_post_office(
    store: Store, emulator: Emulator, limits: Limits | None = None, media: ObjectStore | None = None
) -> AsyncIterator[PostOffice]:
    """Let a sender work until the end of the block."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # as the application sets it
    request = AiohttpRequest()
    await request.initialize()
    uploads = Uploads(request, store, media or MemoryStore())
    sender = Sender(store, uploads, f"{emulator.url}/bot{emulator.token}", limits or Limits())
    store.committed = lambda done: sender.feed(done.outgoing)
    work = asyncio.ensure_future(sender.run())  # noqa: TID251 - stopped below
    try:
        yield PostOffice(store, sender, emulator)
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        await request.shutdown()
