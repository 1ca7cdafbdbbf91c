"""Who wants to hear from us, about what and from where."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class SubscriberRow(Base):
    """One person who subscribed. `everywhere`: no places were chosen; `consent_words` were shown to them.

    `quiet_from` and `quiet_to` are London times.
    """

    __tablename__ = "subscribers"

    resident_id: Mapped[str] = mapped_column(ForeignKey("residents.id"), primary_key=True)
    frequency: Mapped[str] = mapped_column(String(8))
    quiet_from: Mapped[time]
    quiet_to: Mapped[time]
    everywhere: Mapped[bool]
    paused_until: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    why_stopped: Mapped[str | None] = mapped_column(String(12))
    consent_at: Mapped[datetime]
    consent_language: Mapped[str] = mapped_column(String(8))
    consent_words: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class SubscriberTopicRow(Base):
    """A topic that somebody wants to hear of."""

    __tablename__ = "subscriber_topics"
    __table_args__ = (Index("ix_subscriber_topics_topic", "topic", "resident_id"),)

    resident_id: Mapped[str] = mapped_column(ForeignKey("subscribers.resident_id"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(12), primary_key=True)


class SubscriberPlaceRow(Base):
    """An area or a ward that somebody wants to hear from."""

    __tablename__ = "subscriber_places"
    __table_args__ = (Index("ix_subscriber_places_place", "place", "resident_id"),)

    resident_id: Mapped[str] = mapped_column(ForeignKey("subscribers.resident_id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(32), primary_key=True)
