"""Our bot as it runs, without the web: durable inbox, turns, outbox, sender."""

from __future__ import annotations

import asyncio

from bot import memory
from bot.app import App
from bot.settings import Settings
from notifications.limits import Limits
from tests.benchmarks.bots.watch import Place, Watch, arguments

ROLES = ("poller", "worker", "sender")
UNLIMITED = Limits(per_second=100_000, per_chat_second=1_000, per_group_minute=1_000)


async def run(place: Place) -> None:
    """Run until killed."""
    settings = Settings(
        telegram_bot_token=place.token,
        telegram_api_url=place.url,
        database_url=place.database or f"sqlite:///{place.folder}/foreland.db",
        media_url=(place.folder / "media").as_uri(),
        secret_key="x" * 32,
    )
    (place.folder / "media").mkdir(exist_ok=True)
    async with App(settings, UNLIMITED) as app:
        Watch().start()
        await app.run(ROLES, memory.settle)


if __name__ == "__main__":
    asyncio.run(run(arguments()))
