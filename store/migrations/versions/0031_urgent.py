"""Urgent alerts: campaigns in a lane of their own, and whether the second person marked danger to life."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.add_column("campaigns", sa.Column("lane", sa.Integer(), nullable=False, server_default="4"))
    op.add_column(
        "campaigns", sa.Column("danger_agreed", sa.Boolean(), nullable=False, server_default=sa.false())
    )
