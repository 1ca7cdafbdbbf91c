"""A whole database: what every row holds, what differs from before, and back to how it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from store.engine.dialect import is_sqlite
from store.tables.base import Base
from store.tables.event import EventRow
from tests.support.triage_factory import Town

Rows = Mapping[str, list[dict[str, Any]]]
LEDGER = frozenset({"events", "event_details", "seals"})
"""These only grow; what a deed added to them is asked with `events_since`."""


async def rows(town: Town, *without: str) -> Rows:
    """Return every row by table, without the ledger and these tables."""
    return await town.read(rows_in, *without)


def rows_in(session: Session, *without: str) -> Rows:
    """Return what `rows` does, as this session sees it."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in LEDGER.union(without)]
    return {
        table.name: [
            dict(row) for row in session.execute(select(table).order_by(*table.primary_key)).mappings()
        ]
        for table in tables
    }


def changed(before: Rows, after: Rows) -> dict[str, list[Any]]:
    """Return what differs, by table: rows that were, and rows that are."""
    return {
        name: [
            [row for row in before[name] if row not in is_],
            [row for row in is_ if row not in before[name]],
        ]
        for name, is_ in after.items()
        if is_ != before[name]
    }


async def put_back(town: Town, before: Rows, tables: Mapping[str, Any]) -> None:
    """Let these tables hold what they held before."""
    await town.write(_put_back, {name: before[name] for name in tables})


async def last_event(town: Town) -> int:
    return await town.read(
        lambda session: session.scalar(select(EventRow.id).order_by(EventRow.id.desc()).limit(1)) or 0
    )


async def events_since(town: Town, event_id: int) -> list[tuple[str, str]]:
    """Return action and subject (its id) of what was recorded after this event."""
    return await town.read(_events_since, event_id)


def _put_back(session: Session, before: Rows) -> None:
    # Rows that others point to go for a moment: what points where is asked when all are back.
    late = (
        "PRAGMA defer_foreign_keys = ON"
        if is_sqlite(session)
        else "SET LOCAL session_replication_role = replica"
    )
    session.execute(text(late))
    for name, kept in before.items():
        table = Base.metadata.tables[name]
        session.execute(table.delete())
        if kept:
            made = {column.name for column in table.columns if column.computed is not None}
            rows = [{key: value for key, value in row.items() if key not in made} for row in kept]
            session.execute(insert(table), rows)


def _events_since(session: Session, event_id: int) -> list[tuple[str, str]]:
    found = session.execute(select(EventRow.action, EventRow.subject_id).where(EventRow.id > event_id))
    return [(row.action, row.subject_id) for row in found]
