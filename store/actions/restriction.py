"""Say to whom a report or a case opens, with a reason. See `domain.restriction` for who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import event, search
from store.actions.case_facts import reason_of
from store.actions.case_parts import lock_reports
from store.actions.case_place import place_anew
from store.actions.case_row import keep_reachable, told, widen
from store.actions.inside import restrict_inside
from store.actions.rows import (
    case_for_update,
    case_of,
    check_case_version,
    check_report_version,
    may_reach,
    report_for_update,
    reports_of,
    restriction_of,
    told_report,
)
from store.actions.thread import DOUBLE_TAP
from store.domain.case import CaseView
from store.domain.errors import NotFound
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.report import ReportState, ReportView
from store.domain.restriction import check_may_restrict, check_may_restrict_inside, told_change
from store.domain.staff import By, may_open
from store.engine import now
from store.queries import cases, reports, staff
from store.tables.case import CaseRow
from store.tables.event import EventRow
from store.tables.report import ReportRow

_Row = TypeVar("_Row", ReportRow, CaseRow)


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
    is harmless. Refusals: `report.not_found`, `record.not_granted`, `report.in_restricted_case`,
    `record.needs_reason`, `report.changed`, `message.too_long`.
    """
    row = _to_change(session, by, report_for_update, (Action.REPORT_RESTRICTED, reference, kind))
    if row is None or row.restriction == kind:
        return reports.view(row) if row else None
    case = case_of(session, row)
    if case is not None:
        check_may_restrict_inside(restriction_of(row), kind, restriction_of(case))
    check_report_version(session, row, version)
    change = _put(session, by, row, kind, reason)
    subject = ("report", row.id)
    event.record(session, by.actor, Action.REPORT_RESTRICTED, subject, told_report(row) | change)
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
    row = _to_change(session, by, case_for_update, (Action.CASE_RESTRICTED, reference, kind))
    if row is None or row.restriction == kind:
        return cases.view(row) if row else None
    check_case_version(session, row, version)
    change = _put(session, by, row, kind, reason)
    restrict_inside(session, row, lambda inside: may_reach(by, inside))
    place_anew(session, row)
    search.index_case(session, row.id)
    subject = ("case", row.id)
    event.record(session, by.actor, Action.CASE_RESTRICTED, subject, told(session, row) | change)
    keep_reachable(session, by, row)
    return cases.view(row) if may_reach(by, row) else None


def _to_change(
    session: Session,
    by: By,
    for_update: Callable[[Session, By, str], _Row],
    deed: tuple[Action, str, Restriction | None],
) -> _Row | None:
    """Return the record that this deed is about, locked; None where it just closed it to `by`."""
    try:
        return for_update(session, by, deed[1])
    except NotFound:
        if not _closed_just_now(session, by, *deed):
            raise
        return None


def _put(
    session: Session, by: By, row: ReportRow | CaseRow, kind: Restriction | None, reason: str
) -> dict[str, Any]:
    """Put a record under this restriction if `by` may; return what its event says of the change."""
    before = restriction_of(row)
    check_may_restrict(by.staff, before, kind)
    said = reason_of(reason)
    row.restriction, row.updated_at = kind.value if kind else None, now(session)
    return {
        "restriction_before": before.value if before else None,
        "restriction_after": row.restriction,
        "change": told_change(before, kind),
        "reason": said,
    }


def _keep_apart(session: Session, by: By, case: CaseRow, report: ReportRow) -> None:
    """Let a case tell nothing of its report that may not be opened with it any more.

    An open one is restricted with its only report; else it has its place from another.
    """
    if case.restriction is None and len(reports_of(session, case)) == 1:
        widen(session, by, case, report)
    place_anew(session, case)
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
