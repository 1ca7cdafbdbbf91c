"""What can be searched for: a document for each report and each case, the folded words of all its texts.

What finds words in `text` (SQLite: an FTS5 table kept by triggers, called as the table with
`FULL_TEXT` behind; PostgreSQL: the column `words` with a GIN index) belongs to the migrations alone,
since the two databases spell it so differently. Ids rise with time, so the newest come first.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base

FULL_TEXT = "_search"
WORDS = "words"
_ID = BigInteger().with_variant(Integer, "sqlite")


class ReportTextRow(Base):
    """What a report, its thread and its reporter say."""

    __tablename__ = "report_texts"

    id: Mapped[int] = mapped_column(_ID, primary_key=True, autoincrement=False)
    record_id: Mapped[str] = mapped_column(ForeignKey("reports.id"), unique=True)
    text: Mapped[str] = mapped_column(Text)


class CaseTextRow(Base):
    """What a case and its reports say; reports under a `restriction` of another kind are left out."""

    __tablename__ = "case_texts"

    id: Mapped[int] = mapped_column(_ID, primary_key=True, autoincrement=False)
    record_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), unique=True)
    restriction: Mapped[str | None] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
