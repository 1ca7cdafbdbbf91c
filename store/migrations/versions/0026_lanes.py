"""What is due, lane by lane in order, and what waits for one chat, however much waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    queued = sa.text("state = 'queued'")
    op.drop_index("ix_deliveries_due", "deliveries")
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["lane", "due_at", "id"],
        sqlite_where=queued,
        postgresql_where=queued,
    )
    op.create_index(
        "ix_deliveries_waiting",
        "deliveries",
        ["chat_id"],
        sqlite_where=queued,
        postgresql_where=queued,
    )
