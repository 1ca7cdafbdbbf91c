"""Reminders of meetings, one row for each lead and for each change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, new_id


class ReminderRow(Base):
    """A reminder of one meeting as it stood (`fingerprint`); `told_to` is how far it was told.

    `lead_minutes` is 0 for a change, which is told at once; `was` is when and what the meeting was to be, as
    those who are told know it.
    """

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("meeting_id", "kind", "lead_minutes", "fingerprint"),
        Index(
            "ix_reminders_due",
            "due_at",
            "id",
            sqlite_where=text("state IN ('waiting', 'telling')"),
            postgresql_where=text("state IN ('waiting', 'telling')"),
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"))
    kind: Mapped[str] = mapped_column(String(12))
    lead_minutes: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(16))
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(8))
    told_to: Mapped[str | None] = mapped_column(String(40))
    told: Mapped[int] = mapped_column(default=0)
    was: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
