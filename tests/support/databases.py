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


class PostgresDatabases:
    """Databases in one cluster; names carry the process, so that workers may share a given cluster."""

    def __init__(self, cluster_url: str) -> None:
        self._cluster_url = cluster_url
        self._template: str | None = None

    async def empty(self) -> str:
        return await self._create("template1")

    async def migrated(self) -> str:
        if self._template is None:
            template = await self._create("template1")
            await _migrate(template)
            self._template = _name_in(template)
        return await self._create(self._template)

    async def drop(self, url: str) -> None:
        await self._execute(f"DROP DATABASE IF EXISTS {_name_in(url)} WITH (FORCE)")

    async def close(self) -> None:
        """Throw the template away too: a given cluster is left as it was."""
        if self._template is not None:
            await self._execute(f"DROP DATABASE {self._template} WITH (FORCE)")

    async def _create(self, template: str) -> str:
        name = f"foreland_test_{os.getpid()}_{next(_numbers)}"
        await self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return urlsplit(self._cluster_url)._replace(path=f"/{name}").geturl()

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
