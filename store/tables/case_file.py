"""What belongs to a case besides its reports: people, tasks, tags, links, merges."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, JsonColumn, new_id


class CasePersonRow(Base):
    """A person of a case. Roles: reporter, victim, witness, subject (DPA 2018 s.38 keeps them apart).

    `warning` says how they must not be contacted; `ended_at` once they were taken off the case.
    """

    __tablename__ = "case_people"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(200))
    contact: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(Text)
    warning: Mapped[str | None] = mapped_column(Text)
    under_18: Mapped[bool] = mapped_column(default=False)
    created_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class TaskRow(Base):
    """Something to do about a case by a day; open until `done_at`."""

    __tablename__ = "tasks"
    __table_args__ = (Index("ix_tasks_assignee", "assignee_id", "done_at", "due_on"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    assignee_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    due_on: Mapped[date | None]
    created_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]
    done_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    done_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class CaseTagRow(Base):
    """A short word that staff put on a case, to find it by."""

    __tablename__ = "case_tags"
    __table_args__ = (Index("ix_case_tags_tag", "tag", "case_id"),)

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(32), primary_key=True)


class CaseLinkRow(Base):
    """Two cases that have to do with each other; kept once, the smaller id first."""

    __tablename__ = "case_links"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    other_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True, index=True)
    created_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]


class CaseMergeRow(Base):
    """One case that went into another. `moved` says what went along, so that it can go back."""

    __tablename__ = "case_merges"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    from_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    into_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    moved: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    created_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
