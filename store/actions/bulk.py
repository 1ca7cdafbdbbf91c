"""Do the same to several reports or cases: in one transaction, each at the version that was seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from store.actions import case, event
from store.actions.case_row import told
from store.actions.rows import (
    case_for_update,
    check_case_version,
    check_report_version,
    report_for_update,
    restriction_of,
    staff_name,
    told_report,
    touch,
)
from store.domain.bulk import BulkResult, Pick
from store.domain.case import CaseState
from store.domain.errors import NotAllowed, Refusal
from store.domain.event import Action
from store.domain.report import ReportState
from store.domain.staff import By, Role, may_open
from store.engine import now, whole
from store.queries.staff import by_id
from store.queries.visible import check_worker
from store.tables.case import CaseRow
from store.tables.case_file import CaseTagRow
from store.tables.report import ReportRow

Deed = Callable[[Session, By, Pick], object]


def each(session: Session, by: By, picks: Sequence[Pick], deed: Deed) -> tuple[BulkResult, ...]:
    """Do it to each, and return what became of each: told together once all of it is kept."""
    check_worker(by.staff)
    # In one order for everybody, so that two people cannot wait for each other's rows.
    results = {pick: _one(session, by, pick, deed) for pick in sorted(picks, key=lambda pick: pick.reference)}
    return tuple(BulkResult(pick.reference, results[pick]) for pick in picks)


def _one(session: Session, by: By, pick: Pick, deed: Deed) -> Refusal | None:
    try:
        with whole(session):
            deed(session, by, pick)
    except Refusal as refusal:
        return refusal
    return None


def assigning_reports(officer_id: str) -> Deed:
    """Return what gives a waiting report to somebody who may open it.

    Refusals: `report.not_found`, `report.already_decided`, `report.taken_by_other` (`who`; a
    supervisor may), `report.changed`, `staff.not_found`, `staff.may_not_open` (`who`).
    """

    def assign(session: Session, by: By, pick: Pick) -> None:
        row = report_for_update(session, by, pick.reference)
        if row.taken_by == officer_id:
            return
        if row.state != ReportState.WAITING:
            raise Refusal("report.already_decided", state=row.state)
        _check_holder(session, by, row.taken_by, "report.taken_by_other")
        check_report_version(session, row, pick.version)
        _check_opens(session, officer_id, row)
        details = told_report(row) | {"officer_before": row.taken_by, "officer_after": officer_id}
        row.taken_by, row.updated_at = officer_id, now(session)
        event.record(session, by.actor, Action.REPORT_ASSIGNED, ("report", row.id), details)

    return assign


def assigning_cases(officer_id: str) -> Deed:
    """Return what makes somebody who may open it the officer of a case.

    Refusals: `case.not_found`, `case.already_closed`, `case.taken_by_other` (`who`; a supervisor
    may), `case.changed`, `staff.not_found`, `staff.may_not_open` (`who`).
    """

    def assign(session: Session, by: By, pick: Pick) -> None:
        row = case_for_update(session, by, pick.reference)
        if row.officer_id == officer_id:
            return
        if row.state == CaseState.CLOSED:
            raise Refusal("case.already_closed")
        _check_holder(session, by, row.officer_id, "case.taken_by_other")
        check_case_version(session, row, pick.version)
        _check_opens(session, officer_id, row)
        details = told(session, row) | {"officer_before": row.officer_id, "officer_after": officer_id}
        row.officer_id, row.updated_at = officer_id, now(session)
        event.record(session, by.actor, Action.CASE_ASSIGNED, ("case", row.id), details)

    return assign


def moving_cases(to: CaseState) -> Deed:
    """Return what puts a case into this state; refusals as for `store.actions.case.move`."""
    return lambda session, by, pick: case.move(session, by, pick.reference, to, pick.version)


def tagging(tag: str, *, on: bool) -> Deed:
    """Return what puts a tag on a case or takes it off. Refusals: `case.not_found`, `case.changed`."""

    def change(session: Session, by: By, pick: Pick) -> None:
        row = case_for_update(session, by, pick.reference)
        here = (CaseTagRow.case_id == row.id, CaseTagRow.tag == tag)
        if (session.scalar(select(CaseTagRow.tag).where(*here)) is not None) is on:
            return
        check_case_version(session, row, pick.version)
        if on:
            session.add(CaseTagRow(case_id=row.id, tag=tag))
        else:
            session.execute(delete(CaseTagRow).where(*here))
        row.updated_at = now(session)
        touch(session, row)
        details = told(session, row) | {"tag": tag, "text": f"{'+' if on else '−'} {tag}"}
        event.record(session, by.actor, Action.CASE_TAGGED, ("case", row.id), details)

    return change


def _check_holder(session: Session, by: By, holder: str | None, key: str) -> None:
    """Refuse to give away what a colleague has; a supervisor may."""
    if holder not in {None, by.staff.id} and by.staff.role is not Role.SUPERVISOR:
        raise NotAllowed(key, who=staff_name(session, holder or ""))


def _check_opens(session: Session, officer_id: str, row: ReportRow | CaseRow) -> None:
    officer = by_id(session, officer_id).staff
    if not may_open(officer, restriction_of(row)):
        raise Refusal("staff.may_not_open", who=officer.name)
