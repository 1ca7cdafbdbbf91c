"""The engine room: how the store is opened, and how a unit of work reaches it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from store.domain.clock import Clock
from store.domain.errors import ForelandError
from store.engine.base import Store
from store.engine.migrate import migrate
from store.engine.postgres import PostgresStore
from store.engine.sqlite import SqliteStore
from store.engine.trouble import is_transient
from store.engine.unit import Unit, now, unit, whole

__all__ = [
    "DatabaseAddressError",
    "Session",
    "Store",
    "Unit",
    "is_transient",
    "migrate",
    "now",
    "open_store",
    "unit",
    "whole",
]


class DatabaseAddressError(ForelandError):
    """`DATABASE_URL` names no database that we speak to."""


def open_store(url: str, clock: Clock | None = None) -> Store:
    """Open the store at `sqlite:///path` or `postgresql://...`.

    Its schema must be there (see `migrate`). Raises `DatabaseAddressError` for other addresses.
    """
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        return SqliteStore(parsed.database, clock)
    if backend == "postgresql":
        return PostgresStore(url, clock)
    message = f"DATABASE_URL must start with sqlite:/// or postgresql://, not {backend}"
    raise DatabaseAddressError(message)
