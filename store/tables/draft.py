"""A form that somebody is filling in; the only chat state there is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class DraftRow(Base):
    """One per chat. `answers` is JSON text; `version` goes up with every accepted step."""

    __tablename__ = "drafts"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    form: Mapped[str] = mapped_column(String(32))
    step: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]
    answers: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(index=True)
