"""Cases: the unit staff work, made of one or more reports of the same problem."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, new_id


class CaseRow(Base):
    """One case; `version` guards against lost edits."""

    __tablename__ = "cases"
    __table_args__ = (Index("ix_cases_state", "state", "updated_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(String(11), unique=True)
    state: Mapped[str] = mapped_column(String(20))
    category: Mapped[str] = mapped_column(String(48))
    priority: Mapped[str] = mapped_column(String(2))
    regime: Mapped[str] = mapped_column(String(16), default="general")
    officer_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"), index=True)
    outcome: Mapped[str | None] = mapped_column(String(32))
    closing_words: Mapped[str | None] = mapped_column(Text)
    restriction: Mapped[str | None] = mapped_column(String(16))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class
