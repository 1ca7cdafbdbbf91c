"""Files that belong to a report: where each came from, and what became of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, new_id


class EvidenceRow(Base):
    """One file. States: waiting (to be fetched), kept, refused, failed.

    `key` is where the original lies, until its time is over; `copy_key` where the copy without
    metadata does. `photo_place` is the person's wish to use the place that the picture holds.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        Index(
            "ix_evidence_waiting",
            "due_at",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_evidence_sealed",
            "kept_at",
            sqlite_where=text("key IS NOT NULL AND copy_key IS NOT NULL"),
            postgresql_where=text("key IS NOT NULL AND copy_key IS NOT NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    file_id: Mapped[str] = mapped_column(String(200))
    unique_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str | None] = mapped_column(String(200))
    size: Mapped[int | None] = mapped_column(BigInteger)
    media_type: Mapped[str | None] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str | None] = mapped_column(Text)
    key: Mapped[str | None] = mapped_column(String(80))
    sha256: Mapped[str | None] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    photo_place: Mapped[bool] = mapped_column(default=False)
    copy_key: Mapped[str | None] = mapped_column(String(80))
    kept_at: Mapped[datetime | None]
    keep_reason: Mapped[str | None] = mapped_column(Text)
    quarantined_at: Mapped[datetime | None]
    quarantine_reason: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class DoomedFileRow(Base):
    """A file in the store that nothing points to: from `since` on the worker deletes it, then this row.

    One that is being put has a `since` to come.
    """

    __tablename__ = "doomed_files"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    since: Mapped[datetime]
