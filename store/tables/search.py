"""What can be searched for: folded words of reports, messages and notes.

`search_words` (SQLite: an FTS5 table kept by triggers; PostgreSQL: the column `words` with a GIN
index) belongs to the migrations alone, since the two databases spell it so differently.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base

FULL_TEXT = "search_words"
WORDS = "words"
_ID = BigInteger().with_variant(Integer, "sqlite")


class SearchEntryRow(Base):
    """One piece of text, folded; ids rise with time, so the newest matches come first."""

    __tablename__ = "search_entries"

    id: Mapped[int] = mapped_column(_ID, primary_key=True, autoincrement=False)
    report_id: Mapped[str | None] = mapped_column(ForeignKey("reports.id"), index=True)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("cases.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
