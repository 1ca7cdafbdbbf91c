"""Engines: how a connection to each database is made and set up.

No engine tells values in its errors: they end in logs, and are what people wrote.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import QueuePool, StaticPool

from store.engine.trouble import without_values

CACHE_KIB = 16_384
READ_WAIT_MS = 5_000


def writer_engine(path: str | Path) -> Engine:
    """Return the engine of the one connection that writes (and the only one that checkpoints).

    It never waits inside SQLite for a lock: the store asks again instead.
    """
    engine = create_engine(
        f"sqlite+pysqlite:///{path}",
        connect_args={"check_same_thread": False, "timeout": 0},
        poolclass=StaticPool,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _set_up_writer)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def reader_engine(path: str | Path, size: int) -> Engine:
    """Return the engine of connections that refuse to write."""
    engine = create_engine(
        f"sqlite+pysqlite:///{path}",
        connect_args={"check_same_thread": False},
        poolclass=QueuePool,
        pool_size=size,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _set_up_reader)
    return engine


def postgres_engine(url: str, size: int) -> AsyncEngine:
    """Return the asyncpg engine for a `postgresql://` address."""
    engine = create_async_engine(
        make_url(url).set(drivername="postgresql+asyncpg"),
        pool_size=size,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,
    )
    event.listen(engine.sync_engine, "handle_error", without_values)
    return engine


def _pragmas(connection: Any, *pragmas: str) -> None:
    cursor = connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _set_up_writer(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    _pragmas(
        connection,
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        f"cache_size = -{CACHE_KIB}",
        "wal_autocheckpoint = 2000",
    )


def _set_up_reader(connection: Any, _record: object) -> None:
    _pragmas(
        connection,
        f"busy_timeout = {READ_WAIT_MS}",
        "query_only = ON",
        "wal_autocheckpoint = 0",
        f"cache_size = -{CACHE_KIB // 4}",
    )


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
