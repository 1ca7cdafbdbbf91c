"""A person's phone without a messenger: raw updates in, one turn each, what would be sent out."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from typing import Any, cast

from telegram import Bot, Update

from handlers.chat import conversation
from handlers.chat.application import Handler
from handlers.chat.resident import general, links, meeting_document, meetings, my_reports, report
from handlers.chat.services import Services
from handlers.chat.staff import commands
from handlers.chat.staff.campaign_reach import OPENS, Counter
from handlers.chat.turn import Fetched, open_turn
from store.actions import inbox
from store.domain.inbox import InboxItem, RawUpdate
from store.engine import Session, Store
from tests.support.deliveries import Letter, letters

COMMANDS: dict[str, Handler] = {
    "start": commands.start_or(links.start),
    "help": commands.help_or(general.help_),
    "report": report.start,
    "meetings": meetings.start,
    "myreports": my_reports.listing,
    **commands.COMMANDS,
}
_numbers = itertools.count(1)


class Phone:
    """One person's private chat; `heard` holds what the last turn would send."""

    def __init__(self, store: Store, services: Services, user_id: int, language: str = "en") -> None:
        self._store = store
        self._services = services
        self._user = {"id": user_id, "is_bot": False, "first_name": "Cleo", "language_code": language}
        self.user_id = user_id
        self.heard: list[Letter] = []

    async def say(self, text: str) -> list[Letter]:
        """Write a message or command; return what would be sent."""
        handler: Handler = conversation.said
        if text.startswith("/"):
            handler = COMMANDS.get(text[1:].split(maxsplit=1)[0], general.unknown_command)
        number = next(_numbers)
        chat = {"id": self.user_id, "type": "private"}
        message = {"message_id": number, "date": 0, "chat": chat, "from": self._user, "text": text}
        return await self._turn({"update_id": number, "message": message}, handler)

    async def tap(self, label: str) -> list[Letter]:
        """Tap a button of what was last heard, by its label or the start of it."""
        found = {shown: data for one in self.heard for shown, data in one.buttons.items()}
        data = next((data for shown, data in found.items() if shown.startswith(label)), None)
        assert data, f"no button {label!r} among {list(found)}"
        return await self.tap_data(data)

    async def tap_data(self, data: str, chat_id: int | None = None) -> list[Letter]:
        """Tap a button with this data, in private or in a group."""
        number = next(_numbers)
        kind = "private" if chat_id is None else "supergroup"
        chat = {"id": chat_id or self.user_id, "type": kind}
        message = {"message_id": 50, "date": 1, "chat": chat, "text": "…"}
        query = {
            "id": f"q{number}",
            "from": self._user,
            "chat_instance": "x",
            "data": data,
            "message": message,
        }
        handler = _taps(data)
        return await self._turn({"update_id": number, "callback_query": query}, handler)

    @property
    def toast(self) -> str:
        """What flashed up at the top of the screen after the last tap."""
        return next((one.text for one in self.heard if one.method == "answerCallbackQuery"), "")

    @property
    def text(self) -> str:
        """All texts of the last turn."""
        return "\n".join(one.text for one in self.heard if one.method != "answerCallbackQuery")

    @property
    def labels(self) -> list[str]:
        """All buttons of the last turn."""
        return [label for one in self.heard for label in one.buttons]

    async def _turn(self, data: dict[str, Any], handler: Handler) -> list[Letter]:
        raw = RawUpdate(1, data["update_id"], self.user_id, json.dumps(data))
        [item] = await self._store.write(inbox.add, [raw])
        before = {one.id for one in await letters(self._store)}
        update = Update.de_json(data, None)
        query = update.callback_query
        opens = query is not None and re.match(OPENS, query.data or "")
        fetched = await Counter(self._store).fetch(update, cast("Bot", None)) if opens else None
        await self._store.write(take_turn, item, self._services, handler, fetched)
        fresh = [one for one in await letters(self._store) if one.id not in before]
        self.heard = [one for one in fresh if one.lane == 0]
        return fresh


def _taps(data: str) -> Handler:
    if data.startswith("o:meeting"):
        return meetings.tapped
    if data.startswith("o:paper"):
        return meeting_document.tapped
    return commands.tapped if data.startswith("s:") else conversation.tapped


def take_turn(
    session: Session,
    item: InboxItem,
    services: Services,
    handler: Callable[..., None],
    fetched: Fetched = None,
) -> None:
    """Handle one update as the dispatcher's unit of work does."""
    turn = open_turn(session, item, Update.de_json(dict(item.data), None), services)
    assert turn is not None
    turn.fetched = fetched
    handler(turn)
    turn.finish()
