"""Take somebody off the work that is closed to them: they lost a grant, or their account."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import event
from store.actions.case_row import told
from store.actions.rows import restriction_of, told_report
from store.domain.actor import Actor
from store.domain.case import CaseState
from store.domain.event import Action
from store.domain.report import ReportState
from store.domain.staff import may_open
from store.engine import now
from store.queries import staff as accounts
from store.tables.case import CaseRow
from store.tables.report import ReportRow


def hand_back(session: Session, by: Actor, staff_id: str) -> None:
    """Put waiting reports that this person took and may not open back; their cases have no officer then.

    A closed case keeps its officer: it is over.
    """
    session.flush()
    person = accounts.by_id(session, staff_id).staff
    taken = select(ReportRow).where(
        ReportRow.taken_by == staff_id, ReportRow.state == ReportState.WAITING.value
    )
    for report in session.scalars(taken.order_by(ReportRow.id).with_for_update()).all():
        if not may_open(person, restriction_of(report)):
            report.taken_by, report.updated_at = None, now(session)
            event.record(session, by, Action.REPORT_RELEASED, ("report", report.id), told_report(report))
    led = select(CaseRow).where(CaseRow.officer_id == staff_id, CaseRow.state != CaseState.CLOSED.value)
    for case in session.scalars(led.order_by(CaseRow.id).with_for_update()).all():
        if not may_open(person, restriction_of(case)):
            case.officer_id, case.updated_at = None, now(session)
            details = told(session, case) | {"officer_before": staff_id, "officer_after": None}
            event.record(session, by, Action.CASE_RELEASED, ("case", case.id), details)
