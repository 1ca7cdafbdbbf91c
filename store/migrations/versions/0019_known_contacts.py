"""Those for whom staff entered a report are known again by their number or address."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    there = sa.text("contact IS NOT NULL")
    op.create_index(
        "ix_residents_contact", "residents", ["contact"], sqlite_where=there, postgresql_where=there
    )
