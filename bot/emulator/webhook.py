"""Delivery of updates to the bot's webhook: in order for each chat, many chats at once."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Hashable
from http import HTTPStatus
from typing import cast

import aiohttp

from bot.emulator.clock import Clock
from bot.emulator.objects import JsonDict
from bot.emulator.updates import Pending, UpdateQueue

MAX_CONNECTIONS = 40
TIMEOUT_SECONDS = 60.0
MAX_RETRY_AFTER_SECONDS = 3600.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


class WebhookSender:
    """Posts waiting updates; a lane that fails waits longer each time, other lanes go on."""

    def __init__(self, queue: UpdateQueue, clock: Clock, backoff: tuple[float, float] = (1.0, 60.0)) -> None:
        self._queue = queue
        self._clock = clock
        self._backoff = backoff
        self._lanes: dict[Hashable, deque[Pending]] = {}
        self._ready: deque[Hashable] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._retries: set[asyncio.TimerHandle] = set()
        self._failures: dict[Hashable, int] = {}
        self._session: aiohttp.ClientSession | None = None
        self._secret = ""
        self._last_error: JsonDict = {}
        self.url = ""
        self.max_connections = MAX_CONNECTIONS

    async def start(self, url: str, secret: str, max_connections: int) -> None:
        """Deliver everything that waits, and from now on what comes."""
        await self.stop()
        connector = aiohttp.TCPConnector(limit=max_connections)
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
        self._session = aiohttp.ClientSession(connector=connector, timeout=timeout)
        self.url, self._secret, self.max_connections = url, secret, max_connections
        self._last_error = {}
        self._queue.webhook_active = True
        self._queue.on_push = self._offer
        for pending in self._queue.items():
            self._offer(pending)

    async def stop(self) -> None:
        """Deliver nothing any more; what waits keeps waiting."""
        self.url, self._queue.webhook_active, self._queue.on_push = "", False, None
        for handle in self._retries:
            handle.cancel()
        self._lanes, self._failures, self._retries = {}, {}, set()
        self._ready.clear()
        tasks, self._tasks = self._tasks, set()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session:
            await self._session.close()
            self._session = None

    def info(self) -> JsonDict:
        """The `WebhookInfo`."""
        info: JsonDict = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._queue),
        }
        if self.url:
            info |= {"max_connections": self.max_connections, "ip_address": "127.0.0.1"} | self._last_error
        if self._queue.allowed is not None:
            info["allowed_updates"] = sorted(self._queue.allowed)
        return info

    def _offer(self, pending: Pending) -> None:
        lane = self._lanes.get(pending.key)
        if lane is not None:
            lane.append(pending)
            return
        self._lanes[pending.key] = deque([pending])
        self._wake(pending.key)

    def _wake(self, key: Hashable) -> None:
        self._ready.append(key)
        if len(self._tasks) < self.max_connections:
            task = asyncio.get_running_loop().create_task(self._work())
            self._tasks.add(task)

    async def _work(self) -> None:
        try:
            await self._empty_lanes()
        finally:
            # At once, not in a callback: a lane that wakes in between must get a worker.
            self._tasks.discard(cast("asyncio.Task[None]", asyncio.current_task()))

    async def _empty_lanes(self) -> None:
        while self._ready:
            key = self._ready.popleft()
            lane = self._lanes[key]
            retry_after = await self._deliver(lane[0]) if lane[0] in self._queue else None
            if retry_after is not None:
                self._later(key, retry_after)
                continue
            self._queue.remove(lane.popleft())
            self._failures.pop(key, None)
            if lane:
                self._ready.append(key)
            else:
                del self._lanes[key]

    def _later(self, key: Hashable, retry_after: float) -> None:
        failures = self._failures[key] = self._failures.get(key, 0) + 1
        first, longest = self._backoff
        delay = retry_after or min(first * 2 ** (failures - 1), longest)

        def again() -> None:
            self._retries.discard(handle)
            self._wake(key)

        handle = asyncio.get_running_loop().call_later(delay, again)
        self._retries.add(handle)

    async def _deliver(self, pending: Pending) -> float | None:
        """None when it was taken, else the seconds the bot asks us to wait (0: it did not say)."""
        if self._session is None:
            return 0.0
        headers = {SECRET_HEADER: self._secret} if self._secret else {}
        post = self._session.post(self.url, json=pending.body, headers=headers, allow_redirects=False)
        try:
            async with post as response:
                await response.read()
                if HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
                    return None
                self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
                return _retry_after(response.headers.get("Retry-After", ""))
        except TimeoutError:
            self._failed("Read timeout expired")
        except (aiohttp.ClientError, OSError):
            self._failed("Connection refused")
        return 0.0

    def _failed(self, reason: str) -> None:
        self._last_error = {"last_error_date": self._clock.unix(), "last_error_message": reason}


def _retry_after(value: str) -> float:
    try:
        return min(max(float(value), 0.0), MAX_RETRY_AFTER_SECONDS)
    except ValueError:
        return 0.0
