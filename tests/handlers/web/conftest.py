"""What the web's tests share: a town, and the console over it, on each of the two databases."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from store.domain.clock import FixedClock
from store.engine import open_store
from tests.support.console import Console, running_console
from tests.support.triage_factory import MORNING, Town


@pytest.fixture
async def town(migrated_database_url: str) -> AsyncIterator[Town]:
    clock = FixedClock(MORNING)
    async with open_store(migrated_database_url, clock) as store:
        yield Town(store, clock)


@pytest.fixture
async def console(town: Town) -> AsyncIterator[Console]:
    async with running_console(town) as running:
        yield running
