"""Whether somebody chose a language, or was asked once whether to go on in the one they write."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    asked = sa.Column("language_asked", sa.Boolean(), nullable=False, server_default=sa.false())
    with op.batch_alter_table("residents", schema=None) as batch_op:
        batch_op.add_column(asked)
