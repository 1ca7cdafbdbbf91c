"""Who said that they come to a meeting."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class AttendanceRow(Base):
    """One person at one meeting, and how many come with them. `asked_at` is their place in the list.

    `here_at` is when they said at the door that they are there, whatever they had said before.
    """

    __tablename__ = "attendances"
    __table_args__ = (Index("ix_attendances_asked", "meeting_id", "asked_at"),)

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    resident_id: Mapped[str] = mapped_column(ForeignKey("residents.id"), primary_key=True, index=True)
    state: Mapped[str] = mapped_column(String(8))
    people: Mapped[int]
    needs: Mapped[str | None] = mapped_column(Text)
    asked_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    here_at: Mapped[datetime | None]
