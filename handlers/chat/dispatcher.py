"""Hand waiting updates over, chats side by side, one chat strictly in order of arrival."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Concatenate, ParamSpec, TypeVar

from telegram import Update

from handlers.chat.application import StrictApplication, item_at_hand
from notifications.buttons import is_numbered
from notifications.wording import say
from store.actions import delivery, event, inbox
from store.domain.actor import SYSTEM
from store.domain.delivery import Lane, Outgoing
from store.domain.event import Action
from store.domain.inbox import TRIES_BEFORE_PARKED, InboxItem
from store.engine import Session, Store, is_transient
from store.queries import inbox as waiting_inbox

log = logging.getLogger(__name__)

CHATS_AT_ONCE = 64
SCAN_SECONDS = 0.25
PAGE = 1_000
RETRY_SECONDS = (0.05, 0.2)
FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 5.0
LOOK_AGAIN_SECONDS = 1.0

P = ParamSpec("P")
T = TypeVar("T")


class Dispatcher:
    """Feeds updates to the application. `run` ends only when it is cancelled.

    Rows found waiting at start may have taken the process down before, so each is counted before
    it is tried and they go one by one: then it is certain which one did.
    """

    def __init__(self, store: Store, application: StrictApplication) -> None:
        self._store = store
        self._application = application
        self._chats: dict[int, deque[InboxItem]] = {}
        self._known: set[int] = set()
        self._ready: asyncio.Queue[int] = asyncio.Queue()
        self._active = False

    def feed(self, items: Iterable[InboxItem]) -> None:
        """Take over updates that are in the inbox, in order; a process without workers does not."""
        for item in items:
            if not self._active or item.id in self._known:
                continue
            self._known.add(item.id)
            chat = self._chats.get(item.chat_id)
            if chat is None:
                self._chats[item.chat_id] = deque([item])
                self._ready.put_nowait(item.chat_id)
            else:
                chat.append(item)

    async def run(self) -> None:
        """Handle what an earlier run left behind, then whatever is fed."""
        self._chats.clear()
        self._known.clear()
        self._ready = asyncio.Queue()
        self._active = True
        try:
            await self._recover()
            async with asyncio.TaskGroup() as workers:
                for _ in range(CHATS_AT_ONCE):
                    workers.create_task(self._work())
        finally:
            self._active = False

    async def scan(self) -> None:
        """Keep taking over updates that other processes put into the inbox."""
        while True:
            await asyncio.sleep(SCAN_SECONDS)
            known = frozenset(self._known)
            self.feed(await self._store.read(waiting_inbox.waiting, PAGE, known))

    @property
    def active(self) -> bool:
        """Whether updates are handled in this process."""
        return self._active

    @property
    def waiting(self) -> int:
        """How many updates are known here and not handled yet."""
        return len(self._known)

    async def _recover(self) -> None:
        """Try what was waiting at the start, one by one, in the order it came within each chat."""
        started = self._store.clock.now()
        seen: set[int] = set()
        while True:
            in_hand = frozenset(seen | self._known)
            page = await self._store.read(waiting_inbox.waiting, PAGE, in_hand, started)
            if not page:
                return
            for item in page:
                seen.add(item.id)
                if item.id not in self._known:
                    self._known.add(item.id)
                    await self._recover_one(item)
                    self._known.discard(item.id)

    async def _recover_one(self, item: InboxItem) -> None:
        """Try it once under a count that stands if it takes the process down, then as any other."""
        tries = await self._begin_again(item)
        if tries > TRIES_BEFORE_PARKED:
            # Perhaps workers that live are just trying it: they take their count back.
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
            tries = await self._begin_again(item)
        if tries > TRIES_BEFORE_PARKED:
            await self._park(item, "the process stopped while handling it")
        if not 0 < tries <= TRIES_BEFORE_PARKED:
            return
        failure: Exception | None = None
        try:
            await self._turn(item)
        except Exception as error:  # noqa: BLE001 - told below
            failure = error
        finally:
            await self._surely(inbox.try_ended, item.id)
        if failure is not None and await self._try_again(item, failure, 0):
            await self._handle(item)

    async def _begin_again(self, item: InboxItem) -> int:
        """Count the try; where we are stopped meanwhile, take back what was counted after all."""
        counting = asyncio.gather(self._surely(inbox.begin_again, item))
        try:
            [tries] = await asyncio.shield(counting)
        except asyncio.CancelledError:
            [tries] = await counting
            if 0 < tries <= TRIES_BEFORE_PARKED:
                await self._surely(inbox.try_ended, item.id)
            raise
        return tries

    async def _work(self) -> None:
        while True:
            chat_id = await self._ready.get()
            chat = self._chats[chat_id]
            item = chat.popleft()
            try:
                await self._handle(item)
            finally:
                self._known.discard(item.id)
                if chat:
                    self._ready.put_nowait(chat_id)
                else:
                    del self._chats[chat_id]

    async def _handle(self, item: InboxItem) -> None:
        pauses = 0
        while True:
            try:
                await self._turn(item)
            except Exception as error:  # noqa: BLE001 - logged there
                if not await self._try_again(item, error, pauses):
                    return
                pauses += 1
            else:
                return

    async def _try_again(self, item: InboxItem, error: Exception, pauses: int) -> bool:
        """Count a failed turn and wait, or park the update; the database's own trouble is not counted."""
        kind = type(error).__name__
        extra = {"action": "turn.failed", "inbox_id": item.id}
        if is_transient(error):
            log.warning("A turn waits for the database: %s.", kind, extra=extra)
            await asyncio.sleep(_pause(pauses))
            return True
        log.error("A turn failed.", exc_info=error, extra=extra)
        tries = await self._surely(inbox.count_try, item.id, kind)
        if tries >= TRIES_BEFORE_PARKED:
            await self._park(item, kind)
        if not 0 < tries < TRIES_BEFORE_PARKED:
            return False
        await asyncio.sleep(RETRY_SECONDS[min(tries, len(RETRY_SECONDS)) - 1])
        return True

    async def _surely(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Write, however long the database has a bad time."""
        for pauses in itertools.count():
            try:
                return await self._store.write(fn, *args, **kwargs)
            except Exception as error:
                if not is_transient(error):
                    raise
                log.warning("The inbox waits for the database.", extra={"action": "inbox.failed"})
                await asyncio.sleep(_pause(pauses))
        raise AssertionError

    async def _turn(self, item: InboxItem) -> None:
        item_at_hand.set(item)
        update = Update.de_json(_needed(item.data), self._application.bot)
        await self._application.process_update(update)

    async def _park(self, item: InboxItem, error: str) -> None:
        try:
            await self._surely(_park, item, error, _language(item))
        except Exception:
            # What broke the turn may break the apology too; parked it must be, or all chats stop.
            log.exception("Parked without a word.", extra={"action": "turn.parked", "inbox_id": item.id})
            await self._surely(_park, item, error, None)


def _pause(pauses: int) -> float:
    """Return how long to wait for the database, in seconds: twice as long each time."""
    return float(min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** min(pauses, 10)))


def _needed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the update without the keyboard under a tapped message: dear to parse, and our own.

    It stays where it belongs to several things: see `Turn.stays`.
    """
    query = data.get("callback_query")
    message = query.get("message") if isinstance(query, dict) else None
    if not isinstance(query, dict) or not isinstance(message, dict) or "reply_markup" not in message:
        return dict(data)
    if any(is_numbered(label) for label in _labels(message["reply_markup"])):
        return dict(data)
    bare = {name: value for name, value in message.items() if name != "reply_markup"}
    return {**data, "callback_query": {**query, "message": bare}}


def _labels(keyboard: object) -> Iterator[str]:
    rows = keyboard.get("inline_keyboard") if isinstance(keyboard, dict) else None
    for row in rows if isinstance(rows, list) else ():
        for button in row if isinstance(row, list) else ():
            if isinstance(button, dict):
                yield str(button.get("text"))


def _language(item: InboxItem) -> str:
    """Return the messenger's language of whoever sent it; the update may be broken."""
    for part in item.data.values():
        if isinstance(part, dict) and isinstance(part.get("from"), dict):
            return str(part["from"].get("language_code") or "en")[:2]
    return "en"


def _park(session: Session, item: InboxItem, error: str, language: str | None) -> None:
    if not inbox.park(session, item.id, error):
        return
    subject = ("update", str(item.id))
    event.record(session, SYSTEM, Action.UPDATE_PARKED, subject, {"error": error})
    if item.chat_id > 0 and language is not None:
        text = say(language, "chat.sorry")
        params = {"chat_id": item.chat_id, "text": text}
        sorry = Outgoing(Lane.REPLY, item.chat_id, "sorry", "sendMessage", params)
        delivery.queue(session, [sorry])
