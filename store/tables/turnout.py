"""How many came to a meeting."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class TurnoutRow(Base):
    """What staff wrote down of a meeting afterwards; it is corrected in place, its events keep both."""

    __tablename__ = "turnouts"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    in_person: Mapped[int]
    online: Mapped[int]
    partners: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
