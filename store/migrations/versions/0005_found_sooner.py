"""Who calls again is found by their number, and the newest reports of a kind without counting all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_index(
        "ix_residents_contact",
        "residents",
        ["contact"],
        unique=False,
        sqlite_where=sa.text("contact IS NOT NULL"),
        postgresql_where=sa.text("contact IS NOT NULL"),
    )
    op.create_index("ix_reports_kind", "reports", ["category", "created_at"], unique=False)
