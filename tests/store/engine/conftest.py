"""A store with counters, on each of the two databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from store.engine import Store, open_store
from store.engine.sqlite import SqliteStore
from tests.store.engine import counters


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with open_store(database_url) as opened:
        await counters.prepare(opened)
        yield opened


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    async with SqliteStore(tmp_path / "one.db") as opened:
        await counters.prepare(opened)
        yield opened
