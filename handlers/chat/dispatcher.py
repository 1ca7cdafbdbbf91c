"""Hand waiting updates over, chats side by side, one chat strictly in order of arrival."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

from telegram import Update

from handlers.chat.application import StrictApplication, item_at_hand
from notifications.wording import say
from store.actions import delivery, event, inbox
from store.domain.actor import SYSTEM
from store.domain.delivery import Lane, Outgoing
from store.domain.event import Action
from store.domain.inbox import TRIES_BEFORE_PARKED, InboxItem
from store.engine import Session, Store
from store.queries import inbox as waiting_inbox

log = logging.getLogger(__name__)

CHATS_AT_ONCE = 64
SCAN_SECONDS = 0.25
RECOVERED_AT_MOST = 1_000_000
RETRY_SECONDS = (0.05, 0.2)


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
            self.feed(await self._store.read(waiting_inbox.waiting))

    @property
    def waiting(self) -> int:
        """How many updates are known here and not handled yet."""
        return len(self._known)

    async def _recover(self) -> None:
        for item in await self._store.read(waiting_inbox.waiting, RECOVERED_AT_MOST):
            if item.id not in self._known:
                self._known.add(item.id)
                await self._recover_one(item)
                self._known.discard(item.id)

    async def _recover_one(self, item: InboxItem) -> None:
        if item.tries >= TRIES_BEFORE_PARKED:
            await self._park(item, "the process stopped while handling it")
            return
        tries = await self._store.write(inbox.count_try, item.id, "found waiting after a stop")
        if tries:
            await self._handle(item, tries)

    async def _work(self) -> None:
        while True:
            chat_id = await self._ready.get()
            chat = self._chats[chat_id]
            item = chat.popleft()
            try:
                await self._handle(item, item.tries)
            finally:
                self._known.discard(item.id)
                if chat:
                    self._ready.put_nowait(chat_id)
                else:
                    del self._chats[chat_id]

    async def _handle(self, item: InboxItem, tries: int) -> None:
        while True:
            try:
                await self._turn(item)
            except Exception as error:
                kind = type(error).__name__
                log.exception("A turn failed.", extra={"action": "turn.failed", "inbox_id": item.id})
                tries = await self._store.write(inbox.count_try, item.id, kind)
                if tries >= TRIES_BEFORE_PARKED:
                    await self._park(item, kind)
                if not 0 < tries < TRIES_BEFORE_PARKED:
                    return
                await asyncio.sleep(RETRY_SECONDS[min(tries, len(RETRY_SECONDS)) - 1])
            else:
                return

    async def _turn(self, item: InboxItem) -> None:
        item_at_hand.set(item)
        update = Update.de_json(_needed(item.data), self._application.bot)
        await self._application.process_update(update)

    async def _park(self, item: InboxItem, error: str) -> None:
        try:
            await self._store.write(_park, item, error, _language(item))
        except Exception:
            # What broke the turn may break the apology too; parked it must be, or all chats stop.
            log.exception("Parked without a word.", extra={"action": "turn.parked", "inbox_id": item.id})
            await self._store.write(_park, item, error, None)


def _needed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the update without the keyboard under a tapped message: dear to parse, and our own."""
    query = data.get("callback_query")
    message = query.get("message") if isinstance(query, dict) else None
    if not isinstance(query, dict) or not isinstance(message, dict) or "reply_markup" not in message:
        return dict(data)
    bare = {name: value for name, value in message.items() if name != "reply_markup"}
    return {**data, "callback_query": {**query, "message": bare}}


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
