"""Restricted records that nobody may open: how many wait, never which."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import case as when
from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from store.domain.alert import GRANT
from store.domain.case import CaseState
from store.domain.reference import Restriction
from store.domain.report import ReportState
from store.domain.staff import Role, Staff, may_oversee, may_work_reports
from store.tables.alert import AlertRow
from store.tables.case import CaseRow
from store.tables.report import ReportRow
from store.tables.staff import StaffGrantRow, StaffRow


def unseen(session: Session, staff: Staff) -> Mapping[Restriction, int]:
    """Return how many records of each kind wait that nobody is granted; none to whoever does not oversee.

    Counted are reports that wait for triage or lie in an open case, open cases and open alerts.
    """
    if not may_oversee(staff):
        return {}
    nobodys = set(Restriction) - _granted(session)
    return _waiting(session, nobodys) if nobodys else {}


def _granted(session: Session) -> set[Restriction]:
    """Return the kinds that somebody who works reports is granted."""
    rows = session.execute(
        select(StaffGrantRow.restriction, StaffRow.role)
        .join(StaffRow, StaffRow.id == StaffGrantRow.staff_id)
        .where(StaffRow.disabled_at.is_(None))
        .distinct()
    )
    return {Restriction(row.restriction) for row in rows if may_work_reports(Staff("", "", Role(row.role)))}


def _waiting(session: Session, kinds: Collection[Restriction]) -> Mapping[Restriction, int]:
    values = [kind.value for kind in kinds]
    open_states = [state.value for state in CaseState if state is not CaseState.CLOSED]
    of_alert = when({alert.value: kind.value for alert, kind in GRANT.items()}, value=AlertRow.kind)
    records = union_all(
        select(ReportRow.restriction.label("kind")).where(ReportRow.state == ReportState.WAITING.value),
        select(ReportRow.restriction)
        .join(CaseRow, CaseRow.id == ReportRow.case_id)
        .where(CaseRow.state.in_(open_states), ReportRow.restriction.in_(values)),
        select(CaseRow.restriction).where(CaseRow.state.in_(open_states)),
        select(of_alert).where(AlertRow.done_at.is_(None)),
    ).subquery()
    counts = select(records.c.kind, func.count()).where(records.c.kind.in_(values)).group_by(records.c.kind)
    found = {Restriction(kind): count for kind, count in session.execute(counts)}
    return {kind: found[kind] for kind in Restriction if kind in found}
