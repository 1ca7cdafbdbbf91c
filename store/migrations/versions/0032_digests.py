"""What goes out with a digest or waits for one; who got campaigns lately, and what waits for that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.add_column("deliveries", sa.Column("bundled_into", sa.BigInteger(), nullable=True))
    gathered = sa.text("state = 'queued' AND lane >= 5 AND bundled_into IS NULL")
    bundled = sa.text("bundled_into IS NOT NULL")
    op.create_index(
        "ix_deliveries_gathered",
        "deliveries",
        ["due_at", "id"],
        sqlite_where=gathered,
        postgresql_where=gathered,
    )
    campaigns = sa.text("kind = 'subscribed.campaign' AND state = 'sent' AND lane >= 4")
    op.create_index(
        "ix_deliveries_campaigns",
        "deliveries",
        ["chat_id", "finished_at"],
        sqlite_where=campaigns,
        postgresql_where=campaigns,
    )
    capped = sa.text("error = 'capped'")
    op.create_index(
        "ix_deliveries_capped",
        "deliveries",
        ["key"],
        sqlite_where=capped,
        postgresql_where=capped,
    )
    op.create_index(
        "ix_deliveries_bundled",
        "deliveries",
        ["bundled_into"],
        sqlite_where=bundled,
        postgresql_where=bundled,
    )
