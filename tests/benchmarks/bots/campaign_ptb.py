"""PTB with its AIORateLimiter as it comes: every message asked for at once, errors left where they are.

It keeps no list of its own: after a restart it sends to everybody on the list.
"""

from __future__ import annotations

import asyncio

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ApplicationBuilder

from tests.benchmarks.bots.watch import arguments, listen
from tests.benchmarks.campaign import WORDS, read


async def run(max_retries: int = 0) -> None:
    """Send to everybody, then wait to be killed."""
    place = arguments()
    limiter = AIORateLimiter(max_retries=max_retries)
    builder = ApplicationBuilder().token(place.token).base_url(f"{place.url}/bot").rate_limiter(limiter)
    async with builder.updater(None).build() as application:
        listen()
        sends = (application.bot.send_message(chat, WORDS) for chat in read(place.folder).chats)
        for result in await asyncio.gather(*sends, return_exceptions=True):
            if isinstance(result, BaseException) and not isinstance(result, TelegramError):
                raise result
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(run())
