"""The sending engine in virtual time: real sender, store and emulator, and whatever may befall them."""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from bot.emulator.faults import Fault
from bot.emulator.limits import Limits as EmulatorLimits
from bot.emulator.people import Person
from bot.emulator.town import Options
from bot.emulator.town import Town as EmulatedTown
from notifications import sender as sender_module
from notifications.limits import Limits
from notifications.sender import Sender
from notifications.timetable import bundle, send_campaigns
from store.actions import campaign, delivery, reference, resident, subscription
from store.actions.subscription import Consent
from store.domain.delivery import BUNDLE, REPEATABLE_LANES, SUBSCRIBED_KIND, DeliveryState, Lane, Outgoing
from store.domain.errors import Refusal
from store.domain.resident import Resident
from store.domain.staff import By, Role
from store.domain.subscription import Frequency, QuietHours, Subscription, Topic
from store.engine import Session, Store, open_store
from store.queries import campaigns, subscriptions
from store.tables.delivery import DeliveryRow
from tests.notifications.post_office import NOON
from tests.support.campaigns import approved
from tests.support.triage_factory import PROFILE, Town
from tests.support.virtual import VirtualClock, VirtualLoop
from tests.support.wire import Asked, Wire

PEOPLE = 8
WITH_DIGESTS = 3
"""So many of them want all that is not urgent in one message a day."""
LIMITS = Limits(per_second=5)
"""So few that every window is full soon."""
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
ROUNDS = 60
TROUBLE = ("fail", "drop_request", "drop_reply", "garble", "too_many", "refuse")


@dataclass(frozen=True, slots=True)
class Row:
    """One delivery as it lies in the outbox."""

    chat_id: int
    lane: Lane
    key: str
    state: DeliveryState
    due_at: datetime
    bundle: int | None
    """The digest that it went with."""


