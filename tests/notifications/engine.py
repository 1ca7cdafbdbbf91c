"""The sending engine in virtual time: real sender, herald, store and emulator; what staff made is kept here.

What may befall it is in `engine_acts` and `engine_staff`, what it promises in `engine_promises`;
`engine_life` lets it live.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import obstore
from obstore.store import MemoryStore

from bot.emulator.people import Person
from bot.emulator.town import Town as EmulatedTown
from notifications.limits import Limits
from notifications.sender import Sender
from notifications.uploads import Uploads
from notifications.urgent import Herald
from store.actions import delivery
from store.actions.urgent import HERALD
from store.domain.campaign import CampaignState, key_of
from store.domain.delivery import STAFF_KIND, SUBSCRIBED_KIND, DeliveryState, Lane, Outgoing
from store.domain.errors import Refusal
from store.domain.resident import Resident
from store.domain.staff import By
from store.domain.subscription import Subscription
from store.engine import Store
from store.engine.unit import Unit
from tests.notifications.engine_rows import Row, Stood, rows_of, stood_of
from tests.support.triage_factory import Town
from tests.support.virtual import VirtualLoop
from tests.support.wire import Wire

LIMITS = Limits(per_second=5)
"""So few that every window is full soon."""
MOST_A_WEEK = 3
NOT_SENT = {
    DeliveryState.CANCELLED,
    DeliveryState.EXPIRED,
    DeliveryState.BLOCKED,
    DeliveryState.FAILED,
    DeliveryState.OVERTAKEN,
}
OPEN = {DeliveryState.QUEUED, DeliveryState.LEASED}
RECORDED_SECONDS = 0.05
"""So long after its answer everything is written down."""
ALWAYS = -1.0
THROTTLED_SECONDS = 2
"""So long the messenger asks us to wait where it is told to; by itself it says other times."""
REFUSED = object()
APPROVER = 2
"""The number of whoever agrees, if nothing else is said."""
_WORDS = re.compile(r"(?:REPLY|URGENT|CASE|REMINDER|Campaign|Alert) \d+(?:\.\d+)?")


@dataclass
class Made:
    """A campaign or an alert as staff made it; `author` is the number of whoever changed it last.

    `danger` and `agreed`: who wrote it, and who let it go out, marked danger to life. `first`: what it
    follows, where that is anything. `key`: where its file lies.
    """

    number: int
    reference: str
    id: str
    lane: Lane
    author: int
    danger: bool = False
    agreed: bool = False
    first: Made | None = None
    all_clear: bool = False
    version: int = 0
    key: str | None = None

    @property
    def words(self) -> str:
        """What it says now; each time somebody changes it other words."""
        name = "Alert" if self.lane is Lane.URGENT else "Campaign"
        return f"{name} {self.number}" + (f".{self.version}" if self.version else "")


@dataclass(frozen=True, slots=True)
class Hearing:
    """Somebody who hears from us, and how they wanted it when they subscribed."""

    resident: Resident
    chat: Person
    wish: Subscription

    @property
    def id(self) -> int:
        return self.chat.id


class Patient(Uploads):
    """Uploads that let no time pass while a file is read."""

    async def _content(self, key: str) -> bytes:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        with loop.elsewhere():
            return await super()._content(key)


class Watched(Sender):
    """A sender that says when it set about each message for the last time."""

    set_about: dict[int, float]

    async def _lease(self, delivery_id: int) -> bool:
        self.set_about[delivery_id] = asyncio.get_running_loop().time()
        return await super()._lease(delivery_id)


@dataclass
class Engine:
    """What sends, whom it sends to, and what was asked of it."""

    town: Town
    emulated: EmulatedTown
    wire: Wire
    people: list[Hearing]
    groups: list[int]
    staff: list[By]
    """Two who write, of whom the second may let things go out, and one more who may."""
    media: MemoryStore = field(default_factory=MemoryStore)
    working: list[asyncio.Task[None]] = field(default_factory=list)
    queued: dict[str, str] = field(default_factory=dict)
    """The words of what was queued, by its key."""
    made: list[Made] = field(default_factory=list)
    patterns: dict[str, tuple[str, int]] = field(default_factory=dict)
    """The reference and the author of each recurring campaign, by its words."""
    shut: dict[str, float] = field(default_factory=dict)
    """Since when nothing with these words may go out; `stopped` for whom nothing that is subscribed to."""
    stopped: dict[int, float] = field(default_factory=dict)
    away: dict[int, tuple[datetime, datetime]] = field(default_factory=dict)
    """From when to when somebody paused."""
    left: dict[int, float] = field(default_factory=dict)
    """Since when somebody wants no campaigns and no alerts."""
    changed: set[int] = field(default_factory=set)
    """Who ever wished anything else than at first, or blocked us."""
    blocked: set[int] = field(default_factory=set)
    ended: dict[tuple[int, str], int] = field(default_factory=dict)
    """How often what has ended had been tried, by chat and words."""
    again: dict[tuple[int, str], int] = field(default_factory=dict)
    """How often what failed had been tried when staff asked for that to be done again."""
    forgotten: int = 0
    """How many names of files the messenger was to forget."""
    interrupted: int = 0
    """How many requests were on their way at a kill, or as good as that."""
    set_about: dict[int, float] = field(default_factory=dict)
    """When the sender set about a message; `cut_short`: what it had set about a moment before a kill."""
    cut_short: set[int] = field(default_factory=set)
    kills: int = 0
    retried: int = 0
    """How many messages that failed staff let be tried again."""
    looked: int = 0
    """So many requests were looked at."""

    @property
    def store(self) -> Store:
        return self.town.store

    @property
    def now(self) -> float:
        return asyncio.get_running_loop().time()

    def number(self) -> int:
        """Return a number that nothing has yet."""
        return len(self.made) + len(self.patterns)

    async def pick(self, number: int, *states: CampaignState, lane: Lane | None = None) -> Made | None:
        """Return one of what staff made in this lane: one that stands so, where there is any."""
        stood = await self.stood()
        among = [one for one in self.made if lane is None or one.lane is lane]
        among = [one for one in among if stood[one.id].state in states] or among
        return among[number % len(among)] if among else None

    async def start(self) -> None:
        sender = Watched(self.store, Patient(self.wire, self.store, self.media), "bot", LIMITS)
        sender.set_about = self.set_about
        herald = Herald(self.store)

        def committed(done: Unit) -> None:
            sender.feed(done.outgoing)
            if HERALD in done.woken:
                herald.wake()

        self.store.committed = committed
        self.working = [asyncio.ensure_future(one) for one in (sender.run(), herald.run())]  # noqa: TID251 - killed below

    async def kill(self) -> None:
        """End the process where it stands; what it had in memory is gone."""
        late = self.now - RECORDED_SECONDS
        self.interrupted += sum(one.answered is None or one.answered > late for one in self.wire.asked)
        begun = {id_ for id_, at in self.set_about.items() if at > late}
        self.interrupted += len(begun)
        self.cut_short |= begun
        self.kills += 1
        for _ in range(2):  # the second time the sender stops at once
            for task in self.working:
                task.cancel()
            await asyncio.sleep(0)
        for task in self.working:
            with suppress(asyncio.CancelledError):
                await task

    async def queue(self, chat_id: int, lane: Lane, times: int) -> None:
        for _ in range(times):
            key = f"one:{len(self.queued)}"
            text = self.queued[key] = f"{lane.name} {len(self.queued)}"
            kind = SUBSCRIBED_KIND + "reminder" if lane is Lane.REMINDER else lane.name.lower()
            kind = STAFF_KIND + kind if chat_id < 0 else kind
            params = {"chat_id": chat_id, "text": text}
            await self.town.write(delivery.queue, [Outgoing(lane, chat_id, kind, "sendMessage", params, key)])

    async def attempt(self, act: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """Do this; what cannot be done is refused (`REFUSED`), and changes nothing."""
        try:
            return await self.town.write(act, *args, **more)
        except Refusal:
            return REFUSED

    async def put(self, key: str, body: bytes) -> None:
        """Let the bytes of a file lie in the store of files."""
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        with loop.elsewhere():
            await obstore.put_async(self.media, key, body)

    async def rows(self) -> list[Row]:
        return await self.town.read(rows_of)

    async def stood(self) -> Mapping[str, Stood]:
        """Return all campaigns by their ids."""
        return {one.id: one for one in await self.town.read(stood_of)}

    async def state(self, made: Made) -> CampaignState:
        return (await self.stood())[made.id].state

    def words(self, row: Row) -> str:
        """Return what this delivery says."""
        made = self.campaign(row)
        return made.words if made is not None else self.queued[row.key]

    def campaign(self, row: Row) -> Made | None:
        """Return what this is a message of; None where it is one by itself."""
        return next((one for one in self.made if row.key.startswith(key_of(one.id))), None)

    def chain(self, made: Made) -> list[Made]:
        """Return all alerts that this one belongs with."""
        first = made.first or made
        return [one for one in self.made if one is first or one.first is first]

    def is_moved(self, chat_id: int) -> int:
        """Return where a chat is by now."""
        return self.wire.moved.get(chat_id, chat_id)

    def hearing(self, chat_id: int) -> Hearing | None:
        return next((one for one in self.people if one.id == chat_id), None)


def things(text: str) -> list[str]:
    """Return what a message says: one thing, or each that a digest holds."""
    return _WORDS.findall(text)
