"""The staff desk: what can be searched, what belongs to a case, what colleagues share."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

from store.domain.search_words import searchable
from store.tables.base import UtcDateTime
from store.tables.ids import rising_ids

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql")


def upgrade() -> None:
    """Change the schema; what is there can be searched for, and cases lie where their reports do."""
    _columns()
    _case_file()
    _shared()
    _search()
    _fill()


def _columns() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("record_type", sa.String(length=24), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("home_office_type", sa.String(length=16), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("place_words", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("lat", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("lon", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("ward", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("area", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("legal_hold", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("review_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("contacted_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("target_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("target_kind", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("target_paused_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("escalated_at", UtcDateTime(), nullable=True))
        batch_op.drop_index(batch_op.f("ix_cases_officer_id"))
        batch_op.create_index("ix_cases_newest", ["updated_at", "id"], unique=False)
        batch_op.create_index("ix_cases_officer", ["officer_id", "state", "updated_at"], unique=False)
        batch_op.create_index(
            "ix_cases_target",
            ["target_at"],
            unique=False,
            sqlite_where=sa.text("target_at IS NOT NULL"),
            postgresql_where=sa.text("target_at IS NOT NULL"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_cases_merged_into_id_cases"), "cases", ["merged_into_id"], ["id"]
        )

    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("entered_by", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("contacted_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("target_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("escalated_at", UtcDateTime(), nullable=True))
        batch_op.create_index(
            "ix_reports_map",
            ["created_at"],
            unique=False,
            sqlite_where=sa.text("lat IS NOT NULL"),
            postgresql_where=sa.text("lat IS NOT NULL"),
        )
        batch_op.create_index("ix_reports_newest", ["created_at", "id"], unique=False)
        batch_op.create_index(
            "ix_reports_target",
            ["target_at"],
            unique=False,
            sqlite_where=sa.text("target_at IS NOT NULL"),
            postgresql_where=sa.text("target_at IS NOT NULL"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_reports_entered_by_staff"), "staff", ["entered_by"], ["id"]
        )

    with op.batch_alter_table("residents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contact", sa.String(length=200), nullable=True))
        batch_op.alter_column("chat_id", existing_type=sa.BIGINT(), nullable=True)


def _case_file() -> None:
    op.create_table(
        "case_people",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("warning", sa.Text(), nullable=True),
        sa.Column("under_18", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_people_case_id_cases")),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name=op.f("fk_case_people_created_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_people")),
    )
    with op.batch_alter_table("case_people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_people_case_id"), ["case_id"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("assignee_id", sa.String(length=32), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("done_by", sa.String(length=32), nullable=True),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["assignee_id"], ["staff.id"], name=op.f("fk_tasks_assignee_id_staff")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_tasks_case_id_cases")),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name=op.f("fk_tasks_created_by_staff")),
        sa.ForeignKeyConstraint(["done_by"], ["staff.id"], name=op.f("fk_tasks_done_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.create_index("ix_tasks_assignee", ["assignee_id", "done_at", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_tasks_case_id"), ["case_id"], unique=False)
    op.create_table(
        "case_tags",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_tags_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "tag", name=op.f("pk_case_tags")),
    )
    with op.batch_alter_table("case_tags", schema=None) as batch_op:
        batch_op.create_index("ix_case_tags_tag", ["tag", "case_id"], unique=False)
    op.create_table(
        "case_links",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("other_id", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_links_case_id_cases")),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name=op.f("fk_case_links_created_by_staff")),
        sa.ForeignKeyConstraint(["other_id"], ["cases.id"], name=op.f("fk_case_links_other_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "other_id", name=op.f("pk_case_links")),
    )
    with op.batch_alter_table("case_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_links_other_id"), ["other_id"], unique=False)
    op.create_table(
        "case_merges",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("from_id", sa.String(length=32), nullable=False),
        sa.Column("into_id", sa.String(length=32), nullable=False),
        sa.Column("moved", JSON, nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name=op.f("fk_case_merges_created_by_staff")),
        sa.ForeignKeyConstraint(["from_id"], ["cases.id"], name=op.f("fk_case_merges_from_id_cases")),
        sa.ForeignKeyConstraint(["into_id"], ["cases.id"], name=op.f("fk_case_merges_into_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_merges")),
    )
    with op.batch_alter_table("case_merges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_merges_from_id"), ["from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_merges_into_id"), ["into_id"], unique=False)


def _shared() -> None:
    op.create_table(
        "saved_views",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_saved_views_owner_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
    )
    with op.batch_alter_table("saved_views", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_views_owner_id"), ["owner_id"], unique=False)
    op.create_table(
        "viewers",
        sa.Column("subject_kind", sa.String(length=8), nullable=False),
        sa.Column("subject_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_viewers_staff_id_staff")),
        sa.PrimaryKeyConstraint("subject_kind", "subject_id", "staff_id", name=op.f("pk_viewers")),
    )
    op.create_table(
        "mentions",
        sa.Column("message_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_mentions_message_id_messages")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_mentions_staff_id_staff")),
        sa.PrimaryKeyConstraint("message_id", "staff_id", name=op.f("pk_mentions")),
    )
    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.create_index("ix_mentions_staff", ["staff_id", "read_at"], unique=False)


def _search() -> None:
    op.create_table(
        "search_entries",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("report_id", sa.String(length=32), nullable=True),
        sa.Column("case_id", sa.String(length=32), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_search_entries_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_search_entries_report_id_reports")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entries")),
    )
    with op.batch_alter_table("search_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_entries_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_search_entries_report_id"), ["report_id"], unique=False)
    for statement in _FULL_TEXT[op.get_bind().dialect.name]:
        op.execute(statement)


_FULL_TEXT = {
    "sqlite": (
        (
            "CREATE VIRTUAL TABLE search_words USING fts5("
            "text, content='search_entries', content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
        ),
        (
            "CREATE TRIGGER search_entries_added AFTER INSERT ON search_entries BEGIN "
            "INSERT INTO search_words (rowid, text) VALUES (new.id, new.text); END"
        ),
        (
            "CREATE TRIGGER search_entries_gone AFTER DELETE ON search_entries BEGIN "
            "INSERT INTO search_words (search_words, rowid, text) VALUES ('delete', old.id, old.text); END"
        ),
        (
            "CREATE TRIGGER search_entries_changed AFTER UPDATE OF text ON search_entries BEGIN "
            "INSERT INTO search_words (search_words, rowid, text) VALUES ('delete', old.id, old.text); "
            "INSERT INTO search_words (rowid, text) VALUES (new.id, new.text); END"
        ),
    ),
    "postgresql": (
        (
            "ALTER TABLE search_entries ADD COLUMN words tsvector "
            "GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED"
        ),
        "CREATE INDEX ix_search_entries_words ON search_entries USING gin (words)",
    ),
}


def _fill() -> None:
    first = "(SELECT {0} FROM reports WHERE case_id = cases.id ORDER BY created_at, id LIMIT 1)"
    columns = ("record_type", "home_office_type", "place_words", "lat", "lon", "ward", "area")
    for column in columns:
        op.execute(
            f"UPDATE cases SET {column} = {first.format(column)} "  # noqa: S608 - names of columns
            "WHERE EXISTS (SELECT 1 FROM reports WHERE case_id = cases.id)"
        )
    bind = op.get_bind()
    entries = sa.table("search_entries", *map(sa.column, ("id", "report_id", "case_id", "text")))
    for said in (
        (
            "SELECT id AS report_id, NULL AS case_id, text || ' ' || coalesce(place_words, '') AS text "
            "FROM reports ORDER BY created_at"
        ),
        "SELECT report_id, case_id, text FROM messages ORDER BY created_at",
    ):
        for row in bind.execute(sa.text(said)).all():
            values = {"report_id": row.report_id, "case_id": row.case_id, "text": searchable(row.text)}
            bind.execute(entries.insert().values(id=rising_ids.next(), **values))
