"""The one sender: takes what is due by lane, obeys the limits, sends, and writes down what became.

Replies are handed over in memory right after their commit; everything else, and everything after
a restart, is read from the outbox. One chat gets its messages one after the other.
"""

from __future__ import annotations

import asyncio
import heapq
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from telegram.error import TelegramError
from telegram.request import BaseRequest

from notifications import retry
from notifications.api import JsonBody
from notifications.limits import Limits, Pace
from notifications.quiet_hours import quiet_until
from notifications.recorder import Recorder
from store.actions import delivery as outbox
from store.domain.delivery import Delivery, DeliveryState, Lane, Sent
from store.engine import Store

log = logging.getLogger(__name__)

IN_FLIGHT = 200
READ_EVERY_SECONDS = 0.5
READ_AT_ONCE = 500
UNCOUNTED = ("edit", "answer", "delete", "set")
"""Methods that begin so do not count towards the limits."""


@dataclass(slots=True)
class _Chat:
    """What waits for one chat, most urgent first; `busy` while something is on its way."""

    waiting: list[tuple[int, int, Delivery]]
    busy: bool = False
    listed: bool = False


class Sender:
    """Sends until cancelled. Only one may run against a database at a time."""

    def __init__(self, store: Store, request: BaseRequest, base_url: str, limits: Limits) -> None:
        self._store = store
        self._request = request
        self._base_url = base_url
        self._limits = limits
        self._pace = Pace(limits, time.monotonic())
        self._chats: dict[int, _Chat] = {}
        self._ready: list[tuple[int, int, int]] = []
        self._later: list[tuple[float, int]] = []
        self._known: set[int] = set()
        self._flying = 0
        self._wake = asyncio.Event()
        self._recorder = Recorder(store, self._known.discard)
        self.active = False
        self.beat_at = time.monotonic()

    def feed(self, deliveries: Iterable[Delivery]) -> None:
        """Take over replies just committed; the rest is read from the outbox when it is due."""
        if not self.active:
            return
        for delivery in deliveries:
            if delivery.lane is Lane.REPLY:
                self._accept(delivery)
        self._wake.set()

    async def run(self) -> None:
        """Recover what a dead sender had leased, then send what is due, for ever."""
        self._forget()
        await self._store.write(outbox.recover)
        self.active = True
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._recorder.run())
                tasks.create_task(self._read_outbox())
                while True:
                    self.beat_at = time.monotonic()
                    pause = self._send_ready(tasks)
                    await self._sleep(pause)
        finally:
            self.active = False

    @property
    def waiting(self) -> int:
        """How many deliveries are in hand and not finished."""
        return len(self._known)

    def _forget(self) -> None:
        """Start cold: nothing in hand, and one quiet window, so that a crash causes no 429."""
        self._pace = Pace(self._limits, time.monotonic())
        self._chats.clear()
        self._ready.clear()
        self._later.clear()
        self._known.clear()
        self._flying = 0

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            pass
        self._wake.clear()

    async def _read_outbox(self) -> None:
        while True:
            found = await self._store.read(outbox.due, READ_AT_ONCE)
            fresh = [d for d in found if d.id not in self._known]
            to_lease = [d.id for d in fresh if d.lane is not Lane.REPLY]
            quiet = quiet_until(self._store.clock.now())
            leased = await self._store.write(outbox.lease, to_lease, quiet) if to_lease else set()
            for delivery in fresh:
                if delivery.lane is Lane.REPLY or delivery.id in leased:
                    self._accept(delivery)
            if fresh:
                self._wake.set()
            await asyncio.sleep(READ_EVERY_SECONDS)

    def _accept(self, delivery: Delivery) -> None:
        if delivery.id in self._known:
            return
        self._known.add(delivery.id)
        chat = self._chats.setdefault(delivery.chat_id, _Chat([]))
        heapq.heappush(chat.waiting, (int(delivery.lane), delivery.id, delivery))
        self._list(delivery.chat_id, chat)

    def _list(self, chat_id: int, chat: _Chat) -> None:
        """Put a chat with something to send in line, by lane and age of its next message."""
        if chat.waiting and not chat.busy and not chat.listed:
            lane, number, _ = chat.waiting[0]
            chat.listed = True
            heapq.heappush(self._ready, (lane, number, chat_id))

    def _send_ready(self, tasks: asyncio.TaskGroup) -> float:
        """Start everything that may go now; return seconds until something more may."""
        now = time.monotonic()
        while self._later and self._later[0][0] <= now:
            _, chat_id = heapq.heappop(self._later)
            chat = self._chats[chat_id]
            chat.listed = False
            self._list(chat_id, chat)
        while self._ready and self._flying < IN_FLIGHT:
            _, _, chat_id = self._ready[0]
            chat = self._chats[chat_id]
            delivery = chat.waiting[0][2]
            counts = not delivery.method.startswith(UNCOUNTED)
            bot_wait = self._pace.bot_wait(now) if counts else self._pace.paused(now)
            if bot_wait > 0:
                return bot_wait
            heapq.heappop(self._ready)
            wait = self._pace.wait(chat_id, now) if counts else 0.0
            if wait > 0:
                heapq.heappush(self._later, (now + wait, chat_id))
                continue
            heapq.heappop(chat.waiting)
            chat.listed, chat.busy = False, True
            if counts:
                self._pace.take(chat_id, now)
            self._flying += 1
            tasks.create_task(self._send(chat_id, chat, delivery))
        return max(0.001, self._later[0][0] - now) if self._later else READ_EVERY_SECONDS

    async def _send(self, chat_id: int, chat: _Chat, delivery: Delivery) -> None:
        try:
            sent = await self._attempt(delivery)
            if sent is not None:
                self._recorder.add(sent)
        finally:
            self._flying -= 1
            chat.busy = False
            if chat.waiting:
                self._list(chat_id, chat)
            else:
                del self._chats[chat_id]
            self._wake.set()

    async def _attempt(self, delivery: Delivery) -> Sent | None:
        """Send it; return what became of it, or None where it goes out in another form."""
        try:
            result = await self._request.post(
                f"{self._base_url}/{delivery.method}", JsonBody(delivery.params)
            )
        except TelegramError as error:
            return self._after(delivery, retry.decide(delivery, error))
        message_id = result.get("message_id") if isinstance(result, dict) else None
        return Sent(delivery.id, DeliveryState.SENT, message_id)

    def _after(self, delivery: Delivery, decision: retry.Decision) -> Sent | None:
        if decision.state is not DeliveryState.SENT:
            log.warning(
                "A message was not sent: %s.",
                decision.error,
                extra={"action": "delivery.trouble", "delivery_id": delivery.id},
            )
        if decision.pause and decision.again is not None:
            self._pace.pause(time.monotonic() + decision.again.total_seconds())
        if decision.instead:
            self._known.discard(delivery.id)
            self._accept(replace(delivery, method=decision.instead, tries=delivery.tries + 1))
            return None
        if decision.state is DeliveryState.QUEUED:
            again_at = self._store.clock.now() + (decision.again or timedelta(0))
            return Sent(delivery.id, decision.state, error=decision.error, again_at=again_at)
        return Sent(delivery.id, decision.state, error=decision.error)
