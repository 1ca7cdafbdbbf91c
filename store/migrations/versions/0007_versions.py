"""Whatever two people can change at once carries a version: people, tasks, files, alerts, views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = ("case_people", "tasks", "evidence", "alerts", "saved_views")


def upgrade() -> None:
    """Change the schema; what is there is at its first version."""
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
