"""How far the messages of a campaign have followed its pause, its going on, or its end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.add_column("campaigns", sa.Column("settled_to", sa.String(100), nullable=True))
