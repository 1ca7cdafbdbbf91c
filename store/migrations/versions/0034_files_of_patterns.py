"""Files of campaigns by themselves: several campaigns, and recurring ones, may have the same."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.tables.base import UtcDateTime

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.execute("CREATE TEMPORARY TABLE files_before AS SELECT * FROM campaign_files")
    op.drop_table("campaign_files")
    op.create_table(
        "campaign_files",
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("media_type", sa.String(80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("sent_as", sa.Text(), nullable=True),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["staff.id"], name=op.f("fk_campaign_files_added_by_staff")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_campaign_files")),
    )
    op.execute(
        "INSERT INTO campaign_files (key, media_type, size, sha256, seen, sent_as, added_at, added_by) "
        "SELECT key, media_type, size, sha256, seen, sent_as, added_at, added_by FROM files_before"
    )
    for table in ("campaigns", "campaign_patterns"):
        # In one statement: SQLite adds no constraint to a column that is there.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN file_key VARCHAR(80) "
            f"CONSTRAINT fk_{table}_file_key_campaign_files REFERENCES campaign_files (key)"
        )
    op.execute(
        "UPDATE campaigns SET file_key = "
        "(SELECT files_before.key FROM files_before WHERE files_before.campaign_id = campaigns.id)"
    )
    op.execute("DROP TABLE files_before")
