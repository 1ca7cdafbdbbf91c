"""aiogram-broadcaster as its manual shows it: a mailer kept in a file, restored and run at the start."""

from __future__ import annotations

import asyncio

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram_broadcaster import Broadcaster
from aiogram_broadcaster.contents import TextContent
from aiogram_broadcaster.storages import FileStorage

from tests.benchmarks.bots.watch import arguments, listen
from tests.benchmarks.campaign import WORDS, read


async def run() -> None:
    """Send to everybody, or to those whom a killed one left, and wait to be killed."""
    place = arguments()
    session = AiohttpSession(api=TelegramAPIServer.from_base(place.url))
    bot = Bot(place.token, session=session)
    dispatcher = Dispatcher()
    kept = place.folder / "mailers.json"
    begun = kept.exists()
    broadcaster = Broadcaster(bot, storage=FileStorage(kept))
    broadcaster.setup(dispatcher)
    await dispatcher.emit_startup(bot=bot)
    listen()
    if not begun:
        chats, content = read(place.folder).chats, TextContent(text=WORDS)
        mailer = await broadcaster.create_mailer(chats=chats, content=content)
        await mailer.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(run())
