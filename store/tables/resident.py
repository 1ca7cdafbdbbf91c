"""People who write to us, and the relays behind which anonymous reporters stay."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, new_id


class ResidentRow(Base):
    """One person, or one relay of one anonymous report (`relay` true).

    A relay carries the address and nothing that joins it to the person's own row. Somebody for whom
    staff wrote a report down has no chat, but perhaps a `contact` (a number or an address), and a
    `name_key` by which they are known again (see `domain.same_person`).
    """

    __tablename__ = "residents"
    __table_args__ = (
        Index(
            "uq_residents_person",
            "chat_id",
            unique=True,
            sqlite_where=text("NOT relay"),
            postgresql_where=text("NOT relay"),
        ),
        Index(
            "ix_residents_name_key",
            "name_key",
            sqlite_where=text("name_key IS NOT NULL"),
            postgresql_where=text("name_key IS NOT NULL"),
        ),
        Index(
            "ix_residents_contact",
            "contact",
            sqlite_where=text("contact IS NOT NULL"),
            postgresql_where=text("contact IS NOT NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    relay: Mapped[bool] = mapped_column(default=False)
    chat_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    name: Mapped[str | None] = mapped_column(String(200))
    name_key: Mapped[str | None] = mapped_column(String(200))
    contact: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8))
    language_asked: Mapped[bool] = mapped_column(default=False)
    do_not_contact: Mapped[bool] = mapped_column(default=False)
    blocked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
