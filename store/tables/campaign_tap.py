"""What people did about a campaign that they got."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class CampaignTapRow(Base):
    """Somebody tapped a button of a campaign (`what` is the button), or stopped the news soon after it.

    So that each counts once; numbers alone are kept when it is deleted.
    """

    __tablename__ = "campaign_taps"
    __table_args__ = (Index("ix_campaign_taps_at", "at"),)

    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    what: Mapped[str] = mapped_column(String(32), primary_key=True)
    resident_id: Mapped[str] = mapped_column(ForeignKey("residents.id"), primary_key=True)
    at: Mapped[datetime]
