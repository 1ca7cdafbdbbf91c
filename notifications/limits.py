"""How fast we may speak: exact sliding windows, for the bot, each chat and each group.

Telegram's published limits: about 30 messages a second for a bot (paid broadcasts up to 1,000),
one a second in one chat, 20 a minute in one group (core.telegram.org/bots/faq).
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from statistics import median

from store.domain.delivery import Lane

MARGIN_SECONDS = 0.01
"""Every window is this much longer: clocks are not exact."""
LOOK_AGAIN_SECONDS = 0.05
CATCH_UP_SECONDS = 0.1
"""Bulk that goes late by no more than this does not move those behind it."""
TOGETHER_SECONDS = 0.2
"""The bulk of so long goes together: then it is leased together, answered together and written together.

One by one, each costs two transactions of its own; a reply waits for its place no longer than this.
"""
TENS = 3
TENS_KEPT = 100
FORGET_CHATS_ABOVE = 10_000


class Window:
    """At most `most` in any `seconds`. Times are monotonic seconds.

    When a request arrived is not known, only that it was before its answer came: so a place is
    taken from the start of the request until `seconds` after its end (see `RoundTrip` for less).
    """

    __slots__ = ("_flying", "_landed", "_most", "_seconds")

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds + MARGIN_SECONDS
        self._flying = 0
        self._landed: deque[float] = deque(maxlen=most)

    def wait(self, now: float, count: int = 1) -> float:
        """Return how many seconds until so many more may go (0: now); look again by then."""
        room = self._most - self._flying - count
        if room < 0:
            return LOOK_AGAIN_SECONDS
        if len(self._landed) <= room:
            return 0.0
        return max(0.0, self._landed[-room - 1] + self._seconds - now)

    def take(self) -> None:
        """Count one that goes now."""
        self._flying += 1

    def land(self, now: float) -> None:
        """Say that one that went has its answer."""
        self._flying -= 1
        self._landed.append(now)

    def take_back(self) -> None:
        """Say that the one that was counted does not go."""
        self._flying -= 1

    def idle(self, now: float) -> bool:
        """Tell whether nothing counts any more."""
        return not self._flying and (not self._landed or self._landed[-1] + self._seconds <= now)

    def fill(self, now: float) -> None:
        """Count as if all had gone just now (after a restart nobody knows what went before)."""
        self._landed.extend([now] * self._most)


class RoundTrip:
    """The shortest time lately from a request to its answer, less what that may be too long by.

    Nothing is quicker on the way there, nor on the way back, than in the quickest round. So a request
    arrives no sooner than its way there takes, and arrived at least its way back before its answer: a
    place is free that much earlier than by start and answer alone. The quickest that was seen need not be
    the quickest that can be: where the quickest of each ten differ, because this machine or the network is
    busy, twice their difference is taken off. Unknown (0) until `TENS` tens were seen, and of the last
    thousand only, so that it follows a network that became slower.
    """

    __slots__ = ("_count", "_quickest", "_tens", "shortest")

    def __init__(self) -> None:
        self._count = 0
        self._quickest = math.inf
        self._tens: deque[float] = deque(maxlen=TENS_KEPT)
        self.shortest = 0.0
        """In seconds."""

    def add(self, seconds: float) -> None:
        """Count a round that was whole, of a request that did not go in a heap with others."""
        self._count += 1
        self._quickest = min(self._quickest, seconds)
        if self._count % 10 == 0:
            self._tens.append(self._quickest)
            self._quickest = math.inf
            if len(self._tens) >= TENS:
                self.shortest = self._trusted()

    def _trusted(self) -> float:
        quickest = min(self._tens)
        return max(0.0, quickest - 2 * (median(self._tens) - quickest))


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits in force: per second for the bot and a chat, per minute for a group."""

    per_second: int = 30
    per_chat_second: int = 1
    per_group_minute: int = 20


class Pace:
    """Says when the next message to a chat may go."""

    def __init__(self, limits: Limits, now: float) -> None:
        self._limits = limits
        self._bot = Window(limits.per_second, 1.0)
        self._chats: dict[int, tuple[Window, ...]] = {}
        self._paused_until = 0.0
        self._together = max(1, round(limits.per_second * TOGETHER_SECONDS))
        self._next_bulk = now
        self._together_until = now
        self._round_trip = RoundTrip()
        self._bot.fill(now)

    def wait(self, chat_id: int, now: float) -> float:
        """Return how many seconds a message to this chat has to wait (0: it may go now)."""
        chat = max((window.wait(now) for window in self._chats.get(chat_id, ())), default=0.0)
        return max(self.bot_wait(now), chat)

    def take(self, chat_id: int, now: float) -> None:
        """Count a message to this chat that goes now; `land` or `take_back` must follow."""
        slot = 1 / self._limits.per_second
        if now - self._next_bulk > CATCH_UP_SECONDS:
            self._next_bulk = now
        if self._together_until < self._next_bulk <= now:
            self._together_until = self._next_bulk + (self._together - 0.5) * slot
        self._next_bulk += slot
        if chat_id not in self._chats:
            self._forget(now)
        for window in (self._bot, *self._of(chat_id)):
            window.take()

    def land(self, chat_id: int, now: float, took: float | None = None) -> None:
        """Say that a message to this chat has its answer, whatever that was.

        `took`: the seconds from its start, where the answer was that it has arrived, and it went in its turn
        and not in a heap (many at once are slow together, and say nothing of the way).
        """
        if took is not None:
            self._round_trip.add(took)
        for window in (self._bot, *self._of(chat_id)):
            window.land(now)

    def take_back(self, chat_id: int) -> None:
        """Say that a message to this chat that was counted does not go."""
        for window in (self._bot, *self._of(chat_id)):
            window.take_back()

    def take_in_the_past(self, chat_id: int, at: float) -> None:
        """Count a message that went before this pace began, for its chat alone; oldest first."""
        for window in self._of(chat_id):
            window.take()
            window.land(at)

    def pause(self, until: float) -> None:
        """Let nothing go before `until`; the latest pause counts.

        We were too fast: how long a round takes is learnt anew.
        """
        self._round_trip = RoundTrip()
        self._paused_until = max(self._paused_until, until)

    def paused(self, now: float) -> float:
        """Return how many seconds the whole bot has to wait."""
        return max(0.0, self._paused_until - now)

    def bot_wait(self, now: float, lane: Lane = Lane.REPLY) -> float:
        """Return how many seconds until any message of this lane may go, whoever it is for.

        What is no reply has its share of each fifth of a second, also an alert to very many, so that a
        reply never finds the second used up: it takes one of the next places.
        """
        places, spaced = 1, 0.0
        if lane > Lane.REPLY and self._next_bulk > self._together_until:
            places, spaced = self._together, self._next_bulk - now
        free = self._bot.wait(now + self._round_trip.shortest, places)
        return max(self._paused_until - now, free, spaced, 0.0)

    def _of(self, chat_id: int) -> tuple[Window, ...]:
        windows = self._chats.get(chat_id)
        if windows is None:
            second = Window(self._limits.per_chat_second, 1.0)
            minute = (Window(self._limits.per_group_minute, 60.0),) if chat_id < 0 else ()
            windows = self._chats[chat_id] = (second, *minute)
        return windows

    def _forget(self, now: float) -> None:
        if len(self._chats) > FORGET_CHATS_ABOVE:
            self._chats = {
                chat: windows
                for chat, windows in self._chats.items()
                if not all(window.idle(now) for window in windows)
            }
