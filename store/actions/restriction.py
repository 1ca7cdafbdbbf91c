"""Say to whom a report or a case opens, with a reason. See `domain.restriction` for who may."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import event, search
from store.actions.case_facts import reason_of
from store.actions.case_parts import lock_reports, reports_in
from store.actions.case_row import keep_reachable, told, widen
from store.actions.inside import restrict_inside
from store.actions.rows import (
    case_for_update,
    case_of,
    check_case_version,
    check_report_version,
    may_reach,
    report_for_update,
    restriction_of,
    told_report,
)
from store.actions.thread import DOUBLE_TAP
from store.domain.case import CaseView
from store.domain.errors import NotFound
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.report import ReportState, ReportView
from store.domain.restriction import check_may_restrict, told_change
from store.domain.staff import By, may_open
from store.engine import now
from store.queries import cases, reports, staff
from store.tables.case import CaseRow
from store.tables.event import EventRow
from store.tables.report import ReportRow


def restrict_report(
    session: Session,
    by: By,
    reference: str,
    kind: Restriction | None,
    reason: str,
    version: int | None = None,
) -> ReportView | None:
    """Let a report open only to people granted this kind (None: to all); None where not to `by` either.

    One that waits goes back to the queue where whoever took it may not open it then. The same again
    is harmless. Refusals: `report.not_found`, `record.not_granted`, `record.needs_reason`,
    `report.changed`, `message.too_long`.
    """
    try:
        row = report_for_update(session, by, reference)
    except NotFound:
        if not _closed_just_now(session, by, Action.REPORT_RESTRICTED, reference, kind):
            raise
        return None
    if row.restriction == kind:
        return reports.view(row)
    check_may_restrict(by.staff, restriction_of(row), kind)
    check_report_version(session, row, version)
    change = _put(session, row, kind, reason)
    subject = ("report", row.id)
    event.record(session, by.actor, Action.REPORT_RESTRICTED, subject, told_report(row) | change)
    case = case_of(session, row)
    if case is not None:
        _keep_apart(session, by, case, row)
    _keep_takeable(session, by, row)
    session.flush()
    return reports.view(row) if may_reach(by, row) else None


def restrict_case(
    session: Session,
    by: By,
    reference: str,
    kind: Restriction | None,
    reason: str,
    version: int | None = None,
) -> CaseView | None:
    """Let a case open only to people granted this kind (None: to all); None where not to `by` either.

    Its reports and the cases that went into it take the restriction too, where theirs is not
    stricter; lifting it leaves theirs.
    An officer who may not open it then is replaced by `by`, or by nobody. The same again is
    harmless. Refusals: `case.not_found`, `case.merged`, `record.not_granted`,
    `record.needs_reason`, `case.changed`, `message.too_long`.
    """
    lock_reports(session, reference)
    try:
        row = case_for_update(session, by, reference)
    except NotFound:
        if not _closed_just_now(session, by, Action.CASE_RESTRICTED, reference, kind):
            raise
        return None
    if row.restriction == kind:
        return cases.view(row)
    check_may_restrict(by.staff, restriction_of(row), kind)
    check_case_version(session, row, version)
    change = _put(session, row, kind, reason)
    restrict_inside(session, row, lambda inside: may_reach(by, inside))
    search.index_case(session, row.id)
    subject = ("case", row.id)
    event.record(session, by.actor, Action.CASE_RESTRICTED, subject, told(session, row) | change)
    keep_reachable(session, by, row)
    return cases.view(row) if may_reach(by, row) else None


def _put(session: Session, row: ReportRow | CaseRow, kind: Restriction | None, reason: str) -> dict[str, Any]:
    """Put a record under this restriction; return what its event says of the change."""
    said, before = reason_of(reason), restriction_of(row)
    row.restriction, row.updated_at = kind.value if kind else None, now(session)
    return {
        "restriction_before": before.value if before else None,
        "restriction_after": row.restriction,
        "change": told_change(before, kind),
        "reason": said,
    }


def _keep_apart(session: Session, by: By, case: CaseRow, report: ReportRow) -> None:
    """Let a case tell nothing of its report that may not be opened with it any more.

    Where it is its only report, the case is restricted with it; else it has its place from another.
    """
    others = [one for one in reports_in(session, case) if one.id != report.id]
    if not others:
        widen(session, by, case, report)
    elif restriction_of(report) not in {None, restriction_of(case)}:
        place = next((one for one in others if restriction_of(one) in {None, restriction_of(case)}), None)
        case.place_words = place.place_words if place else None
        case.lat, case.lon = (place.lat, place.lon) if place else (None, None)
        if place is not None:
            case.ward, case.area = place.ward, place.area
        case.updated_at = now(session)
    search.index_case(session, case.id)


def _keep_takeable(session: Session, by: By, report: ReportRow) -> None:
    """Put a report that waits back into the queue where whoever took it may not open it any more."""
    if report.state != ReportState.WAITING or report.taken_by is None:
        return
    if not may_open(staff.by_id(session, report.taken_by).staff, restriction_of(report)):
        report.taken_by = None
        event.record(session, by.actor, Action.REPORT_RELEASED, ("report", report.id), told_report(report))


def _closed_just_now(
    session: Session, by: By, action: Action, reference: str, kind: Restriction | None
) -> bool:
    """Tell whether this very deed of this person closed the record to themselves a moment ago."""
    table = ReportRow if action is Action.REPORT_RESTRICTED else CaseRow
    did = (
        select(EventRow.id)
        .join(table, table.id == EventRow.subject_id)
        .where(
            table.reference == reference,
            table.restriction == (kind.value if kind else None),
            EventRow.action == action.value,
            EventRow.actor_id == by.staff.id,
            EventRow.at > now(session) - DOUBLE_TAP,
        )
    )
    return session.scalar(did.limit(1)) is not None
