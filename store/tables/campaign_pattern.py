"""Recurring campaigns, and each time that one of them comes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, JsonColumn, new_id


class CampaignPatternRow(Base):
    """One recurring campaign. `at` is London's time (`HH:MM`); `since` the day from which on it comes.

    `look_at` is when the timetable looks at it next, None where a person must say when it comes. `code` is
    the entry of the profile's calendar that it was made of.
    """

    __tablename__ = "campaign_patterns"
    __table_args__ = (Index("ix_campaign_patterns_look_at", "state", "look_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    state: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200))
    facts: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    rule: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    file_key: Mapped[str | None] = mapped_column(ForeignKey("campaign_files.key"))
    at: Mapped[str] = mapped_column(String(5))
    sure: Mapped[bool]
    author_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    approved_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    approved_at: Mapped[datetime | None]
    code: Mapped[str | None] = mapped_column(String(80), unique=True)
    note: Mapped[str | None] = mapped_column(String(500))
    since: Mapped[date]
    look_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class CampaignOccurrenceRow(Base):
    """One time that a recurring campaign comes (`key`), and the campaign it became; none where it was missed.

    `first_day` and `last_day` are what is known or guessed of its days, both none where nothing is.
    `by_rule` says that the rule gave it, and no person.
    """

    __tablename__ = "campaign_occurrences"
    __table_args__ = (UniqueConstraint("pattern_id", "key"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    pattern_id: Mapped[str] = mapped_column(ForeignKey("campaign_patterns.id"))
    key: Mapped[str] = mapped_column(String(40))
    by_rule: Mapped[bool]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    campaign_id: Mapped[str | None] = mapped_column(ForeignKey("campaigns.id"), unique=True)
    guessed: Mapped[bool]
    confirmed_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    confirmed_at: Mapped[datetime | None]
    missed_at: Mapped[datetime | None]
    made_at: Mapped[datetime]
