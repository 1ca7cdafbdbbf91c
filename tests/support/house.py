"""The whole program at work: the emulator, the real application, and a database, in one process."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from bot.app import App
from bot.emulator import Emulator, Group
from bot.emulator import Limits as EmulatorLimits
from bot.settings import Settings
from bot.supervisor import Supervisor
from notifications.limits import Limits, Pace
from store.engine import Session

P = ParamSpec("P")
T = TypeVar("T")

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
"""A Wednesday in winter: London keeps UTC, and nobody's quiet hours are near."""
DESK_ID = -1001
WEBHOOK_SECRET = "shared-with-the-messenger"
QUICK = Limits(per_second=100_000, per_chat_second=100_000, per_group_minute=100_000)
AT_ONCE = timedelta(0)
"""How long several messages are gathered: a question is asked again right away."""
COLD_SECONDS = 60.0
WAIT_SECONDS = 20.0


class MovingClock:
    """A clock that goes on from `start`, and can be moved forward."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._began = time.monotonic()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=time.monotonic() - self._began)

    def advance(self, by: timedelta) -> None:
        self._start += by


class House:
    """One emulator and one application on a database; the application can be stopped and started."""

    def __init__(
        self, database_url: str, media: Path, updates: str = "polling", gather: timedelta = AT_ONCE
    ) -> None:
        self.database_url = database_url
        self.media = media
        self.updates = updates
        self.gather = gather
        self.clock = MovingClock(NOON)
        self.emulator = Emulator(limits=EmulatorLimits.off(), webhook_backoff=(0.02, 0.1))
        self.desk: Group = self.emulator.group("Safety desk", DESK_ID)
        self.app: App
        self._stack = AsyncExitStack()
        self._app_stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._stack.enter_async_context(self.emulator)
        try:
            await self.start()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.stop()
        await self._stack.aclose()

    async def start(self) -> None:
        """Start the application as `run` does, and wait until it sends at full speed."""
        settings = Settings(
            telegram_bot_token=self.emulator.token,
            telegram_api_url=self.emulator.url,
            database_url=self.database_url,
            media_url=self.media.as_uri(),
            web_port=_free_port(),
            updates=self.updates,
            webhook_secret=WEBHOOK_SECRET,
            staff_chat_id=DESK_ID,
            secret_key="k" * 32,
        )
        self.app = await self._app_stack.enter_async_context(App(settings, QUICK, self.clock, self.gather))
        runner = Supervisor()
        self._app_stack.push_async_callback(runner.stop)
        runner.start("app", self.app.run)
        await until(lambda: self.app.sender.active)
        # After a restart the pacer waits for a second; that has tests of its own.
        self.app.sender._pace = Pace(QUICK, time.monotonic() - COLD_SECONDS)

    async def stop(self) -> None:
        await self._app_stack.aclose()

    async def restart(self) -> None:
        """What a deployment does: the same database, a new process."""
        await self.stop()
        await self.start()

    async def write(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.app.store.write(fn, *args, **kwargs)

    async def read(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.app.store.read(fn, *args, **kwargs)

    @property
    def web_url(self) -> str:
        return self.app.settings.web_url


async def until(condition: Callable[[], Any], seconds: float = WAIT_SECONDS) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - a test may ask again and again
            await asyncio.sleep(0.005)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
