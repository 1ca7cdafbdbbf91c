"""What waits to be sent: one line per chat, the chats in order of lane and age.

The heaps hold hints. A hint that no longer fits (its chat is busy, or has something more urgent)
is dropped when it comes up; whatever changes a chat's first delivery leaves a new hint.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field

from store.domain.delivery import Delivery

Hint = tuple[int, int, int]
"""Lane, delivery and chat."""


@dataclass(slots=True)
class _Chat:
    """What waits for one chat, most urgent first; `busy` while something is on its way."""

    waiting: list[tuple[int, int, Delivery]] = field(default_factory=list)
    busy: bool = False


class Lines:
    """Everything in hand. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._chats: dict[int, _Chat] = {}
        self._ready: list[Hint] = []
        self._later: list[tuple[float, Hint]] = []
        self._held: dict[int, float] = {}

    def add(self, delivery: Delivery, until: float = 0.0) -> None:
        """Let a delivery stand in its chat's line, not to go before `until`.

        Those behind it in the same lane wait with it, so that a chat keeps its order.
        """
        if until:
            self._held[delivery.id] = until
        chat = self._chats.setdefault(delivery.chat_id, _Chat())
        heapq.heappush(chat.waiting, (int(delivery.lane), delivery.id, delivery))
        if chat.waiting[0][2] is delivery:
            self._hint(delivery.chat_id, chat)

    def first(self, now: float) -> Delivery | None:
        """Return the delivery whose turn it is, and leave it in its place."""
        while self._later and self._later[0][0] <= now:
            heapq.heappush(self._ready, heapq.heappop(self._later)[1])
        while self._ready:
            found = self._fitting(self._ready[0])
            if found is not None and self._held.get(found.id, 0.0) <= now:
                return found
            heapq.heappop(self._ready)
        return None

    def put_off(self, delivery: Delivery, until: float) -> None:
        """Let the first one wait until its chat may be written to; others go before it."""
        hint = (int(delivery.lane), delivery.id, delivery.chat_id)
        heapq.heappop(self._ready)
        heapq.heappush(self._later, (until, hint))

    def start(self, delivery: Delivery) -> None:
        """Take the first one out: it goes now, and its chat is busy until `end`."""
        heapq.heappop(self._ready)
        self._held.pop(delivery.id, None)
        chat = self._chats[delivery.chat_id]
        heapq.heappop(chat.waiting)
        chat.busy = True

    def end(self, chat_id: int) -> bool:
        """Say that the chat's delivery arrived, or will not; tell whether more waits for it."""
        chat = self._chats[chat_id]
        chat.busy = False
        self._go_on(chat_id, chat)
        return bool(chat.waiting)

    def pause(self, now: float) -> float | None:
        """Return the seconds until something that was put off may go; None if nothing was."""
        return max(0.001, self._later[0][0] - now) if self._later else None

    @property
    def waiting(self) -> Mapping[int, int]:
        """How many stand in each chat's line."""
        return {chat_id: len(chat.waiting) for chat_id, chat in self._chats.items()}

    def _go_on(self, chat_id: int, chat: _Chat) -> None:
        if chat.waiting:
            self._hint(chat_id, chat)
        else:
            del self._chats[chat_id]

    def _hint(self, chat_id: int, chat: _Chat) -> None:
        if chat.busy:
            return
        lane, number, _ = chat.waiting[0]
        until = self._held.get(number)
        if until is None:
            heapq.heappush(self._ready, (lane, number, chat_id))
        else:
            heapq.heappush(self._later, (until, (lane, number, chat_id)))

    def _fitting(self, hint: Hint) -> Delivery | None:
        lane, number, chat_id = hint
        chat = self._chats.get(chat_id)
        if chat is None or chat.busy or not chat.waiting:
            return None
        return chat.waiting[0][2] if chat.waiting[0][:2] == (lane, number) else None
