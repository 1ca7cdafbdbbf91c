"""The append-only record of what was done, its erasable details, and the chain over it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base

_ID = BigInteger().with_variant(Integer, "sqlite")


class EventRow(Base):
    """One thing that happened. Triggers refuse to change or delete a row."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_subject", "subject_kind", "subject_id", "id"),)

    id: Mapped[int] = mapped_column(_ID, primary_key=True)
    at: Mapped[datetime]
    actor_kind: Mapped[str] = mapped_column(String(10))
    actor_id: Mapped[str] = mapped_column(String(32), index=True)
    channel: Mapped[str] = mapped_column(String(8))
    action: Mapped[str] = mapped_column(String(48))
    subject_kind: Mapped[str] = mapped_column(String(16))
    subject_id: Mapped[str] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(64))


class EventDetailRow(Base):
    """The words and values of an event, with the salt of its digest; may be erased."""

    __tablename__ = "event_details"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    body: Mapped[dict[str, Any]]


class SealRow(Base):
    """One link of the chain: the event at place `seq`, and the hash over all before it."""

    __tablename__ = "seals"

    seq: Mapped[int] = mapped_column(_ID, primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), unique=True)
    hash: Mapped[str] = mapped_column(String(64))
