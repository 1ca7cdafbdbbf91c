"""Our bot as it runs, without the web: queues the campaign, or goes on where a killed one stopped.

Its day began at noon, so that no quiet hours hold the messages back.
"""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

from bot import memory
from bot.app import App
from bot.settings import Settings
from notifications.limits import Limits
from tests.benchmarks.bots.watch import Place, arguments, listen
from tests.benchmarks.campaign import read
from tests.benchmarks.campaign_rows import queue_campaign, subscribe_all
from tests.support.house import NOON, MovingClock

ROLES = ("poller", "worker", "sender")


async def run(place: Place) -> None:
    """Run until killed."""
    campaign = read(place.folder)
    settings = Settings(
        telegram_bot_token=place.token,
        telegram_api_url=place.url,
        database_url=place.database or f"sqlite:///{place.folder}/foreland.db",
        media_url=(place.folder / "media").as_uri(),
        secret_key="x" * 32,
    )
    (place.folder / "media").mkdir(exist_ok=True)
    clock = MovingClock(NOON + timedelta(seconds=time.time() - campaign.began))
    async with App(settings, Limits(campaign.per_second), clock) as app:
        await subscribe_all(app.store, campaign.recipients)
        await queue_campaign(app.store)
        listen()
        await app.run(ROLES, memory.settle)


if __name__ == "__main__":
    asyncio.run(run(arguments()))
