"""What has no point on the map is found fast."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    nowhere = sa.text("lat IS NULL")
    for table, column in (("reports", "created_at"), ("cases", "updated_at")):
        op.create_index(
            f"ix_{table}_no_point",
            table,
            [column, "id"],
            sqlite_where=nowhere,
            postgresql_where=nowhere,
        )
