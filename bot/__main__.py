"""`python -m bot COMMAND`: everything the program can be told from the shell."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import sys
from pathlib import Path
from typing import Any

from bot.commands import COMMANDS

SUMMARIES = {
    "run": "run the bot: everything, or the named roles",
    "demo": "run everything against a local emulator, with example data",
    "check": "check database, token, settings, clock and disk",
    "migrate": "bring the database's schema up to date",
    "staff": "add, list, link and disable staff accounts",
    "audit": "verify the chain of the audit log",
    "import": "import wards and postcodes from open data files",
    "profile": "show what a later profile changes, and take it over",
    "qr": "make a QR code for a poster",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    chosen = given[0] if given and given[0] in COMMANDS else None
    parser = argparse.ArgumentParser(prog="python -m bot", description="Community safety bot.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    module: Any = None
    for name, path in COMMANDS.items():
        command = commands.add_parser(name, help=SUMMARIES[name], description=SUMMARIES[name])
        if name == chosen:
            module = importlib.import_module(path)
            module.add_arguments(command)
    parsed = parser.parse_args(given)
    return _run(module, parsed)


def _run(module: Any, parsed: argparse.Namespace) -> int:
    from bot import settings
    from store.domain.errors import ForelandError

    try:
        found = settings.load(env_file=Path(".env"))
        return int(asyncio.run(module.run(parsed, found)))
    except ForelandError as error:
        print(f"foreland: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
