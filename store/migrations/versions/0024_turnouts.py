"""How many came to a meeting, and who said at its door that they are there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.tables.base import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "turnouts",
        sa.Column("meeting_id", sa.String(32), nullable=False),
        sa.Column("in_person", sa.Integer(), nullable=False),
        sa.Column("online", sa.Integer(), nullable=False),
        sa.Column("partners", sa.Text(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_turnouts_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff.id"], name=op.f("fk_turnouts_recorded_by_staff")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_turnouts")),
    )
    op.add_column("attendances", sa.Column("here_at", UtcDateTime(), nullable=True))
