"""Everything we send, one row per message and recipient."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base

QUEUED = "state = 'queued'"
IS_QUEUED = text(f"deliveries.{QUEUED}")
IS_LEASED = text("deliveries.state = 'leased'")
IN_TROUBLE = text("deliveries.state IN ('uncertain', 'failed')")
"""What stands so, in the words of the indexes: with a bound value SQLite would not use them."""


class DeliveryRow(Base):
    """One call to the messenger. `params` (JSON text) is emptied once it is sent.

    `key` is unique per (event, recipient, kind), so that nothing is said twice.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        Index(
            "ix_deliveries_due",
            "lane",
            "due_at",
            "id",
            sqlite_where=text(QUEUED),
            postgresql_where=text(QUEUED),
        ),
        Index(
            "ix_deliveries_waiting",
            "chat_id",
            sqlite_where=text(QUEUED),
            postgresql_where=text(QUEUED),
        ),
        Index(
            "ix_deliveries_leased",
            "id",
            sqlite_where=text("state = 'leased'"),
            postgresql_where=text("state = 'leased'"),
        ),
        Index(
            "ix_deliveries_trouble",
            "id",
            sqlite_where=text("state IN ('uncertain', 'failed')"),
            postgresql_where=text("state IN ('uncertain', 'failed')"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    lane: Mapped[int]
    chat_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(48))
    method: Mapped[str] = mapped_column(String(32))
    params: Mapped[str | None] = mapped_column(Text)
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    state: Mapped[str] = mapped_column(String(10), default="queued")
    tries: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
