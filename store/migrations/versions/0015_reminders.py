"""Reminders of meetings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.tables.base import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
_OPEN = sa.text("state IN ('waiting', 'telling')")


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "reminders",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("meeting_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("lead_minutes", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(16), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("told_to", sa.String(40), nullable=True),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_reminders_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint(
            "meeting_id",
            "kind",
            "lead_minutes",
            "fingerprint",
            name=op.f("uq_reminders_meeting_id_kind_lead_minutes_fingerprint"),
        ),
    )
    op.create_index(
        "ix_reminders_due", "reminders", ["due_at", "id"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )
