"""Lists of reports and cases by a filter, their points on the map, and their rows for an export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import ScalarSelect, Select, and_, func, null, select, tuple_
from sqlalchemy.orm import Session, aliased

from store.domain import page_mark
from store.domain.finding import Filter, Kind
from store.domain.found import MAX_COUNT, MAX_POINTS, Everywhere, ExportRow, Found, MapPoint
from store.domain.reference import Profile
from store.domain.search_words import wanted as wishes_of
from store.domain.staff import Staff
from store.domain.triage import CaseLine, ReportLine
from store.queries import cases, reports
from store.queries.glances import glances
from store.queries.narrowing import Condition, conditions, order_of, received, row_of
from store.queries.search import snippets
from store.queries.visible import check_worker, open_to
from store.tables.case import CaseRow
from store.tables.report import ReportRow
from store.tables.staff import StaffRow

ONE_PAGE, LONG_PAGE = 20, 100
Narrow = Callable[[Select[*tuple[Any, ...]]], Select[*tuple[Any, ...]]]
_Lines = Callable[[Session, Staff, Narrow, ScalarSelect[int]], tuple[Sequence[Any], int]]


def found_reports(
    session: Session, staff: Staff, profile: Profile, wanted: Filter, after: str = "", size: int = ONE_PAGE
) -> Found[ReportLine]:
    """Return a page of the reports that `staff` may open and the filter lets through.

    `after` is the mark of the page before, `size` how many lines a page has. Refusals:
    `staff.not_allowed`, `finding.bad_value`.
    """
    found = _listed(session, staff, profile, wanted, (after, size))
    ids = [line.id for line in found.lines]
    if wanted.is_queue:
        return replace(found, glances=glances(session, staff, ids))
    return replace(found, snippets=snippets(session, staff, wishes_of(wanted.text), reports=ids))


def found_cases(
    session: Session, staff: Staff, profile: Profile, wanted: Filter, after: str = "", size: int = ONE_PAGE
) -> Found[CaseLine]:
    """Return a page of the cases that `staff` may open and the filter lets through, as `found_reports`."""
    found = _listed(session, staff, profile, wanted, (after, size))
    ids = [line.id for line in found.lines]
    return replace(found, snippets=snippets(session, staff, wishes_of(wanted.text), cases=ids))


def everywhere(session: Session, staff: Staff, profile: Profile, words: str, size: int) -> Everywhere:
    """Return the first reports and cases, `size` of each, in which these words stand.

    Each with how many there are that `staff` may open. Refusal: `staff.not_allowed`.
    """
    told, worked = (
        _listed(session, staff, profile, Filter(kind, text=words), ("", size))
        for kind in (Kind.REPORTS, Kind.CASES)
    )
    ids = [[line.id for line in found.lines] for found in (told, worked)]
    pieces = snippets(session, staff, wishes_of(words), reports=ids[0], cases=ids[1])
    return Everywhere(replace(told, snippets=pieces), replace(worked, snippets=pieces))


def count(session: Session, staff: Staff, profile: Profile, wanted: Filter, most: int = MAX_COUNT) -> int:
    """Return how many there are; one more than `most` stands for any larger number."""
    check_worker(staff)
    met = conditions(session, staff, profile, wanted)
    return session.execute(select(_counted(wanted, met, most))).scalar_one()


def count_and_nowhere(session: Session, staff: Staff, profile: Profile, wanted: Filter) -> tuple[int, int]:
    """Return how many there are, and how many of the same lie nowhere on the map, as `count`.

    What lies in a part of the map lies somewhere.
    """
    check_worker(staff)
    nowhere = replace(wanted, no_point=True)
    both = [
        _counted(each, conditions(session, staff, profile, each), MAX_COUNT) for each in (wanted, nowhere)
    ]
    row = session.execute(select(*both)).one()
    return row[0], 0 if wanted.box else row[1]


def points(session: Session, staff: Staff, profile: Profile, wanted: Filter) -> list[MapPoint]:
    """Return where the newest `MAX_POINTS` of them lie that have a point."""
    check_worker(staff)
    row = row_of(wanted.kind)
    placed = [*conditions(session, staff, profile, wanted), row.lat.is_not(None), row.lon.is_not(None)]
    newest = (received(wanted.kind).desc(), row.id.desc())
    asked = select(row.lat, row.lon).where(*placed).order_by(*newest).limit(MAX_POINTS)
    rows = session.execute(asked)
    return [MapPoint(lat, lon) for lat, lon in rows if lat is not None and lon is not None]


def export_rows(
    session: Session, staff: Staff, profile: Profile, wanted: Filter, page: tuple[str, int]
) -> tuple[list[ExportRow], str]:
    """Return the next rows of an export, and the mark to go on after (empty: that was all).

    `page` is the mark of the last row so far and how many rows to read.
    """
    check_worker(staff)
    met = conditions(session, staff, profile, wanted)
    asked = _report_rows(staff) if wanted.kind is Kind.REPORTS else _case_rows()
    rows = session.execute(_page(wanted, met, *page)(asked)).mappings().all()
    last = rows[-1] if len(rows) == page[1] else None
    more = page_mark.mark([last[name] for name in _order_names(wanted)]) if last else ""
    return [ExportRow(**{each.name: row[each.name] for each in fields(ExportRow)}) for row in rows], more


def _listed(
    session: Session, staff: Staff, profile: Profile, wanted: Filter, page: tuple[str, int]
) -> Found[Any]:
    """Return the lines after the mark of a page, as many as it has, and how many there are in all."""
    check_worker(staff)
    after, size = page
    met = conditions(session, staff, profile, wanted)
    narrow, total = _page(wanted, met, after, size + 1), _counted(wanted, met, MAX_COUNT)
    lines_of: _Lines = reports.found if wanted.kind is Kind.REPORTS else cases.found
    lines, count = lines_of(session, staff, narrow, total)
    more = ""
    if len(lines) > size:
        more = page_mark.mark([getattr(lines[size - 1], name) for name in _order_names(wanted)])
    return Found(lines[:size], count, more)


def _page(wanted: Filter, met: Sequence[Condition], after: str, limit: int) -> Narrow:
    order = order_of(wanted)
    last = page_mark.after(wanted, after)

    def narrow(asked: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        ordered = asked.where(*met).order_by(*(each if wanted.is_queue else each.desc() for each in order))
        if last is not None:
            ordered = ordered.where(tuple_(*order) > last if wanted.is_queue else tuple_(*order) < last)
        return ordered.limit(limit)

    return narrow


def _counted(wanted: Filter, met: Sequence[Condition], most: int) -> ScalarSelect[int]:
    """Count no further than `most` and one: a list may be of a million."""
    some = select(row_of(wanted.kind).id).where(*met).limit(most + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def _order_names(wanted: Filter) -> tuple[str, ...]:
    if wanted.is_queue:
        return "priority", "created_at", "id"
    return ("created_at", "id") if wanted.kind is Kind.REPORTS else ("updated_at", "id")


def _report_rows(staff: Staff) -> Select[*tuple[Any, ...]]:
    same = ("id", "source", "language", "created_at", *_SAME)
    return (
        select(
            *(getattr(ReportRow, name) for name in same),
            ReportRow.created_at.label("received_at"),
            func.coalesce(_OFFICER.name, StaffRow.name).label("officer"),
            CaseRow.reference.label("case_reference"),
        )
        .outerjoin(StaffRow, StaffRow.id == ReportRow.taken_by)
        .outerjoin(CaseRow, and_(CaseRow.id == ReportRow.case_id, open_to(staff, CaseRow.restriction)))
        .outerjoin(_OFFICER, _OFFICER.id == CaseRow.officer_id)
    )


def _case_rows() -> Select[*tuple[Any, ...]]:
    return select(
        *(getattr(CaseRow, name) for name in ("id", *_SAME)),
        null().label("source"),
        null().label("language"),
        CaseRow.opened_at.label("received_at"),
        StaffRow.name.label("officer"),
        null().label("case_reference"),
    ).outerjoin(StaffRow, StaffRow.id == CaseRow.officer_id)


_OFFICER = aliased(StaffRow)
_SAME = (
    *("reference", "state", "category", "record_type", "home_office_type", "priority", "restriction"),
    *("area", "ward", "lat", "lon", "updated_at", "contacted_at", "target_at"),
)
