"""What became of campaigns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.tables.base import JsonColumn, UtcDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.add_column("campaigns", sa.Column("first_id", sa.BigInteger(), nullable=True))
    op.add_column("campaigns", sa.Column("retried_to", sa.BigInteger(), nullable=True))
    op.create_table(
        "campaign_results",
        sa.Column("campaign_id", sa.String(32), nullable=False),
        sa.Column("counts", JsonColumn, nullable=False),
        sa.Column("reasons", JsonColumn, nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.Column("per_second", sa.Double(), nullable=False),
        sa.Column("counted_at", UtcDateTime(), nullable=True),
        sa.Column("claimed_at", UtcDateTime(), nullable=True),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.Column("taps", JsonColumn, nullable=False),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("said_at", UtcDateTime(), nullable=True),
        sa.Column("all_said", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_results_campaign_id_campaigns")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_campaign_results")),
    )
    op.create_table(
        "campaign_taps",
        sa.Column("campaign_id", sa.String(32), nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("resident_id", sa.String(32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_taps_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_campaign_taps_resident_id_residents")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "what", "resident_id", name=op.f("pk_campaign_taps")),
    )
    op.create_index("ix_campaign_taps_at", "campaign_taps", ["at"])
