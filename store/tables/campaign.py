"""Campaigns and urgent alerts: what is told to those who subscribed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, JsonColumn, new_id


class CampaignRow(Base):
    """One campaign. `told_to` is the last person it was made out to, while that goes on.

    Afterwards it is the last up to whom all its messages are known to have ended. One that is spread over
    hours counts for how many it is (`reach`), and how many it was made out to. The ids of its messages are
    above `first_id`; `retried_to` is the last that failed and was looked at while they are tried again.
    `settled_to`: the key of the last of its messages that followed its pause, its going on or its end, while
    others have not yet. `danger_agreed`: whoever approved it marked danger to life, which an urgent alert
    needs for the night.
    """

    __tablename__ = "campaigns"
    __table_args__ = (
        Index("ix_campaigns_state", "state", "send_at"),
        Index(
            "ix_campaigns_unsettled",
            "id",
            sqlite_where=text("settled_to IS NOT NULL"),
            postgresql_where=text("settled_to IS NOT NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    state: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200))
    facts: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    lane: Mapped[int] = mapped_column(server_default="4")
    file_key: Mapped[str | None] = mapped_column(ForeignKey("campaign_files.key"))
    send_at: Mapped[datetime | None]
    author_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    approved_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    approved_at: Mapped[datetime | None]
    danger_agreed: Mapped[bool] = mapped_column(default=False, server_default=false())
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    told_to: Mapped[str | None] = mapped_column(String(32))
    reach: Mapped[int | None]
    reached: Mapped[int | None]
    all_told: Mapped[bool] = mapped_column(default=False)
    retried_to: Mapped[int | None] = mapped_column(BigInteger)
    settled_to: Mapped[str | None] = mapped_column(String(100))
    first_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class