@dataclass
class Engine:
    """What sends, whom it sends to, and what was asked of it."""

    town: Town
    emulated: EmulatedTown
    wire: Wire
    people: list[tuple[Resident, Person]]
    author: By
    approver: By
    sender: asyncio.Task[None] | None = None
    queued: dict[str, str] = field(default_factory=dict)
    """The words of what was queued, by its key."""
    campaigns: dict[str, str] = field(default_factory=dict)
    """The words of each, by its id."""
    references: list[str] = field(default_factory=list)
    """Of the campaigns, in order."""
    shut: dict[str, float] = field(default_factory=dict)
    """Since when nothing with these words may go out; `stopped` for whom nothing that is subscribed to."""
    stopped: dict[int, float] = field(default_factory=dict)
    left: dict[int, float] = field(default_factory=dict)
    """Since when somebody wants no campaigns."""
    throttles: list[Fault] = field(default_factory=list)
    interrupted: int = 0
    """How many requests were on their way at a kill, or as good as that."""

    @property
    def store(self) -> Store:
        return self.town.store

    @property
    def now(self) -> float:
        return asyncio.get_running_loop().time()

    async def do(self, kind: str, value: Any) -> None:
        """Do one thing, and see that all is well."""
        await _DOES[kind](self, value)
        await self.check()

    async def start(self) -> None:
        working = Sender(self.store, self.wire, "bot", LIMITS)
        self.store.committed = lambda done: working.feed(done.outgoing)
        self.sender = asyncio.ensure_future(working.run())  # noqa: TID251 - killed below

    async def kill(self) -> None:
        """End the sender where it stands; what it had in memory is gone."""
        assert self.sender is not None
        late = self.now - RECORDED_SECONDS
        self.interrupted += sum(one.answered is None or one.answered > late for one in self.wire.asked)
        self.sender.cancel()
        await asyncio.sleep(0)
        self.sender.cancel()  # the second time it stops at once
        with suppress(asyncio.CancelledError):
            await self.sender

    async def queue(self, who: int, lane: Lane, times: int) -> None:
        person = self.people[who][1]
        for _ in range(times):
            key = f"one:{len(self.queued)}"
            text = self.queued[key] = f"{lane.name} {len(self.queued)}"
            kind = SUBSCRIBED_KIND + "reminder" if lane is Lane.REMINDER else lane.name.lower()
            params = {"chat_id": person.id, "text": text}
            await self.town.write(
                delivery.queue, [Outgoing(lane, person.id, kind, "sendMessage", params, key=key)]
            )

    async def rows(self) -> list[Row]:
        return await self.town.read(_rows)

    def words(self, row: Row) -> str:
        """Return what this delivery says."""
        return self.queued.get(row.key) or self.campaigns[row.key.split(":")[1]]

    async def check(self) -> None:
        """See that the engine kept every promise so far."""
        refused = sum(call.outcome.startswith("429") for call in self.emulated.api.calls)
        assert refused == len(self.throttles) - sum(fault.times or 0 for fault in self.throttles), "too fast"
        tried, applied = Counter[tuple[int, str]](), Counter[tuple[int, str]]()
        for one in self.wire.asked:
            for text in _things(one.text):
                tried[one.chat_id, text] += 1
                applied[one.chat_id, text] += one.applied
                self._check_wish(one, text)
        for row in await self.rows():
            what = (row.chat_id, self.words(row))
            self._check_row(row, tried[what], applied[what])

    def _check_wish(self, one: Asked, text: str) -> None:
        assert one.began <= self.shut.get(text, math.inf), f"{text} went out although it may not"
        if text.startswith(("REMINDER", "Campaign")):
            assert one.began <= self.stopped.get(one.chat_id, math.inf), f"{one} was not wanted any more"

    def _check_row(self, row: Row, tried: int, applied: int) -> None:
        if row.lane not in REPEATABLE_LANES:
            assert applied <= 1, f"{row} came twice"
            assert row.state not in NOT_SENT or not applied, f"{row} came although it should not have"
        if row.state is DeliveryState.SENT:
            assert applied, f"{row} never came"
        if row.state is DeliveryState.UNCERTAIN:
            assert tried, f"{row} is in doubt, and nobody tried"

    async def to_the_end(self) -> None:
        """Let all trouble pass; then everything comes to an end, and nothing is left out."""
        self.emulated.faults.clear()
        self.wire.refuse, self.wire.there, self.wire.back = 0, 0.03, 0.05
        for number in range(len(self.references)):
            await self.do("resume", number)
        for _ in range(ROUNDS):
            await self.do("go on", 20.0)
            if not any(row.state in OPEN for row in await self.rows()):
                break
            if QuietHours().holds(self.town.clock.now()) or not self._is_busy(await self.rows()):
                await self.do("stand still", 4)
        rows = await self.rows()
        left = [row for row in rows if row.state in OPEN or row.state is DeliveryState.HELD]
        assert not left, f"still open: {left}"
        doubtful = {row.bundle or row.key for row in rows if row.state is DeliveryState.UNCERTAIN}
        assert len(doubtful) <= self.interrupted + self._unknown(), "more in doubt than was on its way"
        self._check_order()

    def _is_busy(self, rows: Sequence[Row]) -> bool:
        """Tell whether anything is to do now."""
        return any(row.state in OPEN and row.due_at <= self.town.clock.now() for row in rows)

    def _unknown(self) -> int:
        """Return how often nobody could know what became of a request."""
        doubtful = ("drop_re", "garble", "500")
        return sum(call.outcome.startswith(doubtful) for call in self.emulated.api.calls)

    def _check_order(self) -> None:
        for _, person in self.people:
            came = [one.text for one in self.wire.asked if one.chat_id == person.id and one.applied]
            replies = list(dict.fromkeys(text for text in came if text.startswith("REPLY")))
            assert replies == sorted(replies, key=lambda text: int(text.split()[1])), "replies out of order"


def _things(text: str) -> list[str]:
    """Return what a message says: one thing, or each that a digest holds."""
    heading, *lines = text.split("\n\n")
    return [line.split(". ", 1)[1] for line in lines] or [heading]


def _rows(session: Session) -> list[Row]:
    found = session.scalars(select(DeliveryRow).where(DeliveryRow.kind != BUNDLE))
    return [
        Row(r.chat_id, Lane(r.lane), r.key or "", DeliveryState(r.state), r.due_at, r.bundled_into)
        for r in found
    ]


async def _go_on(engine: Engine, seconds: float) -> None:
    await send_campaigns(engine.store)
    await bundle(engine.store)
    await asyncio.sleep(seconds)


async def _stand_still(engine: Engine, hours: int) -> None:
    await engine.kill()
    engine.town.clock.advance(timedelta(hours=hours))
    await asyncio.sleep(60)
    await engine.start()


async def _kill(engine: Engine, seconds: float) -> None:
    await engine.kill()
    await asyncio.sleep(seconds)
    await engine.start()


async def _say(engine: Engine, what: tuple[int, Lane, int]) -> None:
    await engine.queue(*what)


