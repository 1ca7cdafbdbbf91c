"""The one sender: takes what is due by lane, obeys the limits, sends, and writes down what became.

Replies are handed over in memory right after their commit; everything else, and everything after
a restart, is read from the outbox. One chat gets its messages one after the other.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest

from notifications import retry
from notifications.api import body_of
from notifications.leaser import Leaser
from notifications.limits import Limits, Pace
from notifications.lines import Lines
from notifications.recorder import Recorder
from store.actions import delivery as outbox
from store.domain.delivery import BUNDLE, STAFF_KIND, Delivery, DeliveryState, Lane, Sent
from store.engine import Store
from store.queries import outbox as waiting

log = logging.getLogger(__name__)

IN_FLIGHT = 200
SKIPPED_SECONDS = 0.02
READ_EVERY_SECONDS = 0.5
READ_AT_ONCE = 1_000
IN_HAND_SECONDS = 2
"""How much bulk is read ahead; it is leased one by one, the moment before it goes."""
RETRY_SECONDS = 0.5
LAND_SECONDS = 2.0
"""So long a sender that is told to stop waits for the answers to what it has sent."""
UNCOUNTED = ("edit", "answer", "delete", "set")
"""Methods that begin so do not count towards the limits."""


class Sender:
    """Sends until cancelled. Only one may run against a database at a time."""

    def __init__(self, store: Store, request: BaseRequest, base_url: str, limits: Limits) -> None:
        self._store = store
        self._request = request
        self._base_url = base_url
        self._limits = limits
        self._pace = Pace(limits, time.monotonic())
        self._lines = Lines()
        self._known: set[int] = set()
        self._finished: set[int] = set()
        self._leased: set[int] = set()
        self._behind: frozenset[int] = frozenset()
        self._cut = True
        self._skipped: set[int] = set()
        self._reading: set[int] = set()
        self._refused: InvalidToken | None = None
        self._flying = 0
        self._wake = asyncio.Event()
        self._leaser = Leaser(store)
        self._recorder = Recorder(store, self._done)
        self.active = False
        self.beat_at = time.monotonic()

    def feed(self, deliveries: Iterable[Delivery]) -> None:
        """Take over replies just committed; the rest is read from the outbox when it is due."""
        if not self.active:
            return
        at = self._store.clock.now()
        for delivery in deliveries:
            if delivery.due_at > at:
                continue
            # Where older ones are still to be read, it waits for them: a chat keeps its order.
            if delivery.lane is Lane.REPLY and not self._is_behind(delivery.chat_id):
                self._accept(delivery)
        self._wake.set()

    def _is_behind(self, chat_id: int) -> bool:
        """Tell whether older messages of this chat are still to be read; if so, this one is too."""
        behind = self._cut or chat_id in self._behind or chat_id in self._skipped or chat_id in self._reading
        if behind:
            self._skipped.add(chat_id)
        return behind

    async def run(self) -> None:
        """Recover what a dead sender had leased, then send what is due, for ever.

        Told to stop it still hears what becomes of what it has sent; told so twice it stops at once.
        `InvalidToken` where the messenger does not know us any more; what was to be sent is queued.
        """
        await self._recorder.write()
        await self._start_cold()
        await self._store.write(outbox.recover)
        self.active = True
        try:
            async with asyncio.TaskGroup() as tasks:
                work = (self._recorder.run(), self._leaser.run(), self._read_outbox())
                others = [tasks.create_task(part) for part in work]
                try:
                    refused = await self._send_until_refused(tasks)
                except asyncio.CancelledError:
                    await self._land()
                    raise
                for task in others:
                    task.cancel()
            await self._recorder.write()
            await self._store.write(outbox.give_back, [*self._leased])
            raise refused
        finally:
            self.active = False

    async def _send_until_refused(self, tasks: asyncio.TaskGroup) -> InvalidToken:
        while self._refused is None:
            self.beat_at = time.monotonic()
            await self._sleep(self._send_ready(tasks))
        while self._flying:
            await self._sleep(READ_EVERY_SECONDS)
        return self._refused

    async def _land(self) -> None:
        """Start nothing more, and write down what is on its way yet; not for long."""
        self.active = False
        until = time.monotonic() + LAND_SECONDS
        while self._flying and time.monotonic() < until:
            await self._sleep(LAND_SECONDS)
        try:
            await self._recorder.write()
        except Exception:
            log.exception("Results are not written.", extra={"action": "recorder.failed"})

    @property
    def waiting(self) -> int:
        """How many deliveries are in hand and not finished."""
        return len(self._known)

    async def _start_cold(self) -> None:
        """Have nothing in hand, and wait one quiet window, so that a crash causes no 429.

        A group's window is a minute: what it got in the last one counts.
        """
        now, at = time.monotonic(), self._store.clock.now()
        self._pace = Pace(self._limits, now)
        for chat_id, sent_at in await self._store.read(waiting.sent_to_groups):
            self._pace.take_in_the_past(chat_id, now - max(0.0, (at - sent_at).total_seconds()))
        self._lines = Lines()
        self._known.clear()
        self._leased.clear()
        self._cut, self._refused, self._flying = True, None, 0

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            pass
        self._wake.clear()

    async def _read_outbox(self) -> None:
        """Take over what is due; trouble of the database is waited out and stops no sending."""
        while True:
            try:
                await self._read_once()
                await asyncio.sleep(SKIPPED_SECONDS if self._skipped else READ_EVERY_SECONDS)
            except Exception:
                log.exception("The outbox cannot be read.", extra={"action": "outbox.failed"})
                await asyncio.sleep(RETRY_SECONDS)

    async def _read_once(self) -> None:
        self._finished.clear()
        self._reading |= self._skipped
        self._skipped = set()
        most, known = IN_HAND_SECONDS * self._limits.per_second, frozenset(self._known)
        found = await self._store.read(waiting.due, READ_AT_ONCE, known, most - len(known), most)
        self._behind, self._cut = found.behind, found.cut
        # What was sent and written down while we read is queued only in what we read.
        fresh = [d for d in found.deliveries if d.id not in self._known and d.id not in self._finished]
        for delivery in fresh:
            self._accept(delivery)
        self._reading = set()
        if fresh:
            self._wake.set()

    def _accept(self, delivery: Delivery) -> None:
        if delivery.id not in self._known:
            self._known.add(delivery.id)
            self._lines.add(delivery)

    def _done(self, delivery_id: int) -> None:
        self._finished.add(delivery_id)
        self._known.discard(delivery_id)
        self._leased.discard(delivery_id)

    def _send_ready(self, tasks: asyncio.TaskGroup) -> float:
        """Start everything that may go now; return seconds until something more may."""
        now = time.monotonic()
        while self._flying < IN_FLIGHT and (delivery := self._lines.first(now)):
            counts = not delivery.method.startswith(UNCOUNTED)
            wait = self._pace.bot_wait(now, delivery.lane) if counts else self._pace.paused(now)
            if wait > 0:
                return wait
            wait = self._pace.wait(delivery.chat_id, now) if counts else 0.0
            if wait > 0:
                self._lines.put_off(delivery, now + wait)
                continue
            self._lines.start(delivery)
            if counts:
                self._pace.take(delivery.chat_id, now)
            self._flying += 1
            tasks.create_task(self._send(delivery, self._lines, self._pace if counts else None))
        return self._lines.pause(now) or READ_EVERY_SECONDS

    async def _send(self, delivery: Delivery, lines: Lines, pace: Pace | None) -> None:
        """Send one that was started; `pace` where it counts. Bulk goes only if it is leased now."""
        try:
            if delivery.lane is Lane.REPLY or await self._lease(delivery.id):
                began = time.monotonic()
                sent = await self._attempt(delivery)
                now = time.monotonic()
                if pace is not None:
                    arrived = sent is not None and sent.state is DeliveryState.SENT
                    in_turn = arrived and delivery.lane > Lane.REPLY
                    pace.land(delivery.chat_id, now, now - began if in_turn else None)
                if sent is not None:
                    self._recorder.add(replace(sent, bundle=delivery.kind == BUNDLE))
            elif pace is not None:
                pace.take_back(delivery.chat_id)
        finally:
            full = self._flying == IN_FLIGHT
            self._flying -= 1
            if lines.end(delivery.chat_id) or full or not self.active or self._refused is not None:
                self._wake.set()

    async def _lease(self, delivery_id: int) -> bool:
        leased = await self._leaser.lease(delivery_id)
        if leased:
            self._leased.add(delivery_id)
        else:
            self._done(delivery_id)
        return leased

    async def _attempt(self, delivery: Delivery) -> Sent | None:
        """Send it; return what became of it, or None where it goes out in another form."""
        try:
            result = await self._request.post(
                f"{self._base_url}/{delivery.method}", body_of(delivery.method, delivery.params)
            )
        except TelegramError as error:
            if isinstance(error, InvalidToken):
                self._refused = error
            return self._after(delivery, retry.decide(delivery, error))
        except Exception as error:
            log.exception(
                "A message cannot be sent.",
                extra={"action": "delivery.broken", "delivery_id": delivery.id},
            )
            return Sent(delivery.id, DeliveryState.FAILED, error=type(error).__name__)
        message_id = result.get("message_id") if isinstance(result, dict) else None
        to_staff = delivery.kind.startswith(STAFF_KIND)
        return Sent(delivery.id, DeliveryState.SENT, message_id, to_staff=to_staff)

    def _after(self, delivery: Delivery, decision: retry.Decision) -> Sent | None:
        if decision.state is not DeliveryState.SENT:
            log.warning(
                "A message was not sent: %s.",
                decision.error,
                extra={"action": "delivery.trouble", "delivery_id": delivery.id},
            )
        if decision.state is not DeliveryState.QUEUED:
            return Sent(delivery.id, decision.state, error=decision.error)
        if not decision.fatal:
            self._try_again(delivery, decision)
        return None

    def _try_again(self, delivery: Delivery, decision: retry.Decision) -> None:
        """Let a reply keep its place in hand; anything else is queued, to be looked at again."""
        after = decision.again or timedelta(0)
        again = time.monotonic() + after.total_seconds()
        if decision.pause:
            self._pace.pause(again)
        delivery = _changed(delivery, decision)
        if delivery.lane is Lane.REPLY:
            self._lines.add(delivery, again)
        else:
            self._recorder.put_back(replace(delivery, due_at=self._store.clock.now() + after))


def _changed(delivery: Delivery, decision: retry.Decision) -> Delivery:
    """Return the delivery as it goes out next: by another method, or to where its group went."""
    method, tries = decision.instead or delivery.method, delivery.tries + (not decision.pause)
    changed = replace(delivery, method=method, tries=tries, may_have_come=decision.may_have_come)
    to = decision.migrated_to
    if to is None:
        return changed
    return replace(changed, chat_id=to, params=json.dumps(json.loads(delivery.params) | {"chat_id": to}))
