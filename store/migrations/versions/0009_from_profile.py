"""Which reference data a profile gave: what was there first, all at one instant."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    column = sa.Column("from_profile", sa.Boolean(), nullable=False, server_default=sa.false())
    with op.batch_alter_table("reference", schema=None) as batch_op:
        batch_op.add_column(column)
    rows = sa.table("reference", sa.column("from_profile", sa.Boolean), sa.column("created_at"))
    first = sa.select(sa.func.min(rows.c.created_at)).scalar_subquery()
    op.execute(rows.update().where(rows.c.created_at == first).values(from_profile=True))
