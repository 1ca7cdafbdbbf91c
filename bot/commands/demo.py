"""`demo`: the emulator, the bot, the web and example data, on this machine alone."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bot.commands.run import until_stopped
from bot.settings import Settings, SettingsError

DEMO_FOLDER = Path("data/demo")
EMULATOR_PORT = 8081
LOOPBACK = "127.0.0.1"
"""Whatever WEB_HOST says: its accounts and codes are on the screen."""
MARK = "made-by-demo"
CODE_SECONDS = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("--folder", type=Path, default=DEMO_FOLDER, help="where its data is kept")
    parser.add_argument("--port", type=int, default=EMULATOR_PORT, help="port of the chat page")
    parser.add_argument("--web-port", type=int, default=0, help="port of the web pages")


async def run(arguments: argparse.Namespace, given: Settings) -> int:
    """Run until the process is told to stop; print where to look."""
    from bot import app, logs, memory
    from bot.commands import demo_data
    from bot.emulator import Emulator

    memory.return_large()
    logs.set_up(level=30)
    folder = arguments.folder
    _claim(folder)
    emulator = Emulator(demo_data.options(arguments.port))
    demo_data.people(emulator)
    async with emulator:
        settings = Settings(
            telegram_bot_token=emulator.token,
            telegram_api_url=emulator.url,
            database_url=f"sqlite:///{folder}/foreland.db",
            web_host=LOOPBACK,
            web_port=arguments.web_port or given.web_port,
            staff_chat_id=demo_data.STAFF_CHAT_ID,
            secret_key=secrets.token_urlsafe(32),
            profile=given.profile,
        )
        async with app.App(settings) as running:
            accounts = await demo_data.seed(running, emulator)
            print(demo_data.welcome(emulator.url, settings.web_url, accounts), flush=True)
            if sys.stdout.isatty():
                running.supervisor.start(
                    "codes", partial(_show_codes, partial(demo_data.codes_now, accounts))
                )
            await until_stopped(running.run(started=memory.settle))
    return 0


async def _show_codes(codes_now: Callable[[], str]) -> None:
    """Keep the sign-in codes of the moment on the last line: a newcomer has no authenticator yet."""
    while True:
        print(f"\r  {codes_now()}  (new ones every 30 s) ", end="", flush=True)
        await asyncio.sleep(CODE_SECONDS - time.time() % CODE_SECONDS)


def _claim(folder: Path) -> None:
    """Refuse a folder with a database that the demonstration did not make."""
    mark = folder / MARK
    if (folder / "foreland.db").exists() and not mark.exists():
        raise SettingsError(f"{folder} holds a database that is not the demonstration's")
    folder.mkdir(parents=True, exist_ok=True)
    mark.touch()
