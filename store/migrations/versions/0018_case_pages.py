"""The document of a case in pages, so that what is added to a long one rewrites one page only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_GONE = "INSERT INTO case_pages_search (case_pages_search, rowid, text) VALUES ('delete', old.id, old.text); "
_ADDED = "INSERT INTO case_pages_search (rowid, text) VALUES (new.id, new.text); "
_FULL_TEXT = {
    "sqlite": (
        (
            "CREATE VIRTUAL TABLE case_pages_search USING fts5("
            "text, content='case_pages', content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
        ),
        "CREATE TRIGGER case_pages_added AFTER INSERT ON case_pages BEGIN " + _ADDED + "END",
        "CREATE TRIGGER case_pages_gone AFTER DELETE ON case_pages BEGIN " + _GONE + "END",
        "CREATE TRIGGER case_pages_changed AFTER UPDATE OF text ON case_pages BEGIN "
        + _GONE
        + _ADDED
        + "END",
    ),
    "postgresql": (
        (
            "ALTER TABLE case_pages ADD COLUMN words tsvector "
            "GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED"
        ),
        "CREATE INDEX ix_case_pages_words ON case_pages USING gin (words)",
    ),
}


def upgrade() -> None:
    """Change the schema; each document of before is the first page of its case."""
    op.create_table(
        "case_pages",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("record_id", sa.String(length=32), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("restriction", sa.String(length=16), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["cases.id"], name=op.f("fk_case_pages_record_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_pages")),
        sa.UniqueConstraint("record_id", "page", name=op.f("uq_case_pages_record_id_page")),
    )
    second = sa.text("page = 1")
    op.create_index(
        "ix_case_pages_long", "case_pages", ["record_id"], sqlite_where=second, postgresql_where=second
    )
    here = op.get_bind().dialect.name
    for statement in _FULL_TEXT[here]:
        op.execute(statement)
    op.execute(
        "INSERT INTO case_pages (id, record_id, page, restriction, text) "
        "SELECT id, record_id, 0, restriction, text FROM case_texts"
    )
    if here == "sqlite":
        op.execute("DROP TABLE case_texts_search")
    op.drop_table("case_texts")
