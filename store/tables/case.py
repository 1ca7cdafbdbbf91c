"""Cases: the unit staff work, made of one or more reports of the same problem."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Computed, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import REFERENCE_END, Base, new_id


class CaseRow(Base):
    """One case; `version` guards against lost edits.

    Place and kinds are those of its first report until staff say otherwise. `target_at` is when
    the reporters are due word next, as `target_kind` says (first_contact, update); None when
    closed or where no target is set. While `target_paused_at` is set, the clock stands.
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_state", "state", "updated_at"),
        Index("ix_cases_newest", "updated_at", "id"),
        Index("ix_cases_officer", "officer_id", "state", "updated_at"),
        Index(
            "ix_cases_no_point",
            "updated_at",
            "id",
            sqlite_where=text("lat IS NULL"),
            postgresql_where=text("lat IS NULL"),
        ),
        Index(
            "ix_cases_target",
            "target_at",
            sqlite_where=text("target_at IS NOT NULL"),
            postgresql_where=text("target_at IS NOT NULL"),
        ),
        Index(
            "ix_cases_merged_into",
            "merged_into_id",
            sqlite_where=text("merged_into_id IS NOT NULL"),
            postgresql_where=text("merged_into_id IS NOT NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(String(11), unique=True)
    reference_end: Mapped[str] = mapped_column(String(5), Computed(REFERENCE_END), index=True)
    state: Mapped[str] = mapped_column(String(20))
    category: Mapped[str] = mapped_column(String(48))
    priority: Mapped[str] = mapped_column(String(2))
    regime: Mapped[str] = mapped_column(String(16), default="general")
    officer_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    outcome: Mapped[str | None] = mapped_column(String(32))
    closing_words: Mapped[str | None] = mapped_column(Text)
    restriction: Mapped[str | None] = mapped_column(String(16))
    record_type: Mapped[str] = mapped_column(String(24))
    home_office_type: Mapped[str] = mapped_column(String(16))
    place_words: Mapped[str | None] = mapped_column(Text)
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    ward: Mapped[str | None] = mapped_column(String(16))
    area: Mapped[str | None] = mapped_column(String(32))
    legal_hold: Mapped[str | None] = mapped_column(Text)
    review_on: Mapped[date | None]
    merged_into_id: Mapped[str | None] = mapped_column(ForeignKey("cases.id"))
    contacted_at: Mapped[datetime | None]
    target_at: Mapped[datetime | None]
    target_kind: Mapped[str | None] = mapped_column(String(16))
    target_paused_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class
