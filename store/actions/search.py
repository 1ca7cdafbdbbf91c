"""Keep what can be searched for, and write down that somebody searched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Session

from store.actions import event
from store.domain.event import Action
from store.domain.finding import Filter, pairs_of
from store.domain.search_words import BETWEEN, PAGE_CHARACTERS, document, pages
from store.domain.staff import By
from store.engine.dialect import inserts, is_sqlite
from store.queries import texts
from store.tables.case import CaseRow
from store.tables.ids import rising_ids
from store.tables.report import ReportRow
from store.tables.search import CasePageRow, ReportTextRow

EVERYWHERE = "everywhere"
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_OF_REPORTS = union_all(*texts.of_reports(ReportRow.id, _IDS))
_OF_CASES = union_all(*texts.of_cases(_IDS))
_LAST = select(func.max(CasePageRow.page)).where(CasePageRow.record_id == CaseRow.id).correlate(CaseRow)
_CASE = (
    select(CaseRow.restriction, func.coalesce(_LAST.scalar_subquery(), -1))
    .where(CaseRow.id == bindparam("case_id"))
    .with_for_update()
)
_REPORTS_OF_CASE = (
    select(ReportTextRow.text)
    .join(ReportRow, ReportRow.id == ReportTextRow.record_id)
    .where(
        ReportRow.case_id == bindparam("case_id"),
        or_(ReportRow.restriction.is_(None), ReportRow.restriction == bindparam("restriction")),
    )
    .order_by(ReportTextRow.id.desc())
)
_PAGE = (CasePageRow.record_id == bindparam("case_id"), CasePageRow.page == bindparam("last"))
_GO_ON = (
    update(CasePageRow)
    .where(*_PAGE, func.length(CasePageRow.text) < bindparam("room"))
    .values(text=CasePageRow.text + bindparam("said"))
    .execution_options(synchronize_session=False)
)
_DROP_PAGES = (
    delete(CasePageRow)
    .where(CasePageRow.record_id == bindparam("case_id"), CasePageRow.page > bindparam("last"))
    .execution_options(synchronize_session=False)
)


def _keep(table: Any, key: Sequence[str], *columns: str) -> dict[bool, Any]:
    """Return what writes a document in place of the one before, for SQLite (True) and PostgreSQL."""
    return {
        sqlite: insert.on_conflict_do_update(
            index_elements=key, set_={name: insert.excluded[name] for name in columns}
        )
        for sqlite, insert in inserts(table).items()
    }


_KEEP_REPORT = _keep(ReportTextRow.__table__, ["record_id"], "text")
_KEEP_CASE = _keep(CasePageRow.__table__, ["record_id", "page"], "restriction", "text")


def index_report(session: Session, report_id: str) -> None:
    """Let a report be found by all that it says now, and the case that it is in.

    To be called after whatever changes one of its `queries.texts`; the report is locked.
    """
    case_id = _index_report(session, report_id).case_id
    if case_id is not None:
        index_case(session, case_id)


def index_case(session: Session, case_id: str) -> None:
    """Let a case be found by all that it says now and by what its reports say.

    Reports restricted otherwise than the case are left out: whoever may open the one may not open
    the others. To be called after whatever changes one of its `queries.texts`, which reports it has
    or a restriction of these; where only words came, `add_to_report` and `add_to_case` are enough.
    """
    session.flush()
    restriction, last = session.execute(_CASE, {"case_id": case_id}).one()
    parts = session.scalars(_REPORTS_OF_CASE, {"case_id": case_id, "restriction": restriction})
    said = pages([_said(session, _OF_CASES, case_id), *parts])
    entries = [_page(case_id, number, restriction, text) for number, text in enumerate(said)]
    session.execute(_KEEP_CASE[is_sqlite(session)], entries)
    if last >= len(said):
        session.execute(_DROP_PAGES, {"case_id": case_id, "last": len(said) - 1})


def add_to_report(session: Session, report_id: str, text: str) -> None:
    """Let a report be found by one more text that it has by now, and the case that it is in."""
    report = _index_report(session, report_id)
    if report.case_id is not None:
        _add(session, report.case_id, text, report.restriction)


def add_to_case(session: Session, case_id: str, text: str) -> None:
    """Let a case be found by one more text that it has by now: only its last page is written."""
    session.flush()
    _add(session, case_id, text, None)


def _index_report(session: Session, report_id: str) -> ReportRow:
    session.flush()
    entry = {"id": rising_ids.next(), "record_id": report_id, "text": _said(session, _OF_REPORTS, report_id)}
    session.execute(_KEEP_REPORT[is_sqlite(session)], entry)
    return session.get_one(ReportRow, report_id)


def _add(session: Session, case_id: str, text: str, under: str | None) -> None:
    restriction, last = session.execute(_CASE, {"case_id": case_id}).one()
    said = document([text])
    if not said or under not in {None, restriction}:
        return
    here = {"case_id": case_id, "last": last, "room": PAGE_CHARACTERS - len(said), "said": BETWEEN + said}
    written: Any = session.execute(_GO_ON, here)
    if not written.rowcount:
        session.execute(insert(CasePageRow), _page(case_id, last + 1, restriction, said))


def _page(case_id: str, number: int, restriction: str | None, text: str) -> dict[str, Any]:
    return {
        "id": rising_ids.next(),
        "record_id": case_id,
        "page": number,
        "restriction": restriction,
        "text": text,
    }


def _said(session: Session, texts_of: CompoundSelect[Any], id_: str) -> str:
    return document(text or "" for _, _, text in session.execute(texts_of, {"ids": [id_]}))


def record(session: Session, by: By, wanted: Filter) -> None:
    """Write down that `by` searched one list; the words go into the details, which can be erased."""
    _record(session, by, wanted.kind.value, {"words": wanted.text, "filter": pairs_of(wanted)})


def record_everywhere(session: Session, by: By, words: str) -> None:
    """Write down that `by` searched reports and cases at once, as `record`."""
    _record(session, by, EVERYWHERE, {"words": words})


def _record(session: Session, by: By, where: str, details: Mapping[str, object]) -> None:
    event.record(session, by.actor, Action.SEARCH_MADE, ("search", where), details)
