"""`migrate`: the schema."""

from __future__ import annotations

import argparse

from bot.settings import Settings


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Add no arguments."""


async def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Bring the schema up to date."""
    from store.engine import migrate

    await migrate(settings.database_url)
    print("The schema is up to date.")
    return 0
