"""The one composition root: every part is made here and handed what it needs."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Self, cast

from telegram.error import InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder, ExtBot

from bot.parts import Sealer, Ticker
from bot.serving import Served, serve_web
from bot.settings import Settings, prepare_environment
from bot.supervisor import Part, Supervisor
from bot.transport import AiohttpRequest
from handlers.chat import application, intake
from handlers.chat.application import StrictApplication
from handlers.chat.dispatcher import Dispatcher
from handlers.chat.fetcher import Fetcher
from handlers.chat.intake import Poller
from handlers.chat.menu import METHOD, commands_for
from handlers.chat.services import GATHER, Reference, Services
from handlers.web import hook
from notifications.api import JsonBody
from notifications.limits import Limits
from notifications.outbox import Outbox
from notifications.sender import Sender
from notifications.uploads import Uploads
from notifications.urgent import Herald
from store.actions import inbox
from store.actions import reference as reference_data
from store.domain.clock import Clock
from store.domain.place_index import PlaceIndex
from store.engine import Store, Unit, migrate, open_store
from store.profile.load import load as load_profile
from store.profile.understanding import load_understanding
from store.queries import reference as reference_rows
from store.queries import staff as accounts

log = logging.getLogger(__name__)

ROLES = ("poller", "worker", "sender", "scheduler", "web")


class App:
    """One process of the program. Use with `async with`; `run()` works until it is cancelled."""

    def __init__(
        self,
        settings: Settings,
        limits: Limits | None = None,
        clock: Clock | None = None,
        gather: timedelta = GATHER,
    ) -> None:
        prepare_environment()
        self.settings = settings
        self.limits = limits or Limits(per_second=settings.send_rate)
        self.clock = clock
        self.gather = gather
        self.supervisor = Supervisor(InvalidToken)
        self._stack = AsyncExitStack()
        self.store: Store
        self.reference: Reference
        self.sender: Sender
        self.dispatcher: Dispatcher
        self.sealer: Sealer
        self.fetcher: Fetcher
        self.herald: Herald

    async def __aenter__(self) -> Self:
        """Open the database (migrated and seeded), and the connection to the messenger."""
        await migrate(self.settings.database_url)
        self.store = await self._stack.enter_async_context(open_store(self.settings.database_url, self.clock))
        await self._load_reference()
        self.request = AiohttpRequest()
        self.application = self._application()
        await self.application.initialize()
        self._stack.push_async_callback(self.application.shutdown)
        self._wire()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.supervisor.stop()
        await self._stack.aclose()

    async def run(self, roles: tuple[str, ...] = ROLES, started: Callable[[], None] | None = None) -> None:
        """Start the parts of these roles, call `started`, and wait."""
        if "worker" in roles:
            self._keep_alone("sealer", self.sealer.run)
            self.supervisor.start("fetcher", self.fetcher.run)
            self.supervisor.start("dispatcher", self.dispatcher.run)
            if self.store.dialect != "sqlite":
                self.supervisor.start("scanner", self.dispatcher.scan)
        if "sender" in roles:
            self._keep_alone("sender", self.sender.run)
        if "scheduler" in roles:
            self._keep_alone("scheduler", Ticker(self.store, self.settings.public_url).run)
            self._keep_alone("herald", self.herald.run)
        if "web" in roles:
            await self._stack.enter_async_context(serve_web(self._served()))
        if "poller" in roles:
            await self._start_intake()
            await self._show_menus()
        if started is not None:
            started()
        await self.supervisor.wait()

    @property
    def bot(self) -> ExtBot[None]:
        """PTB's bot."""
        found: ExtBot[None] = self.application.bot
        return found

    async def take_in(self, data: Mapping[str, Any]) -> None:
        """Put one update of the webhook into the inbox and hand it over."""
        raw = intake.raw_update(self.bot.id, data)
        self.dispatcher.feed(await self.store.write(inbox.add, [raw]))

    async def _load_reference(self) -> None:
        profile = await asyncio.to_thread(load_profile, self.settings.profile)
        await self.store.write(reference_data.seed, profile)
        kept = await self.store.read(reference_rows.load)
        self.reference = Reference(kept, PlaceIndex(kept))

    def _application(self) -> StrictApplication:
        base = f"{self.settings.telegram_api_url}/bot"
        bot: ExtBot[None] = ExtBot(
            self.settings.telegram_bot_token,
            base_url=base,
            base_file_url=f"{self.settings.telegram_api_url}/file/bot",
            request=self.request,
            get_updates_request=self.request,
        )
        builder = ApplicationBuilder().application_class(StrictApplication).bot(bot)
        return cast("StrictApplication", builder.updater(None).job_queue(None).build())

    def _wire(self) -> None:
        settings = self.settings
        understanding = load_understanding()
        services = Services(
            lambda: self.reference, understanding.read, settings.staff_chat_id, settings.web_url, self.gather
        )
        self.media = open_media(settings)
        application.register(self.application, self.store, services, self.media)
        outbox = Outbox(settings.staff_chat_id, settings.web_url, lambda: self.reference.profile)
        self.store.before_commit = outbox.publish
        self.store.committed = self._committed
        self.dispatcher = Dispatcher(self.store, self.application)
        self.herald = Herald(self.store)
        uploads = Uploads(self.request, self.store, self.media)
        self.sender = Sender(self.store, uploads, self.bot.base_url, self.limits)
        self.sealer = Sealer(self.store, self._head_file())
        self.fetcher = Fetcher(self.store, self.bot, self.media, lambda: self.reference.places)

    def _committed(self, unit: Unit) -> None:
        """Wake whoever has something new to do."""
        if unit.outgoing:
            self.sender.feed(unit.outgoing)
        if "sealer" in unit.woken:
            self.sealer.wake()
        if "fetcher" in unit.woken:
            self.fetcher.wake()
        if "herald" in unit.woken:
            self.herald.wake()

    def _head_file(self) -> Path | None:
        folder = data_folder(self.settings)
        return folder / "audit-head" if folder else None

    async def _start_intake(self) -> None:
        settings = self.settings
        if settings.updates == "webhook":
            await self.bot.set_webhook(
                f"{settings.web_url}{hook.PATH}",
                secret_token=settings.webhook_secret,
                allowed_updates=intake.ALLOWED,
            )
            return
        await self.bot.delete_webhook()
        poller = Poller(
            self.store,
            self.request,
            self.bot.base_url,
            self.bot.id,
            self.dispatcher.feed,
            lambda: self.dispatcher.waiting,
        )
        self._keep_alone("poller", poller.run)

    async def _show_menus(self) -> None:
        """Tell the messenger which commands to offer to whom; without, the bot works as well."""
        people = await self.store.read(accounts.listing)
        for params in commands_for(line.staff for line in people):
            body = JsonBody(json.dumps(params))
            try:
                await self.request.post(f"{self.bot.base_url}/{METHOD}", body)
            except TelegramError as error:
                log.warning("No menu was set: %s", error, extra={"action": "menu.failed"})

    def _keep_alone(self, name: str, part: Part) -> None:
        """Keep a part running that only one process at a time may run."""
        self.supervisor.start(name, partial(self.store.exclusively, name, part))

    def _served(self) -> Served:
        return Served(
            self.settings,
            self.store,
            lambda: self.reference.profile,
            self.dispatcher,
            self.sender,
            self.take_in,
            self.media,
            self.bot.username,
        )


def data_folder(settings: Settings) -> Path | None:
    """Return the folder of an SQLite database; None for others."""
    scheme, _, path = settings.database_url.partition(":///")
    return Path(path).parent if scheme.startswith("sqlite") else None


def open_media(settings: Settings) -> Any:
    """Open the place for evidence files: a folder, or an S3-compatible store."""
    from obstore.store import LocalStore, from_url

    if settings.media_url:
        return from_url(settings.media_url)
    folder = (data_folder(settings) or Path("data")) / "media"
    return LocalStore(folder, mkdir=True)
