"""What the chat's tests share: a town on each of the two databases."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from store.domain.clock import FixedClock
from store.engine import open_store
from tests.support.triage_factory import MORNING, Town


@pytest.fixture
async def town(migrated_database_url: str) -> AsyncIterator[Town]:
    clock = FixedClock(MORNING)
    async with open_store(migrated_database_url, clock) as store:
        yield Town(store, clock)
