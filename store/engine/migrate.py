"""Bring a database's schema up to date; safe to run again."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from store.engine.connect import postgres_engine, writer_engine

SCRIPTS = Path(__file__).parent.parent / "migrations"


async def migrate(url: str) -> None:
    """Upgrade the database at `url` to the newest schema, in one transaction."""
    if make_url(url).get_backend_name() == "sqlite":
        await asyncio.to_thread(_migrate_sqlite, make_url(url).database or "")
        return
    engine = postgres_engine(url, 1)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(upgrade)
    finally:
        await engine.dispose()


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the migrations that this connection's database lacks."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _migrate_sqlite(path: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = writer_engine(path)
    try:
        with engine.begin() as connection:
            upgrade(connection)
    finally:
        engine.dispose()
