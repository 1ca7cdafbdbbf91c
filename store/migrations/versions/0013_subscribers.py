"""People who subscribe: to what, from where, how often."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.tables.base import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "subscribers",
        sa.Column("resident_id", sa.String(32), nullable=False),
        sa.Column("frequency", sa.String(8), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_to", sa.Time(), nullable=False),
        sa.Column("everywhere", sa.Boolean(), nullable=False),
        sa.Column("paused_until", UtcDateTime(), nullable=True),
        sa.Column("stopped_at", UtcDateTime(), nullable=True),
        sa.Column("why_stopped", sa.String(12), nullable=True),
        sa.Column("consent_at", UtcDateTime(), nullable=False),
        sa.Column("consent_language", sa.String(8), nullable=False),
        sa.Column("consent_words", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_subscribers_resident_id_residents")
        ),
        sa.PrimaryKeyConstraint("resident_id", name=op.f("pk_subscribers")),
    )
    for table, column, length in (("topics", "topic", 12), ("places", "place", 32)):
        name = f"subscriber_{table}"
        op.create_table(
            name,
            sa.Column("resident_id", sa.String(32), nullable=False),
            sa.Column(column, sa.String(length), nullable=False),
            sa.ForeignKeyConstraint(
                ["resident_id"], ["subscribers.resident_id"], name=op.f(f"fk_{name}_resident_id_subscribers")
            ),
            sa.PrimaryKeyConstraint("resident_id", column, name=op.f(f"pk_{name}")),
        )
        op.create_index(f"ix_{name}_{column}", name, [column, "resident_id"])
