"""The one place where statements differ between the two databases."""

from __future__ import annotations

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

Insert = postgresql.Insert | sqlite.Insert


def is_sqlite(session: Session) -> bool:
    """Tell whether this session speaks to SQLite."""
    bind = session.bind
    return bind is not None and bind.dialect.name == "sqlite"


def inserts(table: Table) -> dict[bool, Insert]:
    """Return an insert that knows ON CONFLICT, for SQLite (True) and PostgreSQL (False)."""
    return {True: sqlite.insert(table), False: postgresql.insert(table)}
