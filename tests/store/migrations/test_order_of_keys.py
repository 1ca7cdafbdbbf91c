"""Keys of deliveries are ordered by their bytes, so that those which begin alike lie between two of them."""

from __future__ import annotations

from sqlalchemy import Connection, text

from store.engine.migrate import upgrade
from tests.store.migrations.test_documents import on
from tests.support.databases import PostgresDatabases

BEFORE = "0037"
_COLLATION = text(
    "SELECT collation_name FROM information_schema.columns "
    "WHERE table_name = 'deliveries' AND column_name = 'key'"
)


def _order(connection: Connection) -> str | None:
    name: str | None = connection.scalar(_COLLATION)
    return name


async def test_on_postgresql_they_go_by_their_bytes_whatever_language_the_database_has(
    postgres_databases: PostgresDatabases,
) -> None:
    new, old = await postgres_databases.migrated(), await postgres_databases.empty()
    await on(old, lambda connection: upgrade(connection, BEFORE))
    assert await on(old, _order) is None
    await on(old, upgrade)
    assert [await on(url, _order) for url in (new, old)] == ["C", "C"]
    for url in (new, old):
        await postgres_databases.drop(url)
