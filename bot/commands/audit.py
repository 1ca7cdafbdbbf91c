"""`audit verify`: the chain of the audit log."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.settings import Settings, SettingsError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("verb", choices=["verify"])
    parser.add_argument("--head", help="NUMBER:HASH, as a log or a backup keeps it")


async def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Check every link; exit 1 with a sentence for each trouble."""
    from bot.app import data_folder
    from store.actions import seal
    from store.domain.seal import Head, parse_head
    from store.engine import open_store
    from store.queries import events

    folder = data_folder(settings)
    kept = folder / "audit-head" if folder else None
    known: Head | None = None
    try:
        text = arguments.head or _read(kept)
        known = parse_head(text) if text else None
    except ValueError as error:
        raise SettingsError(str(error)) from None
    async with open_store(settings.database_url) as store:
        trouble = await store.read(events.verify, known)
        last = await store.read(seal.head)
    for sentence in trouble:
        print(sentence)
    print(f"{'NOT in order' if trouble else 'In order'}: {last.seq} events sealed, head {last}")
    return 1 if trouble else 0


def _read(path: Path | None) -> str:
    return path.read_text(encoding="utf-8") if path is not None and path.exists() else ""
