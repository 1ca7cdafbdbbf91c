"""The one place where statements differ between the two databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, bindparam, func, select
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


def insert_many(session: Session, table: Table, key: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert very many rows, all with values for the same columns; at most one for each value of `key`.

    PostgreSQL takes them in one statement, a list for each column in which they differ; SQLite row by row.
    That is how each of them is quickest.
    """
    if not rows:
        return
    connection = session.connection()
    if is_sqlite(session):
        connection.execute(_by_rows(table, key), rows)
    else:
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        alike = frozenset(name for name, its in columns.items() if its.count(its[0]) == len(its) > 1)
        values = {name: its[0] if name in alike else its for name, its in columns.items()}
        connection.execute(_by_lists(table, key, tuple(columns), alike), values)


@cache
def _by_rows(table: Table, key: str) -> Insert:
    return sqlite.insert(table).on_conflict_do_nothing(index_elements=[key])


@cache
def _by_lists(table: Table, key: str, names: tuple[str, ...], alike: frozenset[str]) -> Insert:
    values = [_value(table.c[name], many=name not in alike) for name in names]
    listed = postgresql.insert(table).from_select(names, select(*values), include_defaults=False)
    return listed.on_conflict_do_nothing(index_elements=[key])


def _value(column: Column[Any], *, many: bool) -> ColumnElement[Any]:
    if many:
        return func.unnest(bindparam(column.name, type_=postgresql.ARRAY(column.type)))
    return bindparam(column.name, type_=column.type)
