"""Find at once the campaigns whose messages still follow their pause, their going on, or their end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    some = sa.text("settled_to IS NOT NULL")
    op.create_index("ix_campaigns_unsettled", "campaigns", ["id"], sqlite_where=some, postgresql_where=some)
