"""A waiting report keeps a target after the first word, its clock may stand; what went into a case is found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.tables.base import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema; who heard once heard last then, as far as is known."""
    op.add_column("reports", sa.Column("told_at", UtcDateTime(), nullable=True))
    op.add_column("reports", sa.Column("target_paused_at", UtcDateTime(), nullable=True))
    op.execute("UPDATE reports SET told_at = contacted_at WHERE contacted_at IS NOT NULL")
    for name, table, column in (
        ("ix_reports_paused", "reports", "target_paused_at"),
        ("ix_cases_merged_into", "cases", "merged_into_id"),
    ):
        some = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, table, [column], unique=False, sqlite_where=some, postgresql_where=some)
