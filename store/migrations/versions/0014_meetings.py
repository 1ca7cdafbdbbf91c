"""Neighbourhood engagement meetings: single ones and series."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.tables.base import JsonColumn, UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    _create_series()
    _create_meetings()
    op.create_table(
        "meeting_priorities",
        sa.Column("meeting_id", sa.String(32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("result_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_priorities_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "place", name=op.f("pk_meeting_priorities")),
    )


def _create_series() -> None:
    op.create_table(
        "meeting_series",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("rule", sa.String(200), nullable=False),
        sa.Column("first_start", sa.String(16), nullable=False),
        sa.Column("facts", JsonColumn, nullable=False),
        sa.Column("made_to", sa.String(10), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("uid", sa.String(255), nullable=True),
        *_who_and_when("meeting_series"),
        sa.UniqueConstraint("uid", name=op.f("uq_meeting_series_uid")),
    )


def _create_meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("series_id", sa.String(32), nullable=True),
        sa.Column("slot", sa.String(16), nullable=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("area", sa.String(24), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("facts", JsonColumn, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("publish_at", UtcDateTime(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("uid", sa.String(255), nullable=True),
        *_who_and_when("meetings"),
        sa.ForeignKeyConstraint(
            ["series_id"], ["meeting_series.id"], name=op.f("fk_meetings_series_id_meeting_series")
        ),
        sa.UniqueConstraint("reference", name=op.f("uq_meetings_reference")),
        sa.UniqueConstraint("uid", name=op.f("uq_meetings_uid")),
    )
    op.create_index("ix_meetings_state_start", "meetings", ["state", "starts_at"])
    op.create_index("ix_meetings_area_start", "meetings", ["area", "starts_at"])
    op.create_index("uq_meetings_slot", "meetings", ["series_id", "slot"], unique=True)


def _who_and_when(table: str) -> tuple[sa.Column[object] | sa.Constraint, ...]:
    return (
        sa.Column("created_by", sa.String(32), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name=op.f(f"fk_{table}_created_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
