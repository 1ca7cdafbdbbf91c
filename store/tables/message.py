"""What staff and reporters say to each other about a report, and staff notes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, new_id


class MessageRow(Base):
    """One message. Kinds: question, answer, reply, addition, note (staff only), closing."""

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_report", "report_id", "created_at"),
        Index("ix_messages_case", "case_id", "created_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(12))
    report_id: Mapped[str | None] = mapped_column(ForeignKey("reports.id"))
    case_id: Mapped[str | None] = mapped_column(ForeignKey("cases.id"))
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
