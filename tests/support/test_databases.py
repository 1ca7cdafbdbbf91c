from __future__ import annotations

import sqlite3

import asyncpg
import pytest

from tests.support.databases import Databases


async def _tables(url: str) -> list[str]:
    if url.startswith("sqlite:"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        try:
            rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        finally:
            connection.close()
        return [row[0] for row in rows]
    connected = await asyncpg.connect(url)
    try:
        found = await connected.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    finally:
        await connected.close()
    return [row[0] for row in found]


async def _create_table(url: str) -> None:
    if url.startswith("sqlite:"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        connection.execute("CREATE TABLE mark (n integer)")
        connection.close()
        return
    connected = await asyncpg.connect(url)
    await connected.execute("CREATE TABLE mark (n integer)")
    await connected.close()


@pytest.mark.parametrize("time", ["first", "second"])
async def test_a_database_is_empty_whatever_the_test_before_it_did(database_url: str, time: str) -> None:
    assert await _tables(database_url) == []
    await _create_table(database_url)
    assert await _tables(database_url) == ["mark"], time


async def test_a_test_may_have_two_databases(databases: Databases, database_url: str) -> None:
    second = await databases.empty()
    await _create_table(second)
    assert await _tables(database_url) == []
    await databases.drop(second)


@pytest.mark.parametrize("time", ["first", "second"])
async def test_a_migrated_database_holds_the_schema(migrated_database_url: str, time: str) -> None:
    tables = await _tables(migrated_database_url)
    assert "alembic_version" in tables
    assert "mark" not in tables, time
    await _create_table(migrated_database_url)
