"""What can be searched for: a document for each report and each case, the folded words of all its texts.

The document of a case has pages: what is added to a long one goes onto its last page alone.

What finds words in `text` (SQLite: an FTS5 table kept by triggers, called as the table with
`FULL_TEXT` behind; PostgreSQL: the column `words` with a GIN index) belongs to the migrations alone,
since the two databases spell it so differently. Ids rise with time, so the newest come first.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base

FULL_TEXT = "_search"
WORDS = "words"
_ID = BigInteger().with_variant(Integer, "sqlite")
_IS_SECOND = sql_text("page = 1")


class ReportTextRow(Base):
    """What a report, its thread and its reporter say."""

    __tablename__ = "report_texts"

    id: Mapped[int] = mapped_column(_ID, primary_key=True, autoincrement=False)
    record_id: Mapped[str] = mapped_column(ForeignKey("reports.id"), unique=True)
    text: Mapped[str] = mapped_column(Text)


class CasePageRow(Base):
    """A page of what a case and its reports say.

    Reports under a `restriction` of another kind are left out. No text goes from one page onto the next.
    """

    __tablename__ = "case_pages"
    __table_args__ = (
        UniqueConstraint("record_id", "page"),
        Index("ix_case_pages_long", "record_id", sqlite_where=_IS_SECOND, postgresql_where=_IS_SECOND),
    )

    id: Mapped[int] = mapped_column(_ID, primary_key=True, autoincrement=False)
    record_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    page: Mapped[int] = mapped_column(Integer)
    restriction: Mapped[str | None] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
