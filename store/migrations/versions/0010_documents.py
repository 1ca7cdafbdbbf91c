"""One document to search for each report and each case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from store.domain.search_words import BETWEEN, MAX_DOCUMENT_CHARACTERS, document
from store.tables.ids import rising_ids

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

AT_ONCE = 500
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Change the schema; what is there is found as what comes."""
    op.drop_table("search_entries")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_words")
    _texts("report_texts", "reports")
    _texts("case_texts", "cases", sa.Column("restriction", sa.String(length=16), nullable=True))
    _fill_reports()
    _fill_cases()


def _texts(name: str, of: str, *more: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("record_id", sa.String(length=32), nullable=False),
        *more,
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], [f"{of}.id"], name=op.f(f"fk_{name}_record_id_{of}")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("record_id", name=op.f(f"uq_{name}_record_id")),
    )
    for statement in _FULL_TEXT[op.get_bind().dialect.name]:
        op.execute(statement.format(name))


_GONE = "INSERT INTO {0}_search ({0}_search, rowid, text) VALUES ('delete', old.id, old.text); "
_ADDED = "INSERT INTO {0}_search (rowid, text) VALUES (new.id, new.text); "
_FULL_TEXT = {
    "sqlite": (
        (
            "CREATE VIRTUAL TABLE {0}_search USING fts5("
            "text, content='{0}', content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
        ),
        "CREATE TRIGGER {0}_added AFTER INSERT ON {0} BEGIN " + _ADDED + "END",
        "CREATE TRIGGER {0}_gone AFTER DELETE ON {0} BEGIN " + _GONE + "END",
        "CREATE TRIGGER {0}_changed AFTER UPDATE OF text ON {0} BEGIN " + _GONE + _ADDED + "END",
    ),
    "postgresql": (
        "ALTER TABLE {0} ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED",
        "CREATE INDEX ix_{0}_words ON {0} USING gin (words)",
    ),
}
_OF_REPORTS = """
SELECT id, text FROM reports WHERE id IN :ids
UNION ALL SELECT id, place_words FROM reports WHERE id IN :ids
UNION ALL SELECT report_id, text FROM messages WHERE report_id IN :ids
UNION ALL SELECT reports.id, coalesce(residents.name, '') || coalesce(', ' || residents.contact, '')
    FROM reports JOIN residents ON residents.id = reports.reporter_id
    WHERE reports.id IN :ids AND residents.chat_id IS NULL AND NOT residents.relay
        AND reports.identity <> 'anonymous'
"""
_OF_CASES = """
SELECT id, place_words FROM cases WHERE id IN :ids
UNION ALL SELECT case_id, text FROM messages WHERE case_id IN :ids AND report_id IS NULL
UNION ALL SELECT case_id, name || coalesce(', ' || contact, '') || coalesce('. ' || note, '')
    FROM case_people WHERE case_id IN :ids AND ended_at IS NULL
UNION ALL SELECT case_id, text FROM tasks WHERE case_id IN :ids
"""
_REPORTS_OF_CASES = """
SELECT cases.id, report_texts.text
    FROM cases JOIN reports ON reports.case_id = cases.id
    JOIN report_texts ON report_texts.record_id = reports.id
    WHERE cases.id IN :ids AND (reports.restriction IS NULL OR reports.restriction = cases.restriction)
    ORDER BY report_texts.id DESC
"""


def _fill_reports() -> None:
    for rows in _pieces("SELECT id FROM reports ORDER BY created_at, id"):
        said = _by_record(_OF_REPORTS, rows)
        _insert("report_texts", ({"record_id": id_, "text": document(said[id_])} for (id_,) in rows))


def _fill_cases() -> None:
    for rows in _pieces("SELECT id, restriction FROM cases ORDER BY opened_at, id"):
        own, parts = _by_record(_OF_CASES, rows), _by_record(_REPORTS_OF_CASES, rows)
        entries = (
            {"record_id": id_, "restriction": kind, "text": _joined([document(own[id_]), *parts[id_]])}
            for id_, kind in rows
        )
        _insert("case_texts", entries)


def _joined(documents: Iterable[str]) -> str:
    return BETWEEN.join(filter(None, documents))[:MAX_DOCUMENT_CHARACTERS]


def _pieces(asked: str) -> Iterator[list[Any]]:
    rows = list(op.get_bind().execute(sa.text(asked)).all())
    for first in range(0, len(rows), AT_ONCE):
        yield rows[first : first + AT_ONCE]


def _by_record(asked: str, rows: Iterable[Any]) -> dict[str, list[str]]:
    said: dict[str, list[str]] = defaultdict(list)
    wanted = sa.text(asked).bindparams(sa.bindparam("ids", expanding=True))
    for id_, text in op.get_bind().execute(wanted, {"ids": [row[0] for row in rows]}):
        said[id_].append(text or "")
    return said


def _insert(name: str, entries: Iterable[dict[str, Any]]) -> None:
    rows = [{"id": rising_ids.next()} | entry for entry in entries]
    table = sa.table(name, *map(sa.column, rows[0]))
    op.get_bind().execute(table.insert(), rows)
