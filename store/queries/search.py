"""Full text search: which reports or cases have all words, and the pieces of text around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    column,
    exists,
    func,
    literal,
    literal_column,
    select,
    table,
    true,
    union_all,
)
from sqlalchemy import case as when
from sqlalchemy.orm import Session, aliased

from store.domain.finding import Kind
from store.domain.found import MAX_COUNT
from store.domain.search_words import Snippet, Text, Wanted, Where
from store.domain.search_words import snippets as snippets_of
from store.domain.staff import Staff
from store.engine.dialect import is_sqlite
from store.queries import texts
from store.queries.visible import check_worker, open_to
from store.tables.case import CaseRow
from store.tables.report import ReportRow
from store.tables.search import FULL_TEXT, WORDS, CasePageRow, ReportTextRow

MAX_HITS = MAX_COUNT + 1
"""Only the newest records that match are looked at: a word that stands everywhere finds no more."""
_NOTHING = '""'
"""What no text matches, as FTS5 says it."""
_ORDER = {where.value: place for place, where in enumerate(Where)}
_DOCUMENTS: Mapping[Kind, tuple[Any, Any]] = {
    Kind.REPORTS: (ReportTextRow, ReportRow),
    Kind.CASES: (CasePageRow, CaseRow),
}


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


def hits(session: Session, staff: Staff, kind: Kind, wishes: Sequence[Wanted]) -> CTE:
    """Return the newest reports or cases in whose texts all of this stands and that `staff` may open.

    One column, `id`; one may come twice. Words that only begin like this are looked for where the
    whole words stand in fewer than `MAX_HITS`: all that begin alike must be gathered before the
    newest are known.
    """
    whole = tuple(replace(wish, open_ended=False) for wish in wishes)
    hits = _readable(session, staff, kind, whole, true()).limit(MAX_HITS).cte()
    few = select(func.count()).select_from(hits).scalar_subquery() < MAX_HITS
    more = []
    if whole != tuple(wishes):
        more.append(_readable(session, staff, kind, wishes, few))
    if kind is Kind.CASES and len(wishes) > 1:
        more.append(_on_several_pages(session, staff, wishes, few))
    if not more:
        return hits
    return union_all(select(hits), *(select(found.limit(MAX_HITS).subquery()) for found in more)).cte()


def snippets(
    session: Session,
    staff: Staff,
    wishes: tuple[Wanted, ...],
    *,
    reports: Collection[str] = (),
    cases: Collection[str] = (),
) -> Mapping[str, tuple[Snippet, ...]]:
    """Return pieces of text around the words, by id of the reports and cases that have some."""
    if not wishes:
        return {}
    readable = open_to(staff, ReportRow.restriction)
    parts = texts.of_reports(ReportRow.id, reports, readable) if reports else []
    if cases:
        parts += texts.of_reports(ReportRow.case_id, cases, readable) + texts.of_cases(cases)
    told: defaultdict[str, list[Text]] = defaultdict(list)
    for id_, where, text in session.execute(union_all(*parts)) if parts else ():
        told[id_].append((Where(where), text or ""))
    pieces = {id_: snippets_of(sorted(said, key=_place), wishes) for id_, said in told.items()}
    return {id_: found for id_, found in pieces.items() if found}


def _place(text: Text) -> int:
    return _ORDER[text[0]]


def _readable(
    session: Session, staff: Staff, kind: Kind, wishes: Sequence[Wanted], wanted: ColumnElement[bool]
) -> Select[str]:
    """Return what matches, the newest first, if it is `wanted` at all.

    Restrictions are asked before any limit, so that what somebody may not see takes up no room.
    What a case's document was written for is asked too: it may know more than the case lets be read.
    """
    texts_of, row = _DOCUMENTS[kind]
    matching = _matching(session, texts_of, wishes, wanted).join(row, row.id == texts_of.record_id)
    readable = matching.where(open_to(staff, row.restriction))
    return readable.where(open_to(staff, CasePageRow.restriction)) if kind is Kind.CASES else readable


def _on_several_pages(
    session: Session, staff: Staff, wishes: Sequence[Wanted], wanted: ColumnElement[bool]
) -> Select[str]:
    """Return the cases of more than one page on which all of this stands somewhere: they are few."""
    first = select(CasePageRow.record_id.label("id")).join(CaseRow, CaseRow.id == CasePageRow.record_id)
    readable = first.where(open_to(staff, CaseRow.restriction), open_to(staff, CasePageRow.restriction))
    is_second = CasePageRow.page == literal_column("1")  # a bound value would not use the index of these
    on_some_page = (_stands_on_a_page(session, wish, wanted) for wish in wishes)
    # Not in the order of the table: SQLite would walk all pages for the sake of it.
    by_age = (CasePageRow.id + literal_column("0")).desc()
    return readable.where(wanted, is_second, *on_some_page).order_by(by_age)


def _stands_on_a_page(session: Session, wish: Wanted, wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    """Tell whether some page of a case has this.

    SQLite is asked about each page by its number, where many may have a word; what words begin with
    it gathers anew each time, so these pages it is asked for at once.
    """
    page = aliased(CasePageRow, name="one_page")
    stands: ColumnElement[bool]
    if is_sqlite(session):
        name = f"{CasePageRow.__tablename__}{FULL_TEXT}"
        number = table(name, column("rowid")).c.rowid
        match = literal_column(name).op("MATCH")
        if wish.open_ended:
            stands = page.id.in_(select(number).where(match(when((wanted, _fts5(wish)), else_=_NOTHING))))
        else:
            stands = exists().where(number == page.id, match(_fts5(wish))).correlate(page)
    else:
        query = func.to_tsquery(literal_column("'simple'"), _tsquery(wish))
        stands = literal_column(f"one_page.{WORDS}").op("@@")(query)
    return exists().where(page.record_id == CasePageRow.record_id, stands).correlate(CasePageRow)


def _matching(
    session: Session, texts_of: Any, wishes: Sequence[Wanted], wanted: ColumnElement[bool]
) -> Select[str]:
    told = select(texts_of.record_id.label("id"))
    name = texts_of.__tablename__
    if is_sqlite(session):
        # Asked inside of the match: SQLite would gather all that matches before it asks elsewhere.
        said = when((wanted, " AND ".join(map(_fts5, wishes))), else_=_NOTHING)
        full = table(f"{name}{FULL_TEXT}", column("rowid"))
        match: ColumnElement[bool] = literal_column(f"{name}{FULL_TEXT}").op("MATCH")(said)
        joined = told.select_from(full).join(texts_of, texts_of.id == full.c.rowid)
        return joined.where(match).order_by(full.c.rowid.desc())
    query = " & ".join(map(_tsquery, wishes))
    words: ColumnElement[Any] = literal_column(f"{name}.{WORDS}")
    match = words.op("@@")(func.to_tsquery(literal_column("'simple'"), query))
    return told.where(match, wanted).order_by(texts_of.id.desc())


def _fts5(wish: Wanted) -> str:
    phrase = f'"{" ".join(wish.words)}"'
    return f"{phrase} *" if wish.open_ended else phrase


def _tsquery(wish: Wanted) -> str:
    *first, last = (f"'{word}'" for word in wish.words)
    return "(" + " <-> ".join([*first, f"{last}:*" if wish.open_ended else last]) + ")"
