"""Full text search: which reports and cases a text belongs to, and the piece of text around the words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
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
    true,
    union_all,
)
from sqlalchemy import case as when
from sqlalchemy.orm import InstrumentedAttribute, Session

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
_NOTHING = '""'
"""What no text matches, as FTS5 says it."""
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

    Columns: `report_id`, `case_id`, one of them null; a text may come twice. Words that only begin
    like this are looked for where the whole words stand in fewer than `MAX_HITS` texts: all that
    begin alike must be gathered before the newest are known.
    """
    whole = tuple(replace(wish, open_ended=False) for wish in wishes)
    hits = _readable(session, staff, whole, true()).limit(MAX_HITS).cte("hits")
    if whole == tuple(wishes):
        return hits
    few = select(func.count()).select_from(hits).scalar_subquery() < MAX_HITS
    begun = _readable(session, staff, wishes, few).limit(MAX_HITS).subquery()
    return union_all(select(hits), select(begun)).cte("hits_begun")


def snippets(
    session: Session,
    staff: Staff,
    wishes: tuple[Wanted, ...],
    *,
    reports: Collection[str] = (),
    cases: Collection[str] = (),
) -> Mapping[str, Snippet]:
    """Return a piece of text around the words, by id of the reports and cases that have one."""
    if not wishes:
        return {}
    parts = _told(staff, ReportRow.id, reports) if reports else []
    if cases:
        parts += _told(staff, ReportRow.case_id, cases)
        parts.append(select(MessageRow.case_id, MessageRow.text).where(MessageRow.case_id.in_(cases)))
    found: dict[str, Snippet] = {}
    for id_, text in session.execute(union_all(*parts)) if parts else ():
        piece = snippet(text or "", wishes)
        if piece is not None and id_ is not None:
            found.setdefault(id_, piece)
    return found


def _told(staff: Staff, owner: InstrumentedAttribute[Any], ids: Collection[str]) -> list[Select[Any, Any]]:
    """Return what was said in the reports of these owners, each text with its owner's id."""
    readable = (owner.in_(ids), open_to(staff, ReportRow.restriction))
    said = select(owner, MessageRow.text).join(ReportRow, ReportRow.id == MessageRow.report_id)
    return [
        select(owner, ReportRow.text).where(*readable),
        said.where(*readable),
        select(owner, ReportRow.place_words).where(*readable),
    ]


def _readable(
    session: Session, staff: Staff, wishes: Sequence[Wanted], wanted: ColumnElement[bool]
) -> Select[str | None, str | None]:
    """Return what matches, the newest first, if it is `wanted` at all.

    Restrictions are asked before any limit, so that what somebody may not see takes up no room.
    """
    return (
        _matching(session, wishes, wanted)
        .outerjoin(ReportRow, ReportRow.id == SearchEntryRow.report_id)
        .outerjoin(CaseRow, CaseRow.id == SearchEntryRow.case_id)
        .where(open_to(staff, ReportRow.restriction), open_to(staff, CaseRow.restriction))
    )


def _matching(
    session: Session, wishes: Sequence[Wanted], wanted: ColumnElement[bool]
) -> Select[str | None, str | None]:
    told = select(SearchEntryRow.report_id, SearchEntryRow.case_id)
    if is_sqlite(session):
        # Asked inside of the match: SQLite would gather all that matches before it asks elsewhere.
        said = when((wanted, " AND ".join(map(_fts5, wishes))), else_=_NOTHING)
        match: ColumnElement[bool] = literal_column(FULL_TEXT).op("MATCH")(said)
        joined = told.select_from(_FTS).join(SearchEntryRow, SearchEntryRow.id == _FTS.c.rowid)
        return joined.where(match).order_by(_FTS.c.rowid.desc())
    query = " & ".join(map(_tsquery, wishes))
    words: ColumnElement[Any] = literal_column(f"{SearchEntryRow.__tablename__}.{WORDS}")
    match = words.op("@@")(func.to_tsquery(literal_column("'simple'"), query))
    return told.where(match, wanted).order_by(SearchEntryRow.id.desc())


def _fts5(wish: Wanted) -> str:
    phrase = f'"{" ".join(wish.words)}"'
    return f"{phrase} *" if wish.open_ended else phrase


def _tsquery(wish: Wanted) -> str:
    *first, last = (f"'{word}'" for word in wish.words)
    return "(" + " <-> ".join([*first, f"{last}:*" if wish.open_ended else last]) + ")"
