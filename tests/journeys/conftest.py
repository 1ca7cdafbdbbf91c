"""Whole stories: people in the emulator, the real application, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from notifications import sender
from tests.support.databases import Databases
from tests.support.house import AT_ONCE, House
from tests.support.town import Town, move_in

READ_EVERY_SECONDS = 0.03
GATHER = timedelta(seconds=3)
"""Long enough for a handful of messages: the messenger dates them in whole seconds."""


class Houses:
    """One house for each kind of database, opened when it is first asked for."""

    def __init__(self, media: Path) -> None:
        self._media = media
        self._open: dict[str, House] = {}
        self._stack = AsyncExitStack()

    async def get(
        self, kind: str, databases: Databases, updates: str = "polling", gather: timedelta = AT_ONCE
    ) -> House:
        name = f"{kind}-{updates}-{gather.total_seconds()}"
        if name not in self._open:
            url = await databases.migrated()
            self._stack.push_async_callback(databases.drop, url)
            house = House(url, _folder(self._media / name), updates, gather)
            self._open[name] = await self._stack.enter_async_context(house)
        return self._open[name]

    async def close(self) -> None:
        await self._stack.aclose()


@pytest.fixture(scope="package", autouse=True)
def _quick_outbox() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sender, "READ_EVERY_SECONDS", READ_EVERY_SECONDS)
        yield


@pytest.fixture(scope="package")
async def houses(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Houses]:
    opened = Houses(tmp_path_factory.mktemp("media"))
    yield opened
    await opened.close()


@pytest.fixture
async def town(houses: Houses, database_kind: str, databases: Databases) -> Town:
    """A fresh cast in the house that the tests of this kind of database share."""
    return await move_in(await houses.get(database_kind, databases))


@pytest.fixture
async def hooked_town(houses: Houses, database_kind: str, databases: Databases) -> Town:
    """A fresh cast in a shared house whose updates come in through the webhook."""
    return await move_in(await houses.get(database_kind, databases, "webhook"))


@pytest.fixture
async def patient_town(houses: Houses, database_kind: str, databases: Databases) -> Town:
    """A fresh cast in a shared house that gathers what is written within `GATHER`."""
    return await move_in(await houses.get(database_kind, databases, gather=GATHER))


@pytest.fixture
async def own_town(migrated_database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """A cast in a house of their own: it may be restarted, and its clock moved."""
    async with House(migrated_database_url, _folder(tmp_path / "media")) as house:
        yield await move_in(house)


def _folder(path: Path) -> Path:
    path.mkdir(parents=True)
    return path
