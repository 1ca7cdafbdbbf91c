"""What every test may ask for: databases of both kinds, a browser, and no way out but loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from tests.support import measured
from tests.support.browser import running_browser
from tests.support.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.support.postgres import running_postgres

_MARK_OF_FOLDER = {
    "browser": "browser",
    "faults": "fault",
    **dict.fromkeys(("benchmarks", "bot/commands", "journeys", "store/migrations"), "slow"),
}
"""What starts a browser, whole programs or whole stories is not for the fast run."""
_SLOW_FILES = ("test_every_*", "test_*_any_way", "test_second_writer", "test_sender*", "test_uploads")
"""Nor is what walks through everything there is, or waits as the messenger's limits want it."""
_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by folder and name, so that nobody forgets."""
    for item in items:
        folder = item.path.relative_to(_HERE).parent.as_posix()
        for name, mark in _MARK_OF_FOLDER.items():
            if f"{folder}/".startswith(f"{name}/"):
                item.add_marker(mark)
        if any(map(item.path.match, (f"{name}.py" for name in _SLOW_FILES))):
            item.add_marker("slow")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Trace for coverage on SQLite alone: it takes half of the time, and more where it follows greenlets."""
    aside = measured.is_on_postgres(item) and not measured.follows_greenlets()
    with measured.untraced() if aside else nullcontext():
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    with measured.compiled_once():
        yield


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Address of a PostgreSQL cluster, started on first use and shared by this process's tests."""
    with running_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_databases(postgres_url: str) -> Iterator[PostgresDatabases]:
    databases = PostgresDatabases(postgres_url)
    yield databases
    asyncio.run(databases.close())


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Which database this test runs on: every test that asks runs on both."""
    return str(request.param)


@pytest.fixture
def databases(
    database_kind: str, sqlite_databases: SqliteDatabases, request: pytest.FixtureRequest
) -> Databases:
    """Makes any number of databases of this test's kind (drop them yourself)."""
    if database_kind == "sqlite":
        return sqlite_databases
    chosen: PostgresDatabases = request.getfixturevalue("postgres_databases")
    return chosen


@pytest.fixture
async def database_url(databases: Databases) -> AsyncIterator[str]:
    """Address of a fresh, empty database."""
    url = await databases.empty()
    yield url
    await databases.drop(url)


@pytest.fixture
async def migrated_database_url(databases: Databases) -> AsyncIterator[str]:
    """Address of a fresh database with the newest schema and no rows."""
    url = await databases.migrated()
    yield url
    await databases.drop(url)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A headless Chromium, one per process."""
    async with running_browser() as running:
        yield running


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A fresh page with its own cookies."""
    context = await browser.new_context()
    yield await context.new_page()
    await context.close()
