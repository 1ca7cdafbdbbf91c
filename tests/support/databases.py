"""A fresh database for each test, cheaply: copies of a template that was migrated once."""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import asyncpg

_numbers = itertools.count(1)


class Databases(Protocol):
    """One kind of database, of which any number can be made."""

    async def empty(self) -> str:
        """Return the address of a new, empty database."""
        ...

    async def migrated(self) -> str:
        """Return the address of a new database that holds the newest schema and no rows."""
        ...

    async def drop(self, url: str) -> None:
        """Throw a database away, whoever is still connected."""
        ...


class SqliteDatabases:
    """Files, each in a folder of its own: the head of the audit chain is kept beside a database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template: Path | None = None

    async def empty(self) -> str:
        return f"sqlite:///{self._new_path()}"

    async def migrated(self) -> str:
        if self._template is None:
            template = self._new_path()
            await _migrate(f"sqlite:///{template}")
            self._template = template
        path = self._new_path()
        for end in ("", "-wal"):
            if Path(f"{self._template}{end}").exists():
                shutil.copyfile(f"{self._template}{end}", f"{path}{end}")
        return f"sqlite:///{path}"

    async def drop(self, url: str) -> None:
        path = Path(url.removeprefix("sqlite:///"))
        shutil.rmtree(path.parent, ignore_errors=True)

    def _new_path(self) -> Path:
        folder = self._folder / str(next(_numbers))
        folder.mkdir(parents=True)
        return folder / "foreland.db"


_EMPTY_AGAIN = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
SET session_replication_role = replica;
DO $$
DECLARE one record;
BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP EXECUTE format('DELETE FROM %I', one.tablename); END LOOP;
    FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
    LOOP EXECUTE format('ALTER SEQUENCE %I RESTART', one.sequencename); END LOOP;
END $$;
"""
_SHAPE = """
SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM (
    SELECT concat_ws('.', table_name, column_name, data_type, ordinal_position) AS part
        FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT concat(tgrelid::regclass, tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
) AS parts
"""


class PostgresDatabases:
    """Databases in one cluster; names carry the process, so that workers may share a given cluster.

    To make one costs far more than to empty one: those that come back with the schema they went
    out with are emptied and used again.
    """

    def __init__(self, cluster_url: str) -> None:
        self._cluster_url = cluster_url
        self._template: str | None = None
        self._shape = ""
        self._lent: set[str] = set()
        self._free: list[str] = []

    async def empty(self) -> str:
        return await self._create("template1")

    async def migrated(self) -> str:
        if self._template is None:
            template = await self._create("template1")
            await _migrate(template)
            self._template = _name_in(template)
            self._shape = await self._emptied(template)
        url = self._free.pop() if self._free else await self._create(self._template)
        self._lent.add(url)
        return url

    async def drop(self, url: str) -> None:
        if url in self._lent:
            self._lent.remove(url)
            if await self._emptied(url) == self._shape:
                self._free.append(url)
                return
        await self._execute(f"DROP DATABASE IF EXISTS {_name_in(url)} WITH (FORCE)")

    async def close(self) -> None:
        """Throw all away, the template too: a given cluster is left as it was."""
        for name in [*map(_name_in, self._free), *filter(None, [self._template])]:
            await self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    async def _create(self, template: str) -> str:
        name = f"foreland_test_{os.getpid()}_{next(_numbers)}"
        await self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return urlsplit(self._cluster_url)._replace(path=f"/{name}").geturl()

    async def _emptied(self, url: str) -> str:
        """Empty a migrated database, whoever is still connected; return what shape its tables have."""
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(_EMPTY_AGAIN)
            return str(await connection.fetchval(_SHAPE))
        finally:
            await connection.close()

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self._cluster_url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


def _name_in(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


async def _migrate(url: str) -> None:
    from store.engine import migrate

    await migrate(url)
