"""Full text search: which reports and cases a text belongs to, and the piece of text around the words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
    union_all,
)
from sqlalchemy.orm import Session

from store.domain.finding import Kind
from store.domain.search_words import Snippet, Wanted, snippet
from store.domain.staff import Staff
from store.engine.dialect import is_sqlite
from store.queries.visible import check_worker, open_to
from store.tables.case import CaseRow
from store.tables.message import MessageRow
from store.tables.report import ReportRow
from store.tables.search import FULL_TEXT, WORDS, SearchEntryRow

MAX_HITS = 1_000
"""Only the newest texts that match are looked at: a word that stands everywhere finds no more."""
_FTS = table(FULL_TEXT, column("rowid"))


def where_is(session: Session, staff: Staff, reference: str) -> Kind | None:
    """Tell what has this reference; None when nothing has, or what `staff` may not open."""
    check_worker(staff)
    report = select(literal(Kind.REPORTS.value)).where(
        ReportRow.reference == reference, open_to(staff, ReportRow.restriction)
    )
    case = select(literal(Kind.CASES.value)).where(
        CaseRow.reference == reference, open_to(staff, CaseRow.restriction)
    )
    kind = session.execute(union_all(report, case).limit(1)).scalar()
    return Kind(kind) if kind else None


def hits(session: Session, staff: Staff, wishes: Sequence[Wanted]) -> CTE:
    """Return the newest texts in which all of this stands and that `staff` may read.

    Columns: `report_id`, `case_id`, one of them null.
    """
    told = select(SearchEntryRow.report_id, SearchEntryRow.case_id)
    # Restrictions are asked before the limit, so that what somebody may not see takes up no room.
    readable = (
        _matching(session, told, wishes)
        .outerjoin(ReportRow, ReportRow.id == SearchEntryRow.report_id)
        .outerjoin(CaseRow, CaseRow.id == SearchEntryRow.case_id)
        .where(open_to(staff, ReportRow.restriction), open_to(staff, CaseRow.restriction))
    )
    return readable.limit(MAX_HITS).cte("hits")


def snippets(
    session: Session, staff: Staff, kind: Kind, ids: Collection[str], wishes: tuple[Wanted, ...]
) -> Mapping[str, Snippet]:
    """Return a piece of text around the words, by id of the reports or cases that have one."""
    owner = ReportRow.id if kind is Kind.REPORTS else ReportRow.case_id
    readable = (owner.in_(ids), open_to(staff, ReportRow.restriction))
    told = select(owner, ReportRow.text).where(*readable)
    place = select(owner, ReportRow.place_words).where(*readable)
    said = select(owner, MessageRow.text).join(ReportRow, ReportRow.id == MessageRow.report_id)
    parts = [told, said.where(*readable), place]
    if kind is Kind.CASES:
        parts.append(select(MessageRow.case_id, MessageRow.text).where(MessageRow.case_id.in_(ids)))
    found: dict[str, Snippet] = {}
    for id_, text in session.execute(union_all(*parts)):
        piece = snippet(text or "", wishes)
        if piece is not None and id_ is not None:
            found.setdefault(id_, piece)
    return found


def _matching(
    session: Session, told: Select[str | None, str | None], wishes: Sequence[Wanted]
) -> Select[str | None, str | None]:
    if is_sqlite(session):
        query = " AND ".join(map(_fts5, wishes))
        match: ColumnElement[bool] = literal_column(FULL_TEXT).op("MATCH")(query)
        joined = told.select_from(_FTS).join(SearchEntryRow, SearchEntryRow.id == _FTS.c.rowid)
        return joined.where(match).order_by(_FTS.c.rowid.desc())
    query = " & ".join(map(_tsquery, wishes))
    words: ColumnElement[Any] = literal_column(f"{SearchEntryRow.__tablename__}.{WORDS}")
    match = words.op("@@")(func.to_tsquery(literal_column("'simple'"), query))
    return told.where(match).order_by(SearchEntryRow.id.desc())


def _fts5(wish: Wanted) -> str:
    phrase = f'"{" ".join(wish.words)}"'
    return f"{phrase} *" if wish.open_ended else phrase


def _tsquery(wish: Wanted) -> str:
    *first, last = (f"'{word}'" for word in wish.words)
    return "(" + " <-> ".join([*first, f"{last}:*" if wish.open_ended else last]) + ")"
