"""The year of the safety plan: which of its tasks came round, who was told, who did it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class CycleRoundRow(Base):
    """One year's turn of a task of the plan; the year is that in which it begins."""

    __tablename__ = "cycle_rounds"

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    opened_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))


class CycleToldRow(Base):
    """That somebody was told of a round: once."""

    __tablename__ = "cycle_told"
    __table_args__ = (ForeignKeyConstraint(["code", "year"], ["cycle_rounds.code", "cycle_rounds.year"]),)

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    told_at: Mapped[datetime]
