"""A town whose events become deliveries, on each of the two databases."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from notifications.outbox import Outbox
from store.domain.clock import FixedClock
from store.engine import open_store
from tests.support.triage_factory import MORNING, PROFILE, Town

STAFF_GROUP = -100200300


@pytest.fixture
async def town(migrated_database_url: str) -> AsyncIterator[Town]:
    clock = FixedClock(MORNING)
    async with open_store(migrated_database_url, clock) as store:
        outbox = Outbox(STAFF_GROUP, "https://safety.example", lambda: PROFILE)
        store.before_commit = outbox.publish
        yield Town(store, clock)
