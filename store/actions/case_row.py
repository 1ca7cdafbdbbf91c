"""How a case comes to be, grows with its reports, and goes from state to state."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from store.actions import event, target
from store.actions.inside import restrict_inside, unless_otherwise
from store.actions.rows import reports_of, restriction_of, told_report
from store.domain import reference_number
from store.domain.actor import Actor
from store.domain.case import CaseState
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.restriction import told_change
from store.domain.staff import By, may_open
from store.engine import now
from store.queries import staff
from store.tables.case import CaseRow
from store.tables.report import ReportRow

CAME_ALONG = "Restricted with what is in the same case."


def new_case(session: Session, by: By, report: ReportRow) -> CaseRow:
    """Return a new case for this report, with `by` as its officer."""
    at = now(session)
    case = CaseRow(
        reference=reference_number.new(),
        state=CaseState.OPEN.value,
        category=report.category,
        priority=report.priority,
        officer_id=by.staff.id,
        restriction=report.restriction,
        record_type=report.record_type,
        home_office_type=report.home_office_type,
        place_words=report.place_words,
        lat=report.lat,
        lon=report.lon,
        ward=report.ward,
        area=report.area,
        opened_at=at,
        updated_at=at,
    )
    target.carry(session, report, case)
    session.add(case)
    session.flush()
    return case


def widen(session: Session, by: By, case: CaseRow, part: ReportRow | CaseRow) -> None:
    """Let the case take the urgency of what comes into it where that is stricter, and its restriction.

    Whatever else lies in it takes the restriction too. A case that is restricted keeps its kind: under
    another one, what is written in it would open to others.
    """
    _tighten(session, by, case, restriction_of(part))
    before, case.priority = case.priority, min(case.priority, part.priority)
    if case.priority != before:
        target.retarget(session, case)
    case.updated_at = now(session)
    keep_reachable(session, by, case)


def _tighten(session: Session, by: By, case: CaseRow, kind: Restriction | None) -> None:
    before = restriction_of(case)
    after = before or kind
    case.restriction = after.value if after else None
    changed = restrict_inside(session, case, unless_otherwise)
    told_why = {"restriction_after": case.restriction, "reason": CAME_ALONG}
    if after != before:
        told_why["change"] = told_change(before, after)
        event.record(
            session, by.actor, Action.CASE_RESTRICTED, ("case", case.id), told(session, case) | told_why
        )
        return
    for report in changed:
        details = told_report(report) | told_why
        event.record(session, by.actor, Action.REPORT_RESTRICTED, ("report", report.id), details)


def keep_reachable(session: Session, by: By, case: CaseRow) -> None:
    """An officer who may not open it is replaced by the person who may, or by nobody."""
    before, restriction = case.officer_id, restriction_of(case)
    if before is not None and not _opens_to(session, before, restriction):
        case.officer_id = by.staff.id if may_open(by.staff, restriction) else None
        action = Action.CASE_TAKEN if case.officer_id else Action.CASE_RELEASED
        details = told(session, case) | {"officer_before": before, "officer_after": case.officer_id}
        event.record(session, by.actor, action, ("case", case.id), details)
    session.flush()


def go(session: Session, actor: Actor, case: CaseRow, to: CaseState, why: str) -> None:
    """Put the case into this state; `why` tells a person's decision from what follows of itself."""
    before, case.state = case.state, to.value
    target.moved(session, case, CaseState(before))
    case.updated_at = now(session)
    details = told(session, case) | {"before": before, "after": to.value, "why": why}
    event.record(session, actor, Action.CASE_STATE_CHANGED, ("case", case.id), details)


def told(session: Session, case: CaseRow) -> dict[str, Any]:
    """Return what every event about a case tells."""
    reports = reports_of(session, case)
    return {
        "case_reference": case.reference,
        "report_ids": [report["id"] for report in reports],
        "reports": reports,
        "restriction": case.restriction,
    }


def name_beside(case: CaseRow, other: CaseRow) -> str | None:
    """Return the reference of the other case, None where it would tell of it somebody who may not know."""
    return other.reference if other.restriction in {None, case.restriction} else None


def _opens_to(session: Session, staff_id: str, restriction: Restriction | None) -> bool:
    return may_open(staff.by_id(session, staff_id).staff, restriction)
