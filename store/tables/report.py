"""Reports: one incident told by one person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Computed, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import REFERENCE_END, Base, new_id


class ReportRow(Base):
    """One report. `place_words` to `neighbour` say where; `version` guards against lost edits.

    `target_at` is when first human contact is due, and while it waits after that the decision or
    next word; None once it is in a case whose reporter heard, once it ended, or where no target is
    set. While `target_paused_at` is set, the clock stands. `contacted_at` is the first word from a
    person, `told_at` the last. `entered_by` wrote it down for somebody who phoned or came.
    """

    __tablename__ = "reports"
    __table_args__ = (
        Index(
            "ix_reports_queue",
            "priority",
            "created_at",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_reports_state", "state", "created_at"),
        Index("ix_reports_reporter", "reporter_id", "created_at"),
        Index("ix_reports_near", "category", "ward", "created_at"),
        Index("ix_reports_kind", "category", "created_at"),
        Index("ix_reports_newest", "created_at", "id"),
        Index(
            "ix_reports_map",
            "created_at",
            sqlite_where=text("lat IS NOT NULL"),
            postgresql_where=text("lat IS NOT NULL"),
        ),
        Index(
            "ix_reports_no_point",
            "created_at",
            "id",
            sqlite_where=text("lat IS NULL"),
            postgresql_where=text("lat IS NULL"),
        ),
        Index(
            "ix_reports_target",
            "target_at",
            sqlite_where=text("target_at IS NOT NULL"),
            postgresql_where=text("target_at IS NOT NULL"),
        ),
        Index(
            "ix_reports_paused",
            "target_paused_at",
            sqlite_where=text("target_paused_at IS NOT NULL"),
            postgresql_where=text("target_paused_at IS NOT NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(String(11), unique=True)
    reference_end: Mapped[str] = mapped_column(String(5), Computed(REFERENCE_END), index=True)
    reporter_id: Mapped[str] = mapped_column(ForeignKey("residents.id"))
    case_id: Mapped[str | None] = mapped_column(ForeignKey("cases.id"), index=True)
    state: Mapped[str] = mapped_column(String(10))
    closed_reason: Mapped[str | None] = mapped_column(String(32))
    closing_words: Mapped[str | None] = mapped_column(Text)
    category: Mapped[str] = mapped_column(String(48))
    record_type: Mapped[str] = mapped_column(String(24))
    home_office_type: Mapped[str] = mapped_column(String(16))
    priority: Mapped[str] = mapped_column(String(2))
    identity: Mapped[str] = mapped_column(String(12))
    source: Mapped[str] = mapped_column(String(12))
    language: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    place_words: Mapped[str | None] = mapped_column(Text)
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    ward: Mapped[str | None] = mapped_column(String(16))
    area: Mapped[str | None] = mapped_column(String(32))
    outside: Mapped[bool] = mapped_column(default=False)
    neighbour: Mapped[str | None] = mapped_column(String(80))
    occurred: Mapped[str | None] = mapped_column(Text)
    still_going: Mapped[str | None] = mapped_column(String(16))
    how_often: Mapped[str | None] = mapped_column(String(16))
    extra: Mapped[dict[str, Any]]
    danger: Mapped[bool] = mapped_column(default=False)
    safety_shown: Mapped[dict[str, Any]] = mapped_column(default=dict)
    restriction: Mapped[str | None] = mapped_column(String(16))
    taken_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    entered_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    contacted_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    target_at: Mapped[datetime | None]
    target_paused_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class
