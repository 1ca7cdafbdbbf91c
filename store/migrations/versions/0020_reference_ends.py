"""A report or case is looked up by the end of its reference."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema; SQLite works it out where it is read, PostgreSQL keeps it."""
    kept = op.get_bind().dialect.name == "postgresql"
    for table in ("reports", "cases"):
        end = sa.Computed("substr(reference, 7)", persisted=kept)
        op.add_column(table, sa.Column("reference_end", sa.String(5), end, nullable=False))
        op.create_index(f"ix_{table}_reference_end", table, ["reference_end"])
