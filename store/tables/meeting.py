"""Meetings and the series that they come from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, JsonColumn, new_id


class SeriesRow(Base):
    """A recurring meeting: its rule (RFC 5545, without DTSTART), first start (naive London time) and facts.

    `facts` are those of meetings still to be made; each that is there holds its own. `made_to` is the
    London day up to which meetings were made. Once `published_at` is set they are made published.
    `uid` is what the file called it that it came from.
    """

    __tablename__ = "meeting_series"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    rule: Mapped[str] = mapped_column(String(200))
    first_start: Mapped[str] = mapped_column(String(16))
    facts: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    made_to: Mapped[str | None] = mapped_column(String(10))
    published_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    uid: Mapped[str | None] = mapped_column(String(255), unique=True)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class MeetingRow(Base):
    """One meeting, single or of a series. `slot` is the start that the series gave it (naive London time).

    `created_by` is None where it came from a file, `uid` what that called it.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        Index("ix_meetings_state_start", "state", "starts_at"),
        Index("ix_meetings_area_start", "area", "starts_at"),
        Index("uq_meetings_slot", "series_id", "slot", unique=True),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    series_id: Mapped[str | None] = mapped_column(ForeignKey("meeting_series.id"))
    slot: Mapped[str | None] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(12))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    title: Mapped[str] = mapped_column(String(200))
    area: Mapped[str | None] = mapped_column(String(24))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    sequence: Mapped[int] = mapped_column(default=0)
    publish_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None] = mapped_column(Text)
    uid: Mapped[str | None] = mapped_column(String(255), unique=True)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class PriorityRow(Base):
    """One of at most three things that a meeting chose: who does it, and what came of it.

    What of it was shared, and in which sharing of the meeting: see `store.domain.meeting_sharing.Kept`.
    """

    __tablename__ = "meeting_priorities"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(200))
    result: Mapped[str | None] = mapped_column(Text)
    result_at: Mapped[datetime | None]
    shared_in: Mapped[int | None]
    told_in: Mapped[int | None]
    shared_result: Mapped[str | None] = mapped_column(Text)


class SharingRow(Base):
    """What came of a meeting is shared, so often: `number` is that of the last sharing.

    `told_to` is the last person to whom its walk came, `walked` says that it came to its end. Who was
    told of no sharing of this meeting is told from the sharing `since` on.
    """

    __tablename__ = "meeting_sharings"
    __table_args__ = (
        Index(
            "ix_meeting_sharings_due",
            "due_at",
            "meeting_id",
            sqlite_where=text("state IN ('rewording', 'telling')"),
            postgresql_where=text("state IN ('rewording', 'telling')"),
        ),
    )

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    number: Mapped[int]
    since: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    due_at: Mapped[datetime]
    told_to: Mapped[str] = mapped_column(String(32))
    walked: Mapped[bool]
    told: Mapped[int]
    shared_at: Mapped[datetime]
    shared_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
