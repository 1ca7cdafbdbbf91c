"""Decide what becomes of a new report: look, take, signpost, reject, open a case or add it to one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from store.actions import ending_news, event, search, target, thread
from store.actions.case_row import new_case, told, widen
from store.actions.rows import (
    case_for_update,
    case_of,
    check_report_version,
    may_reach,
    report_for_update,
    staff_name,
    told_report,
)
from store.domain.case import CaseState, CaseView
from store.domain.errors import NotAllowed, Refusal
from store.domain.event import Action
from store.domain.message import MessageKind, checked_text
from store.domain.report import ClosedReason, ReportState, ReportView, check_ending, may
from store.domain.staff import By, Role
from store.domain.triage import ReportPage
from store.engine import now
from store.queries import cases, pages, reports
from store.tables.case import CaseRow
from store.tables.report import ReportRow


def open_report(session: Session, by: By, reference: str) -> ReportPage:
    """Return the page of a report; that it was looked at is recorded.

    Opened by the person who answers for it, what the reporter wrote counts as read from now on
    (the page still shows it as unread). Refusal: `report.not_found`.
    """
    page, officer_id = pages.report_page(session, by.staff, reference)
    if officer_id == by.staff.id:
        thread.mark_read(session, page.messages)
    subject = ("report", page.report.id)
    event.record(session, by.actor, Action.REPORT_OPENED, subject, {"reference": page.report.reference})
    return page


def take(session: Session, by: By, reference: str, version: int | None = None) -> ReportView:
    """Take a waiting report, so that two people do not triage it at once.

    Taking again is harmless. Refusals: `report.not_found`, `report.taken_by_other` (`who`),
    `report.already_decided`, `report.changed`.
    """
    row = report_for_update(session, by, reference)
    if row.state != ReportState.WAITING:
        raise Refusal("report.already_decided", state=row.state)
    if row.taken_by == by.staff.id:
        return reports.view(row)
    if row.taken_by is not None:
        raise NotAllowed("report.taken_by_other", who=staff_name(session, row.taken_by))
    check_report_version(session, row, version)
    row.taken_by = by.staff.id
    return _changed(session, by, row, Action.REPORT_TAKEN)


def release(session: Session, by: By, reference: str, version: int | None = None) -> ReportView:
    """Put a report back for others to take: one's own, or as a supervisor anybody's.

    Releasing again is harmless. Refusals: `report.not_found`, `report.taken_by_other` (`who`),
    `report.already_decided`, `report.changed`.
    """
    row = report_for_update(session, by, reference)
    if row.state == ReportState.WAITING and row.taken_by is None:
        return reports.view(row)
    check_report_version(session, row, version)
    if row.state != ReportState.WAITING:
        raise Refusal("report.already_decided", state=row.state)
    _check_not_with_another(session, by, row)
    row.taken_by = None
    return _changed(session, by, row, Action.REPORT_RELEASED)


def signpost(
    session: Session,
    by: By,
    reference: str,
    reason: ClosedReason,
    words: str,
    version: int | None = None,
) -> ReportView:
    """End a report by pointing the reporter to somebody else; `words` (may be empty) say to whom.

    The same decision again is harmless. Refusals: `report.not_found`, `report.taken_by_other`,
    `report.already_decided`, `report.needs_reason`, `report.changed`, `message.too_long`.
    """
    row = report_for_update(session, by, reference)
    if _same_end(row, ReportState.SIGNPOSTED, reason, words):
        return reports.view(row)
    _check_may_decide(session, by, row, version)
    return _end(session, by, row, (ReportState.SIGNPOSTED, Action.REPORT_SIGNPOSTED), (reason, words))


def reject(
    session: Session,
    by: By,
    reference: str,
    reason: ClosedReason,
    words: str,
    version: int | None = None,
) -> ReportView:
    """End a report that is not for a case; `words` (may be empty) go to the reporter.

    The same decision again is harmless. Refusals as for `signpost`.
    """
    row = report_for_update(session, by, reference)
    if _same_end(row, ReportState.REJECTED, reason, words):
        return reports.view(row)
    _check_may_decide(session, by, row, version)
    return _end(session, by, row, (ReportState.REJECTED, Action.REPORT_REJECTED), (reason, words))


def reopen(session: Session, by: By, reference: str, reason: str, version: int | None = None) -> ReportView:
    """Put a report that was signposted or rejected back into the queue; `reason` is for staff.

    Where news of the end still waits for the morning, its reporter hears neither of it nor of this.
    Reopening again is harmless. Refusals: `report.not_found`, `report.not_closed` (also of one that
    its reporter withdrew), `report.reopen_needs_reason`, `report.changed`, `message.too_long`.
    """
    row = report_for_update(session, by, reference)
    if row.state == ReportState.WAITING:
        return reports.view(row)
    check_report_version(session, row, version)
    if not may(ReportState(row.state), ReportState.WAITING):
        raise Refusal("report.not_closed")
    if not reason.strip():
        raise Refusal("report.reopen_needs_reason")
    details: dict[str, Any] = {"reason": checked_text(reason), "reason_before": row.closed_reason}
    unsaid = ending_news.take_back(session, ("report", row.id))
    if unsaid is not None:
        target.unsaid(row, unsaid.at, unsaid.body)
        if row.closing_words:
            thread.take_back(session, ("report", row.id))
        details["unsaid"] = True
    row.state, row.taken_by = ReportState.WAITING.value, None
    row.closed_reason = row.closing_words = None
    target.report_reopened(session, row)
    return _changed(session, by, row, Action.REPORT_REOPENED, details)


def open_case(session: Session, by: By, reference: str, version: int | None = None) -> CaseView:
    """Open a case for a waiting report, with `by` as its officer.

    A second tap gives the case that the first one opened. Refusals: `report.not_found`,
    `report.taken_by_other` (`who`), `report.already_decided`, `report.changed`.
    """
    report = report_for_update(session, by, reference)
    there = case_of(session, report)
    if there is not None and may_reach(by, there):
        return cases.view(there)
    _check_may_decide(session, by, report, version)
    case = new_case(session, by, report)
    _join(session, report, case)
    search.index_case(session, case.id)
    details = {
        "case_id": case.id,
        "category": case.category,
        "priority": case.priority,
        "area": report.area,
    }
    event.record(session, by.actor, Action.CASE_OPENED, ("case", case.id), told(session, case) | details)
    return cases.view(case)


def add_to_case(
    session: Session,
    by: By,
    reference: str,
    case_reference: str,
    version: int | None = None,
) -> CaseView:
    """Add a waiting report to a case; the case takes its urgency and restriction where stricter.

    `version` is the report's. If that shuts the case's officer out, the case passes to `by`.
    Adding again is harmless. Refusals: `report.not_found`, `case.not_found`,
    `report.taken_by_other` (`who`), `report.already_decided`, `report.changed`,
    `case.already_closed`.
    """
    report = report_for_update(session, by, reference)
    case = case_for_update(session, by, case_reference)
    if report.case_id == case.id:
        return cases.view(case)
    _check_may_decide(session, by, report, version)
    if case.state == CaseState.CLOSED:
        raise Refusal("case.already_closed")
    target.carry(session, report, case)
    _join(session, report, case)
    widen(session, by, case, report)
    search.index_case(session, case.id)
    details = {"case_id": case.id, "case_reference": case.reference}
    subject = ("report", report.id)
    event.record(session, by.actor, Action.REPORT_ADDED_TO_CASE, subject, told_report(report) | details)
    return cases.view(case)


def _check_may_decide(session: Session, by: By, row: ReportRow, version: int | None) -> None:
    check_report_version(session, row, version)
    if row.state != ReportState.WAITING:
        raise Refusal("report.already_decided", state=row.state)
    _check_not_with_another(session, by, row)


def _check_not_with_another(session: Session, by: By, row: ReportRow) -> None:
    """Refuse to act on what a colleague has taken; a supervisor may, when that one is away."""
    if row.taken_by not in {None, by.staff.id} and by.staff.role is not Role.SUPERVISOR:
        raise NotAllowed("report.taken_by_other", who=staff_name(session, row.taken_by or ""))


def _same_end(row: ReportRow, state: ReportState, reason: ClosedReason, words: str) -> bool:
    return (row.state, row.closed_reason, row.closing_words or "") == (state, reason, words.strip())


def _end(
    session: Session,
    by: By,
    row: ReportRow,
    end: tuple[ReportState, Action],
    why: tuple[ClosedReason, str],
) -> ReportView:
    (state, action), (reason, words) = end, why
    check_ending(ReportState(row.state), state, reason)
    said = checked_text(words) if words.strip() else None
    row.state, row.closed_reason, row.closing_words = state.value, reason.value, said
    before = target.end(session, row, said=said is not None)
    if said:
        thread.keep(session, MessageKind.CLOSING, said, report_id=row.id, staff_id=by.staff.id)
    return _changed(session, by, row, action, {"reason": reason.value, "words": said} | before)


def _join(session: Session, report: ReportRow, case: CaseRow) -> None:
    report.state = ReportState.IN_CASE.value
    report.case_id = case.id
    report.updated_at = now(session)
    session.flush()


def _changed(
    session: Session,
    by: By,
    row: ReportRow,
    action: Action,
    details: Mapping[str, Any] | None = None,
) -> ReportView:
    row.updated_at = now(session)
    event.record(session, by.actor, action, ("report", row.id), told_report(row) | dict(details or {}))
    return reports.view(row)
