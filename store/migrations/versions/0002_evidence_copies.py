"""evidence_copies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.tables.base import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        # A plain string: with an expression SQLite's table would be copied, and lose its partial indexes.
        batch_op.add_column(sa.Column("photo_place", sa.Boolean(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("copy_key", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("kept_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("keep_reason", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("quarantined_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("quarantine_reason", sa.Text(), nullable=True))
        batch_op.create_index(
            "ix_evidence_sealed",
            ["kept_at"],
            unique=False,
            sqlite_where=sa.text("key IS NOT NULL AND copy_key IS NOT NULL"),
            postgresql_where=sa.text("key IS NOT NULL AND copy_key IS NOT NULL"),
        )
    op.execute("UPDATE evidence SET kept_at = created_at WHERE state = 'kept'")
    op.create_table(
        "doomed_files",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_doomed_files")),
    )


def downgrade() -> None:
    """Change it back."""
    op.drop_table("doomed_files")
    op.drop_index("ix_evidence_sealed", "evidence")
    for name in ("quarantine_reason", "quarantined_at", "keep_reason", "kept_at", "copy_key", "photo_place"):
        op.drop_column("evidence", name)
