"""Questions for the agenda of a meeting, and who supports them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.tables.base import JsonColumn, UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "agenda_items",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("meeting_id", sa.String(32), nullable=False),
        sa.Column("resident_id", sa.String(32), nullable=True),
        sa.Column("asked_by", sa.String(32), nullable=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("cards", JsonColumn, nullable=False),
        sa.Column("listed_words", sa.Text(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("merged_into", sa.String(32), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("report_offered_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_agenda_items_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_agenda_items_resident_id_residents")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name=op.f("fk_agenda_items_asked_by_staff")),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["agenda_items.id"], name=op.f("fk_agenda_items_merged_into_agenda_items")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_items")),
    )
    op.create_index("ix_agenda_items_meeting", "agenda_items", ["meeting_id", "state", "place"])
    op.create_index("ix_agenda_items_resident_id", "agenda_items", ["resident_id"])
    op.create_table(
        "agenda_supports",
        sa.Column("item_id", sa.String(32), nullable=False),
        sa.Column("resident_id", sa.String(32), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name=op.f("fk_agenda_supports_item_id_agenda_items")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_agenda_supports_resident_id_residents")
        ),
        sa.PrimaryKeyConstraint("item_id", "resident_id", name=op.f("pk_agenda_supports")),
    )
    op.create_index("ix_agenda_supports_resident_id", "agenda_supports", ["resident_id"])
