"""`python -m bot.emulator`: the emulator as a process of its own."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys

from bot.emulator.emulator import Emulator
from bot.emulator.limits import Limits
from bot.emulator.town import DEFAULT_TOKEN, Options, Place


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(prog="python -m bot.emulator", description=__doc__)
    made.add_argument("--host", default="127.0.0.1")
    made.add_argument("--port", type=int, default=8081)
    made.add_argument("--token", default=DEFAULT_TOKEN)
    made.add_argument("--name", default="Community bot", help="the bot's name")
    made.add_argument("--username", default="emulated_bot", help="the bot's user name")
    made.add_argument("--person", action="append", default=[], metavar="KEY:NAME[:LANG[:ID]]")
    made.add_argument("--group", action="append", default=[], metavar="KEY:TITLE[:MEMBERS[:ID]]")
    made.add_argument("--place", action="append", default=[], metavar="NAME:LAT:LON")
    made.add_argument("--limits", choices=["on", "off"], default="on")
    made.add_argument("--latency-ms", type=int, default=0)
    made.add_argument("--any-chat", action="store_true", help="the bot may write to any positive chat id")
    made.add_argument("--no-log", action="store_true", help="keep no log of calls")
    return made


def build(arguments: argparse.Namespace) -> Emulator:
    """The emulator that the command line describes. Raises ValueError."""
    options = Options(
        token=arguments.token,
        host=arguments.host,
        port=arguments.port,
        limits=Limits() if arguments.limits == "on" else Limits.off(),
        bot_name=arguments.name,
        bot_username=arguments.username,
        places=[_place(given) for given in arguments.place],
        accept_any_chat=arguments.any_chat,
        keep_calls=0 if arguments.no_log else 10_000,
    )
    emulator = Emulator(options)
    emulator.latency_seconds = arguments.latency_ms / 1000
    for given in arguments.person:
        key, name, language, number = [*given.split(":"), "", "", ""][:4]
        emulator.person(name or key, int(number) if number else None, language or "en", key=key)
    for given in arguments.group:
        key, title, keys, number = [*given.split(":"), "", "", ""][:4]
        # Without members named, everybody is in it.
        members = [emulator.persons[who] for who in (keys.split(",") if keys else emulator.persons)]
        emulator.group(title or key, int(number) if number else None, members, key=key)
    return emulator


def _place(given: str) -> Place:
    name, latitude, longitude = given.rsplit(":", 2)
    return Place(name, float(latitude), float(longitude))


async def serve(emulator: Emulator) -> None:
    """Run until asked to stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(name, stop.set)
    async with emulator:
        sys.stdout.write(f"{emulator.url}\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> None:
    """The entry point."""
    asyncio.run(serve(build(parser().parse_args())))


if __name__ == "__main__":
    main()
