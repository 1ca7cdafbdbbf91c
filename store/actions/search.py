"""Keep what can be searched for, and write down that somebody searched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, bindparam, or_, select, union_all
from sqlalchemy.orm import Session

from store.actions import event
from store.domain.event import Action
from store.domain.finding import Filter, pairs_of
from store.domain.search_words import document, joined
from store.domain.staff import By
from store.engine.dialect import inserts, is_sqlite
from store.queries import texts
from store.tables.case import CaseRow
from store.tables.ids import rising_ids
from store.tables.report import ReportRow
from store.tables.search import CaseTextRow, ReportTextRow

EVERYWHERE = "everywhere"
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_OF_REPORTS = union_all(*texts.of_reports(ReportRow.id, _IDS))
_OF_CASES = union_all(*texts.of_cases(_IDS))
_CASE = select(CaseRow.restriction).where(CaseRow.id == bindparam("case_id")).with_for_update()
_REPORTS_OF_CASE = (
    select(ReportTextRow.text)
    .join(ReportRow, ReportRow.id == ReportTextRow.record_id)
    .where(
        ReportRow.case_id == bindparam("case_id"),
        or_(ReportRow.restriction.is_(None), ReportRow.restriction == bindparam("restriction")),
    )
    .order_by(ReportTextRow.id.desc())
)


def _keep(table: Any, *columns: str) -> dict[bool, Any]:
    """Return what writes a document in place of the one before, for SQLite (True) and PostgreSQL."""
    return {
        sqlite: insert.on_conflict_do_update(
            index_elements=["record_id"], set_={name: insert.excluded[name] for name in columns}
        )
        for sqlite, insert in inserts(table).items()
    }


_KEEP_REPORT = _keep(ReportTextRow.__table__, "text")
_KEEP_CASE = _keep(CaseTextRow.__table__, "restriction", "text")


def index_report(session: Session, report_id: str) -> None:
    """Let a report be found by all that it says now, and the case that it is in.

    To be called after whatever changes one of its `queries.texts`; the report is locked.
    """
    session.flush()
    entry = {"id": rising_ids.next(), "record_id": report_id, "text": _said(session, _OF_REPORTS, report_id)}
    session.execute(_KEEP_REPORT[is_sqlite(session)], entry)
    case_id = session.get_one(ReportRow, report_id).case_id
    if case_id is not None:
        index_case(session, case_id)


def index_case(session: Session, case_id: str) -> None:
    """Let a case be found by all that it says now and by what its reports say.

    Reports restricted otherwise than the case are left out: whoever may open the one may not open
    the others. To be called after whatever changes one of its `queries.texts`, which reports it has
    or a restriction of these.
    """
    session.flush()
    restriction = session.scalar(_CASE, {"case_id": case_id})
    parts = session.scalars(_REPORTS_OF_CASE, {"case_id": case_id, "restriction": restriction})
    said = joined([_said(session, _OF_CASES, case_id), *parts])
    entry = {"id": rising_ids.next(), "record_id": case_id, "restriction": restriction, "text": said}
    session.execute(_KEEP_CASE[is_sqlite(session)], entry)


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
