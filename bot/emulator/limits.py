"""How fast a bot may send: exact sliding windows.

The numbers are the ones Telegram publishes in its bots FAQ: 30 messages a second in all, one a
second in a chat, twenty a minute in a group.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from bot.emulator.clock import Clock
from bot.emulator.errors import too_many_requests

MINUTE_SECONDS = 60.0
SWEEP_ABOVE_CHATS = 10_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages per window; None switches one limit off."""

    per_second: int | None = 30
    per_chat_second: int | None = 1
    per_group_minute: int | None = 20

    @classmethod
    def off(cls) -> Limits:
        """No limit at all."""
        return cls(None, None, None)

    @property
    def any(self) -> bool:
        """Whether at least one limit is on."""
        return (self.per_second, self.per_chat_second, self.per_group_minute) != (None, None, None)


class _Window:
    """The times of the sends of the last `seconds`."""

    __slots__ = ("seconds", "times")

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.times: deque[float] = deque()

    def wait(self, now: float, limit: int, count: int) -> float:
        """Seconds until `count` more fit; more than the limit fit into an empty window only."""
        times = self.times
        while times and now - times[0] >= self.seconds:
            times.popleft()
        surplus = len(times) + count - max(limit, count)
        return self.seconds - (now - times[surplus - 1]) if surplus > 0 else 0.0


class Limiter:
    """Refuses what comes too fast; a refused send takes no place in any window."""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self._clock = clock
        self.limits = limits

    @property
    def limits(self) -> Limits:
        """The limits in force; setting them forgets what was sent before."""
        return self._limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self._limits = limits
        self._all = _Window(1.0)
        self._chats: dict[int, _Window] = {}
        self._groups: dict[int, _Window] = {}

    def take(self, chat_id: int, count: int) -> None:
        """Count `count` messages to a chat, or raise 429 and count nothing."""
        if not self._limits.any:
            return
        now = self._clock.monotonic()
        windows = list(self._windows(chat_id))
        wait = max(window.wait(now, limit, count) for window, limit in windows) if windows else 0.0
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        for window, _ in windows:
            window.times.extend([now] * count)
        self._sweep(now)

    def _windows(self, chat_id: int) -> Iterable[tuple[_Window, int]]:
        limits = self._limits
        if limits.per_second is not None:
            yield self._all, limits.per_second
        if limits.per_chat_second is not None:
            yield self._chats.setdefault(chat_id, _Window(1.0)), limits.per_chat_second
        if limits.per_group_minute is not None and chat_id < 0:
            yield self._groups.setdefault(chat_id, _Window(MINUTE_SECONDS)), limits.per_group_minute

    def _sweep(self, now: float) -> None:
        if len(self._chats) > SWEEP_ABOVE_CHATS:
            kept = self._chats.items()
            self._chats = {chat: w for chat, w in kept if w.times and now - w.times[-1] < w.seconds}
