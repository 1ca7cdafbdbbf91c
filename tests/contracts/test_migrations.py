from __future__ import annotations

import importlib
import pkgutil
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine
from sqlalchemy.ext.asyncio import create_async_engine

import store.tables
from store.tables.base import Base
from store.tables.search import FULL_TEXT, WORDS, CasePageRow, ReportTextRow
from tests.contracts.project import ROOT


def _is_of_the_tables(_thing: Any, name: str | None, *_more: Any) -> bool:
    """Tell whether it is said in the tables too: what full text search needs, each database says its way."""
    names = (ReportTextRow.__tablename__, CasePageRow.__tablename__)
    own = tuple(each for name in names for each in (f"{name}{FULL_TEXT}", f"ix_{name}_{WORDS}"))
    return name != WORDS and not (name or "").startswith(own)


def _differences(connection: Connection) -> list[Any]:
    for module in pkgutil.iter_modules(store.tables.__path__):
        importlib.import_module(f"store.tables.{module.name}")
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "include_object": _is_of_the_tables}
    )
    return list(compare_metadata(context, Base.metadata))


async def test_migrations_and_tables_say_the_same(migrated_database_url: str, database_kind: str) -> None:
    if database_kind == "sqlite":
        engine = create_engine(migrated_database_url)
        with engine.connect() as connection:
            found = _differences(connection)
        engine.dispose()
    else:
        address = migrated_database_url.replace("postgresql://", "postgresql+asyncpg://", 1)
        asynchronous = create_async_engine(address)
        async with asynchronous.connect() as connected:
            found = await connected.run_sync(_differences)
        await asynchronous.dispose()
    assert found == []


def test_migrations_are_one_line_of_numbered_steps() -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "store/migrations"))
    scripts = ScriptDirectory.from_config(config)
    steps = list(scripts.walk_revisions())
    assert len(scripts.get_heads()) == len(scripts.get_bases()) == 1
    assert not any(step.is_branch_point or step.is_merge_point for step in steps)
    numbers = [step.path.rpartition("/")[2].partition("_")[0] for step in reversed(steps)]
    assert numbers == [f"{number:04}" for number in range(1, len(steps) + 1)]
