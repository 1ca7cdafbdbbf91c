"""What people want to talk about at a meeting, and who else wants that."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, JsonColumn, new_id


class AgendaItemRow(Base):
    """One question for a meeting. `place` is its order among those that are listed.

    `resident_id` is who asked (None: staff put it there, `asked_by`), `cards` the safety texts that the
    words called for, `reason` why it was not taken.
    """

    __tablename__ = "agenda_items"
    __table_args__ = (Index("ix_agenda_items_meeting", "meeting_id", "state", "place"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"))
    resident_id: Mapped[str | None] = mapped_column(ForeignKey("residents.id"), index=True)
    asked_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    state: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    cards: Mapped[list[str]] = mapped_column(JsonColumn)
    listed_words: Mapped[str | None] = mapped_column(Text)
    place: Mapped[int | None]
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("agenda_items.id"))
    reason: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None]
    report_offered_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class AgendaSupportRow(Base):
    """Somebody who wants the same talked about; whoever asked is the first of them."""

    __tablename__ = "agenda_supports"

    item_id: Mapped[str] = mapped_column(ForeignKey("agenda_items.id"), primary_key=True)
    resident_id: Mapped[str] = mapped_column(ForeignKey("residents.id"), primary_key=True, index=True)
    created_at: Mapped[datetime]
