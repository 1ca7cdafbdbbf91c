"""What the program does by itself, when each of it ran last, and the rounds of the plan's year."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.tables.base import UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "jobs",
        sa.Column("code", sa.String(100), nullable=False),
        sa.Column("known_at", UtcDateTime(), nullable=False),
        sa.Column("ran_at", UtcDateTime(), nullable=True),
        sa.Column("took_ms", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(100), nullable=False),
        sa.Column("did", sa.String(200), nullable=False),
        sa.Column("did_at", UtcDateTime(), nullable=True),
        sa.Column("failing_since", UtcDateTime(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.Column("asked_by", sa.String(32), nullable=True),
        sa.Column("busy_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name=op.f("fk_jobs_asked_by_staff")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_jobs")),
    )
    op.create_table(
        "cycle_rounds",
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("done_by", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["done_by"], ["staff.id"], name=op.f("fk_cycle_rounds_done_by_staff")),
        sa.PrimaryKeyConstraint("code", "year", name=op.f("pk_cycle_rounds")),
    )
    op.create_table(
        "cycle_told",
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(32), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code", "year"],
            ["cycle_rounds.code", "cycle_rounds.year"],
            name=op.f("fk_cycle_told_code_year_cycle_rounds"),
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_cycle_told_staff_id_staff")),
        sa.PrimaryKeyConstraint("code", "year", "staff_id", name=op.f("pk_cycle_told")),
    )