async def _campaign(engine: Engine, _value: int) -> None:
    text = f"Campaign {len(engine.references)}"
    made = await approved(engine.town, engine.author, engine.approver, title=text, texts={"en": text})
    engine.references.append(made)
    page = await engine.town.read(campaigns.page, engine.author.staff, made)
    engine.campaigns[page.campaign.id] = text
    await send_campaigns(engine.store)


async def _operate(engine: Engine, number: int, act: Callable[..., None], *, shut: bool) -> None:
    """Let staff do this to a campaign; what cannot be done is refused, and changes nothing."""
    if not engine.references:
        return
    number %= len(engine.references)
    text = f"Campaign {number}"
    try:
        await engine.town.write(act, engine.author, engine.references[number])
    except Refusal:
        return
    if shut:
        engine.shut.setdefault(text, engine.now)
    else:
        engine.shut.pop(text, None)


async def _pause(engine: Engine, number: int) -> None:
    await _operate(engine, number, campaign.pause, shut=True)


async def _resume(engine: Engine, number: int) -> None:
    await _operate(engine, number, campaign.resume, shut=False)


async def _cancel(engine: Engine, number: int) -> None:
    await _operate(engine, number, campaign.cancel, shut=True)


async def _stop(engine: Engine, who: int) -> None:
    person, chat = engine.people[who]
    await engine.town.write(subscription.stop, person)
    engine.stopped.setdefault(chat.id, engine.now)


async def _leave(engine: Engine, who: int) -> None:
    """Let somebody want no more campaigns, but all the rest."""
    person, chat = engine.people[who]
    wish = await engine.town.read(subscriptions.of, person.id)
    if wish is not None and wish.stopped_at is None:
        await engine.town.write(subscription.change, person, replace(wish, topics=frozenset({Topic.SURVEYS})))
        engine.left.setdefault(chat.id, engine.now)


async def _block(engine: Engine, who: int) -> None:
    engine.people[who][1].block()


async def _trouble(engine: Engine, what: tuple[str, int]) -> None:
    kind, times = what
    if kind == "refuse":
        engine.wire.refuse += times
    elif kind == "too_many":
        throttle = engine.emulated.faults.too_many("sendMessage", retry_after=2, times=1)
        engine.throttles.append(throttle)
    else:
        getattr(engine.emulated.faults, kind)("sendMessage", times=times)


async def _far(engine: Engine, seconds: float) -> None:
    engine.wire.there = engine.wire.back = seconds


_DOES: dict[str, Callable[[Engine, Any], Awaitable[None]]] = {
    "go on": _go_on,
    "stand still": _stand_still,
    "kill": _kill,
    "say": _say,
    "campaign": _campaign,
    "pause": _pause,
    "resume": _resume,
    "cancel": _cancel,
    "stop": _stop,
    "leave": _leave,
    "block": _block,
    "trouble": _trouble,
    "far": _far,
}


async def live(url: str, steps: Sequence[tuple[str, Any]]) -> None:
    """Let all this befall a new engine on the database at `url`, then let it come to its end."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)
    clock = VirtualClock(loop, NOON)
    async with open_store(url, clock) as store:
        engine = await _engine(Town(store, clock), loop)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sender_module, "time", SimpleNamespace(monotonic=loop.time))
            await engine.start()
            try:
                for kind, value in steps:
                    await engine.do(kind, value)
                await engine.to_the_end()
            finally:
                await engine.kill()


async def _engine(town: Town, loop: VirtualLoop) -> Engine:
    emulated = EmulatedTown(Options(limits=EmulatorLimits(per_second=LIMITS.per_second)))
    emulated.world.clock.monotonic = loop.time  # type: ignore[method-assign]
    await town.write(reference.seed, PROFILE)
    author, approver = await town.staff("Sam"), await town.staff("Hal", Role.SUPERVISOR)
    wish = Subscription(frozenset({Topic.CAMPAIGNS}))
    people = []
    for number in range(PEOPLE):
        chat = emulated.person(f"Resident {number}")
        person = await town.write(resident.meet, chat.id, chat.name, "en")
        often = Frequency.DAILY if number < WITH_DIGESTS else Frequency.AT_ONCE
        await town.write(subscription.subscribe, person, replace(wish, frequency=often), Consent("Yes", "en"))
        people.append((person, chat))
    return Engine(town, emulated, Wire(emulated), people, author, approver)
