"""The pages of one report and one case, in a fixed number of statements.

Looking is recorded: only `store.actions.triage.open_report` and `store.actions.case.open_page` may
call these.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, exists, select
from sqlalchemy.orm import Session, aliased

from store.domain.case import CaseState
from store.domain.errors import NotFound
from store.domain.reference import Restriction
from store.domain.report import Identity, ReportState, ReportView
from store.domain.staff import Staff, may_open
from store.domain.suggestion import Suggestion, risks
from store.domain.triage import CasePage, ReportPage
from store.queries import cases, evidence, messages, reports
from store.queries.case_file import case_file, warned_of
from store.queries.hints import hints
from store.queries.merges import merged, went_into
from store.queries.suggestions import suggestions
from store.queries.timeline import timeline
from store.queries.visible import Reach, reach_of, within
from store.tables.case import CaseRow
from store.tables.report import ReportRow
from store.tables.resident import ResidentRow
from store.tables.staff import StaffRow


def report_page(session: Session, staff: Staff, reference: str) -> tuple[ReportPage, str | None]:
    """Return the page of one report, and the id of the person who answers for it.

    Refusal: `report.not_found`, also when `staff` may not open it.
    """
    row = session.execute(_one_report(reach_of(staff)), {"reference": reference}).one_or_none()
    if row is None or not _open(staff, row.ReportRow):
        raise NotFound("report.not_found", reference=reference)
    report = reports.view(row.ReportRow)
    waiting = report.state is ReportState.WAITING
    alike = suggestions(session, staff, report) if waiting else ()
    previous, following = reports.beside(session, staff, report) if waiting else (None, None)
    page = ReportPage(
        report=report,
        reporter_name=_name(row),
        do_not_contact=row.do_not_contact,
        taken_by_name=row.taken_by_name,
        case_reference=row.case_reference,
        case_state=CaseState(row.case_state) if row.case_state else None,
        messages=messages.about(session, [report.id]),
        evidence=evidence.listing(session, {report.id: report}),
        timeline=timeline(session, staff, [report.id]),
        suggestions=alike,
        hints=hints(session, staff, report, alike) if waiting else _risks(report),
        previous=previous,
        next=following,
        contact=row.contact,
        has_chat=row.has_chat,
        warned_of=warned_of(session, row.ReportRow.case_id) if row.case_reference else (),
    )
    return page, row.officer_id if report.case_id else report.taken_by


def case_page(session: Session, staff: Staff, reference: str) -> CasePage:
    """Return the page of one case, without what this person may not open of it.

    Refusal: `case.not_found`, also when `staff` may not open it.
    """
    row = session.execute(_CASE, {"reference": reference}).one_or_none()
    if row is None or not _open(staff, row.CaseRow):
        raise NotFound("case.not_found", reference=reference)
    case = cases.view(row.CaseRow)
    rows = session.execute(_reports_of_case(reach_of(staff)), {"case_id": case.id}).all()
    seen = [told for told in rows if _open(staff, told.ReportRow)]
    views = {told.ReportRow.id: reports.view(told.ReportRow) for told in seen}
    inside = went_into(session, staff, case.id) if row.holds_others else {}
    return CasePage(
        case=case,
        officer_name=row.officer_name,
        reports=tuple(views.values()),
        reporter_names={told.ReportRow.id: name for told in seen if (name := _name(told))},
        hidden_reports=len(rows) - len(seen),
        with_chat=frozenset(told.ReportRow.id for told in seen if told.has_chat),
        do_not_contact=frozenset(told.ReportRow.id for told in seen if told.do_not_contact),
        contacts={told.ReportRow.id: told.contact for told in seen if told.contact},
        messages=messages.about(session, list(views), case.id),
        evidence=evidence.listing(session, views),
        timeline=timeline(session, staff, list(views), case.id, inside),
        file=case_file(session, staff, row.CaseRow),
        merged=merged(session, staff, row.CaseRow),
    )


@cache
def _one_report(reach: Reach) -> Select[*tuple[Any, ...]]:
    return _reports(reach).where(ReportRow.reference == bindparam("reference"))


@cache
def _reports_of_case(reach: Reach) -> Select[*tuple[Any, ...]]:
    in_order = _reports(reach).order_by(ReportRow.created_at, ReportRow.id)
    return in_order.where(ReportRow.case_id == bindparam("case_id"))


def _reports(reach: Reach) -> Select[*tuple[Any, ...]]:
    return (
        select(
            ReportRow,
            ResidentRow.name.label("reporter_name"),
            ResidentRow.do_not_contact,
            ResidentRow.contact,
            ResidentRow.chat_id.is_not(None).label("has_chat"),
            StaffRow.name.label("taken_by_name"),
            CaseRow.reference.label("case_reference"),
            CaseRow.state.label("case_state"),
            CaseRow.officer_id,
        )
        .join(ResidentRow, ResidentRow.id == ReportRow.reporter_id)
        .outerjoin(StaffRow, StaffRow.id == ReportRow.taken_by)
        .outerjoin(CaseRow, and_(CaseRow.id == ReportRow.case_id, within(reach, CaseRow.restriction)))
    )


_INSIDE = aliased(CaseRow)
_CASE = (
    select(
        CaseRow,
        StaffRow.name.label("officer_name"),
        exists().where(_INSIDE.merged_into_id == CaseRow.id).label("holds_others"),
    )
    .outerjoin(StaffRow, StaffRow.id == CaseRow.officer_id)
    .where(CaseRow.reference == bindparam("reference"))
)


def _risks(report: ReportView) -> tuple[Suggestion, ...]:
    """Return the risks of a report that is worked on: what it is joined to is decided, a risk stays."""
    return risks(report) if report.state is ReportState.IN_CASE else ()


def _open(staff: Staff, row: ReportRow | CaseRow) -> bool:
    return may_open(staff, Restriction(row.restriction) if row.restriction else None)


def _name(row: Row[*tuple[Any, ...]]) -> str | None:
    anonymous = row.ReportRow.identity == Identity.ANONYMOUS.value
    return None if anonymous else row.reporter_name
