"""Pictures and documents of campaigns: where their bytes lie, and what the messenger calls them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class CampaignFileRow(Base):
    """A file that goes with campaigns; they and recurring campaigns point to it, and it goes with the last.

    `sent_as` is the messenger's own id of it, once it was uploaded there; by that it keeps the name under
    which it was uploaded, `sent_name`, which is empty for a picture: that shows none.
    """

    __tablename__ = "campaign_files"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    seen: Mapped[str] = mapped_column(Text)
    sent_as: Mapped[str | None] = mapped_column(Text)
    sent_name: Mapped[str] = mapped_column(String(40), default="", server_default="")
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
