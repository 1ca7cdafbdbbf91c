"""Serve the web pages of a process."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from obstore.store import ObjectStore

from bot.settings import Settings
from handlers.chat.dispatcher import Dispatcher
from handlers.web import hook
from handlers.web.app import Extras, create_app
from handlers.web.guards import Route
from handlers.web.health import Check
from handlers.web.metrics import Reading
from handlers.web.site import WebConfig
from notifications.sender import Sender
from store.domain.reference import Profile
from store.engine import Store
from store.queries import inbox

SENDER_SILENT_SECONDS = 60.0
COUNT_EVERY_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Served:
    """What the pages of this process stand on; `take_in` puts an update into the inbox.

    `media` is where evidence files lie, `bot_username` the bot's name in the messenger.
    """

    settings: Settings
    store: Store
    profile: Callable[[], Profile]
    dispatcher: Dispatcher
    sender: Sender
    take_in: hook.TakeIn
    media: ObjectStore
    bot_username: str


class Backlog:
    """How many updates wait: the dispatcher knows; without one here, the inbox is counted."""

    def __init__(self, store: Store, dispatcher: Dispatcher) -> None:
        self._store = store
        self._dispatcher = dispatcher
        self._count = 0
        self._counted_at = -COUNT_EVERY_SECONDS

    async def waiting(self) -> int:
        """Return the number, at most `COUNT_EVERY_SECONDS` old."""
        if self._dispatcher.active:
            return self._dispatcher.waiting
        now = time.monotonic()
        if now - self._counted_at >= COUNT_EVERY_SECONDS:
            self._counted_at = now
            self._count = await self._store.read(inbox.count_waiting)
        return self._count


@asynccontextmanager
async def serve_web(served: Served) -> AsyncIterator[None]:
    """Serve until the block is left."""
    settings = served.settings
    config = WebConfig(
        settings.web_url,
        settings.secret_key,
        settings.map_tile_url,
        settings.map_attribution,
        served.bot_username,
        settings.send_rate,
    )
    checks, readings = (_sender_check(served.sender),), _readings(served)
    extras = Extras(checks, readings, _routes(served), media=served.media)
    site = create_app(served.store, config, served.profile, extras)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.web_host, settings.web_port).start()
        yield
    finally:
        await runner.cleanup()


def _routes(served: Served) -> list[Route]:
    if served.settings.updates != "webhook":
        return []
    secret = served.settings.webhook_secret
    return [hook.route(secret, served.take_in, Backlog(served.store, served.dispatcher).waiting)]


def _sender_check(sender: Sender) -> Check:
    async def trouble() -> str | None:
        silent = time.monotonic() - sender.beat_at
        if sender.active and silent > SENDER_SILENT_SECONDS:
            return f"no sign of life for {silent:.0f} s"
        return None

    return Check("sender", trouble)


def _readings(served: Served) -> list[Reading]:
    async def updates() -> float:
        return served.dispatcher.waiting

    async def deliveries() -> float:
        return served.sender.waiting

    return [
        Reading("foreland_updates_waiting", "Updates taken in and not handled yet.", updates),
        Reading("foreland_deliveries_waiting", "Deliveries in hand and not finished.", deliveries),
    ]
