"""Take raw updates into the inbox, and only then let the messenger forget them."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest

from notifications.api import JsonBody
from notifications.retry import seconds_to_wait
from store.actions import inbox
from store.domain.inbox import InboxItem, RawUpdate
from store.engine import Store

log = logging.getLogger(__name__)

POLL_SECONDS = 25
POLL_MARGIN_SECONDS = 10
MAX_WAITING = 5_000
BUSY_SECONDS = 0.05
UNREADABLE_SECONDS = 0.5
ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
MAX_ID = 2**53
_WITH_CHAT = ("message", "edited_message", "my_chat_member", "channel_post", "chat_member")


def raw_update(bot_id: int, data: Mapping[str, Any]) -> RawUpdate:
    """Return the inbox row for an update, whatever is inside it.

    Raises `ValueError` for something that has no update id: that is no update at all.
    """
    update_id = data.get("update_id")
    if not isinstance(update_id, int) or isinstance(update_id, bool):
        message = "an update has a whole number as its update_id"
        raise ValueError(message)  # noqa: TRY004 - it is a wrong value in what was sent
    if abs(update_id) > MAX_ID:
        message = "an update has a number as its update_id that computers can count to"
        raise ValueError(message)
    # In ASCII: half a surrogate pair, which JSON may hold, fits into no database.
    return RawUpdate(bot_id, update_id, chat_of(data), json.dumps(data), _message_id(data))


def _message_id(data: Mapping[str, Any]) -> int | None:
    message = data.get("message")
    found = message.get("message_id") if isinstance(message, dict) else None
    return found if isinstance(found, int) and abs(found) <= MAX_ID else None


def chat_of(data: Mapping[str, Any]) -> int:
    """Return the chat whose order this update belongs to: for a tap the person's own."""
    query = data.get("callback_query")
    if isinstance(query, dict):
        return _id(query.get("from"))
    for kind in _WITH_CHAT:
        part = data.get(kind)
        if isinstance(part, dict):
            return _id(part.get("chat"))
    return 0


def _id(part: object) -> int:
    found = part.get("id") if isinstance(part, dict) else None
    return found if isinstance(found, int) and abs(found) <= MAX_ID else 0


class Poller:
    """Asks the messenger for updates; the next offset is its acknowledgement.

    `waiting` tells how many updates are still to be handled: beyond `MAX_WAITING` it pauses.
    """

    def __init__(
        self,
        store: Store,
        request: BaseRequest,
        base_url: str,
        bot_id: int,
        feed: Callable[[Sequence[InboxItem]], None],
        waiting: Callable[[], int],
    ) -> None:
        self._store = store
        self._request = request
        self._url = f"{base_url}/getUpdates"
        self._bot_id = bot_id
        self._feed = feed
        self._waiting = waiting
        self._offset = 0

    async def run(self) -> None:
        """Poll until cancelled. Network trouble is waited out; a wrong token is not."""
        delay = 0.5
        while True:
            try:
                await self._once()
                delay = 0.5
            except InvalidToken:
                raise
            except RetryAfter as error:
                await asyncio.sleep(seconds_to_wait(error))
            except (Conflict, NetworkError, TelegramError) as error:
                log.warning("Asking for updates failed: %s.", error, extra={"action": "intake.failed"})
                await asyncio.sleep(delay)
                delay = min(delay * 2, 15)

    async def _once(self) -> None:
        if self._waiting() > MAX_WAITING:
            await asyncio.sleep(BUSY_SECONDS)
            return
        body = {"offset": self._offset, "timeout": POLL_SECONDS, "allowed_updates": ALLOWED}
        updates = await self._request.post(
            self._url,
            JsonBody(json.dumps(body)),
            read_timeout=POLL_SECONDS + POLL_MARGIN_SECONDS,
        )
        if not isinstance(updates, list) or not updates:
            return
        raws = [raw for data in updates if (raw := self._raw(data)) is not None]
        if not raws:
            await asyncio.sleep(UNREADABLE_SECONDS)
            return
        self._feed(await self._store.write(inbox.add, raws))
        self._offset = raws[-1].update_id + 1

    def _raw(self, data: object) -> RawUpdate | None:
        """Return the row; None for what has no number: it goes by with the updates around it."""
        try:
            return raw_update(self._bot_id, data if isinstance(data, dict) else {})
        except (ValueError, RecursionError):
            log.warning("Something that is no update was left out.", extra={"action": "intake.skipped"})
            return None
