"""Campaigns that come again, and campaigns that are spread over hours."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.tables.base import JsonColumn, UtcDateTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.add_column("campaigns", sa.Column("reach", sa.Integer(), nullable=True))
    op.add_column("campaigns", sa.Column("reached", sa.Integer(), nullable=True))
    op.create_table(
        "campaign_patterns",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("facts", JsonColumn, nullable=False),
        sa.Column("rule", JsonColumn, nullable=False),
        sa.Column("at", sa.String(5), nullable=False),
        sa.Column("sure", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.String(32), nullable=False),
        sa.Column("approved_by", sa.String(32), nullable=True),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("code", sa.String(80), nullable=True),
        sa.Column("note", sa.String(500), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("look_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["staff.id"], name=op.f("fk_campaign_patterns_author_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["staff.id"], name=op.f("fk_campaign_patterns_approved_by_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_patterns")),
        sa.UniqueConstraint("reference", name=op.f("uq_campaign_patterns_reference")),
        sa.UniqueConstraint("code", name=op.f("uq_campaign_patterns_code")),
    )
    op.create_index("ix_campaign_patterns_look_at", "campaign_patterns", ["state", "look_at"])
    op.create_table(
        "campaign_occurrences",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("pattern_id", sa.String(32), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("by_rule", sa.Boolean(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("campaign_id", sa.String(32), nullable=True),
        sa.Column("guessed", sa.Boolean(), nullable=False),
        sa.Column("confirmed_by", sa.String(32), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("missed_at", UtcDateTime(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pattern_id"],
            ["campaign_patterns.id"],
            name=op.f("fk_campaign_occurrences_pattern_id_campaign_patterns"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_occurrences_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["staff.id"], name=op.f("fk_campaign_occurrences_confirmed_by_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_occurrences")),
        sa.UniqueConstraint("pattern_id", "key", name=op.f("uq_campaign_occurrences_pattern_id_key")),
        sa.UniqueConstraint("campaign_id", name=op.f("uq_campaign_occurrences_campaign_id")),
    )
