"""What the program does by itself: one row for each thing of the timetable."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class JobRow(Base):
    """A job and its last run; see `store.domain.job.Job`."""

    __tablename__ = "jobs"

    code: Mapped[str] = mapped_column(String(100), primary_key=True)
    known_at: Mapped[datetime]
    ran_at: Mapped[datetime | None]
    took_ms: Mapped[int | None]
    error: Mapped[str] = mapped_column(String(100), default="")
    did: Mapped[str] = mapped_column(String(200), default="")
    did_at: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    asked_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    busy_until: Mapped[datetime | None]
