"""The queue of updates: what the bot has not confirmed yet."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from itertools import islice

from bot.emulator.clock import Clock
from bot.emulator.errors import conflict
from bot.emulator.objects import JsonDict

# Lifetimes of the real server: a day, and 150 s for callback queries.
FIRST_UPDATE_ID = 100_001
UPDATE_SECONDS = 86_400.0
CALLBACK_SECONDS = 150.0
MAX_BATCH = 100
MAX_POLL_SECONDS = 50.0
# Only sent when asked for by name.
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

ANOTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
WEBHOOK_SET = "terminated by setWebhook request"


@dataclass(slots=True)
class Pending:
    """One update that waits. `key` is the lane in which a webhook gets it in order."""

    serial: int
    body: JsonDict
    key: Hashable
    expires: float
    # An injected update keeps its own id, maybe one already confirmed: it is shown at least once.
    unseen_injected: bool = False

    @property
    def id(self) -> int:
        """The update_id."""
        return int(self.body["update_id"])


class UpdateQueue:
    """Updates in order, with getUpdates' rules about offsets and two pollers."""

    def __init__(self, clock: Clock, first_id: int = FIRST_UPDATE_ID) -> None:
        self._clock = clock
        self._next_id = first_id
        self._serial = 0
        self._items: OrderedDict[int, Pending] = OrderedDict()
        self._waiting: asyncio.Future[str] | None = None
        self.allowed: frozenset[str] | None = None
        self.webhook_active = False
        self.on_push: Callable[[Pending], None] | None = None
        self.on_taken: Callable[[JsonDict], None] = lambda _update: None

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, pending: Pending) -> bool:
        return pending.serial in self._items

    def items(self) -> list[Pending]:
        """Everything that waits, oldest first."""
        self._expire()
        return list(self._items.values())

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for this kind of update."""
        return kind not in NOT_BY_DEFAULT if self.allowed is None else kind in self.allowed

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Set allowed_updates; an empty list means the default, None leaves it as it is."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def push(self, kind: str, content: JsonDict, key: Hashable) -> int | None:
        """Queue an update unless the bot does not want this kind; its update_id."""
        if not self.wants(kind):
            return None
        life = CALLBACK_SECONDS if kind == "callback_query" else UPDATE_SECONDS
        return self._add({"update_id": self._take_id(), kind: content}, key, life).id

    def inject(self, update: JsonDict) -> int:
        """Queue any object at all, with its own update_id if it has one; the update_id."""
        body = (
            update if isinstance(update.get("update_id"), int) else {"update_id": self._take_id(), **update}
        )
        self._next_id = max(self._next_id, int(body["update_id"]) + 1)
        return self._add(body, ("injected", body["update_id"]), UPDATE_SECONDS, injected=True).id

    def remove(self, pending: Pending) -> None:
        """Forget an update that was delivered."""
        if self._items.pop(pending.serial, None):
            self.on_taken(pending.body)

    def clear(self) -> None:
        """Forget everything that waits (drop_pending_updates)."""
        self._items.clear()

    async def poll(self, offset: int, limit: int, timeout_seconds: float) -> list[JsonDict]:
        """The answer to getUpdates. Raises 409 for the poller that was there first."""
        if self.webhook_active:
            raise conflict(WEBHOOK_ACTIVE)
        self.interrupt(ANOTHER_POLLER)
        self._confirm(offset)
        if not self._items and timeout_seconds > 0:
            await self._wait(min(timeout_seconds, MAX_POLL_SECONDS))
        self._expire()
        size = limit if 0 < limit <= MAX_BATCH else MAX_BATCH
        batch = list(islice(self._items.values(), size))
        for pending in batch:
            pending.unseen_injected = False
        return [pending.body for pending in batch]

    def interrupt(self, reason: str) -> None:
        """End a waiting long poll: with 409 and this reason, or empty-handed without one."""
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(reason)

    async def _wait(self, seconds: float) -> None:
        waiter = self._waiting = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                reason = await waiter
        except TimeoutError:
            return
        finally:
            if self._waiting is waiter:
                self._waiting = None
        if reason:
            raise conflict(reason)

    def _take_id(self) -> int:
        self._next_id += 1
        return self._next_id - 1

    def _add(self, body: JsonDict, key: Hashable, life: float, *, injected: bool = False) -> Pending:
        self._serial += 1
        pending = Pending(self._serial, body, key, self._clock.monotonic() + life, injected)
        self._items[pending.serial] = pending
        self.interrupt("")
        if self.on_push:
            self.on_push(pending)
        return pending

    def _confirm(self, offset: int) -> None:
        self._expire()
        if offset < 0:
            while len(self._items) > -offset:
                self._items.popitem(last=False)
            return
        while self._items:
            head = next(iter(self._items.values()))
            if head.id >= offset or head.unseen_injected:
                return
            self.remove(head)

    def _expire(self) -> None:
        # Lifetimes differ, so an expired callback may sit behind a living message: look at all,
        # but only when one can have expired.
        if not self._items:
            return
        now = self._clock.monotonic()
        head = next(iter(self._items.values()))
        if now < head.expires - UPDATE_SECONDS + CALLBACK_SECONDS:
            return
        for pending in [p for p in self._items.values() if p.expires <= now]:
            del self._items[pending.serial]
