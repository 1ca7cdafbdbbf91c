"""A town whose events become deliveries, and a sender before an emulator that enforces its limits."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.emulator import Emulator, Person
from notifications.limits import Window
from notifications.outbox import Outbox
from store.domain.clock import FixedClock
from store.engine import Store, open_store
from tests.notifications.post_office import NOON, PostOffice, open_post_office
from tests.support.databases import SqliteDatabases
from tests.support.house import MovingClock
from tests.support.triage_factory import MORNING, PROFILE, Town

STAFF_GROUP = -100200300


@pytest.fixture
async def town(migrated_database_url: str) -> AsyncIterator[Town]:
    clock = FixedClock(MORNING)
    async with open_store(migrated_database_url, clock) as store:
        outbox = Outbox(STAFF_GROUP, "https://safety.example", lambda: PROFILE)
        store.before_commit = outbox.publish
        yield Town(store, clock)


@pytest.fixture
async def store(sqlite_databases: SqliteDatabases) -> AsyncIterator[Store]:
    url = await sqlite_databases.migrated()
    async with open_store(url, MovingClock(NOON)) as opened:
        yield opened
    await sqlite_databases.drop(url)


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with Emulator() as running:
        yield running


@pytest.fixture
def ada(emulator: Emulator) -> Person:
    return emulator.person("Ada")


@pytest.fixture
async def cold(store: Store, emulator: Emulator) -> AsyncIterator[PostOffice]:
    """As after a start: a quiet second first."""
    async with open_post_office(store, emulator) as office:
        yield office


@pytest.fixture
async def office(
    store: Store, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[PostOffice]:
    """As in the middle of a quiet day: the first message may go at once."""
    monkeypatch.setattr(Window, "fill", lambda _window, _now: None)
    async with open_post_office(store, emulator) as opened:
        yield opened
