"""A case has its place from a report that opens with it, and tells of no other report's place."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from store.actions import search
from store.actions.case_parts import reports_in
from store.actions.inside import cases_inside
from store.engine import now
from store.tables.case import CaseRow
from store.tables.report import ReportRow


def place_anew(session: Session, case: CaseRow, gone: Collection[ReportRow] = ()) -> None:
    """Take off a case, and off those that went into it, the place of what does not open with it.

    That is of its reports that are restricted otherwise, and of `gone`, which left it: who may open
    them there is decided there. The case has its place from another of its reports then. To be
    called after whatever takes a report out of a case or changes a restriction of either; the case
    is to be indexed after this.
    """
    mine = reports_in(session, case)
    if _tells_of(case, mine, gone) or not _has_place(case):
        _put(session, case, next((one for one in mine if _opens_with(case, one) and _has_place(one)), None))
    for went in cases_inside(session, case):
        if _tells_of(went, mine, gone):
            _put(session, went, None)
            search.index_case(session, went.id)


def _put(session: Session, case: CaseRow, report: ReportRow | None) -> None:
    """Let a case have the place of this report; without one, none but its ward."""
    case.place_words = report.place_words if report else None
    case.lat, case.lon = (report.lat, report.lon) if report else (None, None)
    if report is not None:
        case.ward, case.area = report.ward, report.area
    case.updated_at = now(session)


def _tells_of(case: CaseRow, mine: Collection[ReportRow], gone: Collection[ReportRow]) -> bool:
    """Tell whether a case has the place of a report that does not open with it, and of no other."""
    shown = [one for one in mine if _opens_with(case, one)]
    hidden = [*gone, *(one for one in mine if not _opens_with(case, one))]
    return any(_is_at(case, one) for one in hidden) and not any(_is_at(case, one) for one in shown)


def _opens_with(case: CaseRow, report: ReportRow) -> bool:
    return report.restriction in {None, case.restriction}


def _has_place(row: CaseRow | ReportRow) -> bool:
    return row.place_words is not None or row.lat is not None


def _is_at(case: CaseRow, report: ReportRow) -> bool:
    """Tell whether they have a place in common; a photo may have given the report its point later."""
    same_words = case.place_words is not None and case.place_words == report.place_words
    return same_words or (case.lat is not None and (case.lat, case.lon) == (report.lat, report.lon))
