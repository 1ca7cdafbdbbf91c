"""`run`: the bot itself, on Telegram or another Bot API server."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
from collections.abc import Awaitable

from bot.settings import Settings, SettingsError, check_for_run


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("--roles", default="", help="comma-separated: poller,worker,sender,web,...")


async def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run until the process is told to stop."""
    from telegram.error import InvalidToken

    from bot import app, logs, memory

    memory.return_large()
    check_for_run(settings)
    logs.set_up()
    roles = tuple(filter(None, arguments.roles.split(","))) or app.ROLES
    unknown = set(roles) - set(app.ROLES)
    if unknown:
        raise SettingsError(f"no such role: {', '.join(sorted(unknown))}")
    try:
        async with app.App(settings) as running:
            await until_stopped(running.run(roles, memory.settle))
    except InvalidToken:
        # Its words hold the token.
        raise SettingsError("the messenger does not accept TELEGRAM_BOT_TOKEN (any more)") from None
    return 0


async def until_stopped(work: Awaitable[None]) -> None:
    """Do the work until SIGTERM or SIGINT."""
    task = asyncio.current_task()
    loop = asyncio.get_running_loop()
    if task is not None:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await work
