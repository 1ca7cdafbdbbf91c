"""Everything we send, one row per message and recipient."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base

KEY = String(120).with_variant(String(120, collation="C"), "postgresql")
"""Ordered by its bytes, whatever order a database has: what begins alike is found between two keys."""
QUEUED = "state = 'queued'"
GATHERED = f"{QUEUED} AND lane >= 5 AND bundled_into IS NULL"
IN_BUNDLE = "bundled_into IS NOT NULL"
SENT_CAMPAIGN = "{0}.kind = 'subscribed.campaign' AND {0}.state = 'sent' AND {0}.lane >= 4"
IS_CAPPED = text("deliveries.error = 'capped'")
IS_QUEUED = text(f"deliveries.{QUEUED}")
IS_LEASED = text("deliveries.state = 'leased'")
IN_TROUBLE = text("deliveries.state IN ('uncertain', 'failed')")
"""What stands so, in the words of the indexes: with a bound value SQLite would not use them."""
IS_GATHERED = text(f"deliveries.{QUEUED} AND deliveries.lane >= 5 AND deliveries.bundled_into IS NULL")
"""What waits for a digest and is in none yet. With `lane = 5` SQLite would walk all of the lane."""


class DeliveryRow(Base):
    """One call to the messenger. `params` (JSON text) is emptied once it is sent.

    `key` is unique per (event, recipient, kind), so that nothing is said twice. `bundled_into` is the
    delivery that this one goes out with: a digest.
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
        Index(
            "ix_deliveries_gathered",
            "due_at",
            "id",
            sqlite_where=text(GATHERED),
            postgresql_where=text(GATHERED),
        ),
        Index(
            "ix_deliveries_campaigns",
            "chat_id",
            "finished_at",
            sqlite_where=text("kind = 'subscribed.campaign' AND state = 'sent' AND lane >= 4"),
            postgresql_where=text("kind = 'subscribed.campaign' AND state = 'sent' AND lane >= 4"),
        ),
        Index(
            "ix_deliveries_capped",
            "key",
            sqlite_where=text("error = 'capped'"),
            postgresql_where=text("error = 'capped'"),
        ),
        Index(
            "ix_deliveries_bundled",
            "bundled_into",
            sqlite_where=text(IN_BUNDLE),
            postgresql_where=text(IN_BUNDLE),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    lane: Mapped[int]
    chat_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(48))
    method: Mapped[str] = mapped_column(String(32))
    params: Mapped[str | None] = mapped_column(Text)
    key: Mapped[str | None] = mapped_column(KEY, unique=True)
    state: Mapped[str] = mapped_column(String(10), default="queued")
    tries: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    bundled_into: Mapped[int | None] = mapped_column(BigInteger)
