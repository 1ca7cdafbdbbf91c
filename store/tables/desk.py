"""What colleagues share at the desk: saved views, who looks at what, who was mentioned."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, new_id


class SavedViewRow(Base):
    """A list that somebody named: its kind (reports, cases) and its filter as a query string."""

    __tablename__ = "saved_views"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    owner_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(8))
    query: Mapped[str] = mapped_column(Text)
    shared: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class ViewerRow(Base):
    """Who has a report's or case's page open: since when, and when their browser last said so."""

    __tablename__ = "viewers"

    subject_kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    subject_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    opened_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class MentionRow(Base):
    """Somebody named in a note; `read_at` once they opened its report or case."""

    __tablename__ = "mentions"
    __table_args__ = (Index("ix_mentions_staff", "staff_id", "read_at"),)

    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id"), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
