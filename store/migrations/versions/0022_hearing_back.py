"""What of a meeting's priorities was shared, and who was told of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.tables.base import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None
_OPEN = sa.text("state IN ('rewording', 'telling')")


def upgrade() -> None:
    """Change the schema."""
    for column in (
        sa.Column("shared_in", sa.Integer(), nullable=True),
        sa.Column("told_in", sa.Integer(), nullable=True),
        sa.Column("shared_result", sa.Text(), nullable=True),
    ):
        op.add_column("meeting_priorities", column)
    op.create_table(
        "meeting_sharings",
        sa.Column("meeting_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("told_to", sa.String(32), nullable=False),
        sa.Column("walked", sa.Boolean(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("shared_at", UtcDateTime(), nullable=False),
        sa.Column("shared_by", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_sharings_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["shared_by"], ["staff.id"], name=op.f("fk_meeting_sharings_shared_by_staff")
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_meeting_sharings")),
    )
    op.create_index(
        "ix_meeting_sharings_due",
        "meeting_sharings",
        ["due_at", "meeting_id"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
