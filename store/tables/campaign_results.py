"""What became of campaigns, counted every so often."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, JsonColumn


class CampaignResultsRow(Base):
    """What was counted last of one campaign; `counted_at` is None where it is to be counted anew.

    `counts` are by state, and under `later` how many of those queued may not go yet; `reasons` are lists of
    state, words of the messenger and number. `claimed_at` is when somebody set about counting. `said` is
    what its author and its approver were told last in their chats; `all_said`: also how it ended. `taps`
    count what is no longer in `campaign_taps`.
    """

    __tablename__ = "campaign_results"

    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    counts: Mapped[dict[str, int]] = mapped_column(JsonColumn)
    reasons: Mapped[list[Any]] = mapped_column(JsonColumn)
    next_at: Mapped[datetime | None]
    per_second: Mapped[float]
    counted_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    took_ms: Mapped[int]
    taps: Mapped[dict[str, int]] = mapped_column(JsonColumn)
    said: Mapped[str | None] = mapped_column(Text)
    said_at: Mapped[datetime | None]
    all_said: Mapped[bool] = mapped_column(default=False)
