"""Open a page in company: who else looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Row, insert, select, update
from sqlalchemy.orm import Session

from store.actions import case, mention, triage
from store.domain.company import HERE_FOR, Colleague, Company
from store.domain.staff import By
from store.domain.triage import CasePage, ReportPage
from store.engine import now
from store.queries import cases, reports
from store.tables.desk import ViewerRow
from store.tables.staff import StaffRow

Subject = tuple[str, str]
"""The kind (report, case) and id of a record."""


def open_report(session: Session, by: By, reference: str) -> tuple[ReportPage, Company]:
    """Open a report's page, as `triage.open_report` does; what named this person in it is read now."""
    page = triage.open_report(session, by, reference)
    mention.mark_read(session, by.staff, page.messages)
    return page, _opened(session, by, ("report", page.report.id))


def open_case(session: Session, by: By, reference: str) -> tuple[CasePage, Company]:
    """Open a case's page, as `case.open_page` does; what named this person in it is read now."""
    page = case.open_page(session, by, reference)
    mention.mark_read(session, by.staff, page.messages)
    return page, _opened(session, by, ("case", page.case.id))


def still_here(session: Session, by: By, kind: str, reference: str) -> Company:
    """Keep somebody's page counted as open, and return who else is there.

    Refusals: `report.not_found`, `case.not_found`.
    """
    line = reports.line if kind == "report" else cases.line
    subject = (kind, line(session, by.staff, reference).id)
    viewers = _viewers(session, subject)
    if by.staff.id in viewers:
        _seen(session, subject, by, seen_at=now(session))
    return Company(_others(session, viewers, by))


def _opened(session: Session, by: By, subject: Subject) -> Company:
    """Write down that somebody opened a page now."""
    at = now(session)
    viewers = _viewers(session, subject)
    if by.staff.id not in viewers:
        key = {"subject_kind": subject[0], "subject_id": subject[1], "staff_id": by.staff.id}
        session.execute(insert(ViewerRow), {**key, "opened_at": at, "seen_at": at})
    else:
        _seen(session, subject, by, opened_at=at, seen_at=at)
    return Company(_others(session, viewers, by))


def _seen(session: Session, subject: Subject, by: By, **times: datetime) -> None:
    mine = (*_about(subject), ViewerRow.staff_id == by.staff.id)
    session.execute(update(ViewerRow).where(*mine).values(times))


def _viewers(session: Session, subject: Subject) -> dict[str, Row[str, str, datetime, datetime]]:
    """Return who ever had this page open, by id."""
    rows = session.execute(
        select(ViewerRow.staff_id, StaffRow.name, ViewerRow.opened_at, ViewerRow.seen_at)
        .join(StaffRow, StaffRow.id == ViewerRow.staff_id)
        .where(*_about(subject))
        .order_by(ViewerRow.opened_at, StaffRow.name)
    )
    return {row.staff_id: row for row in rows}


def _others(
    session: Session, viewers: Mapping[str, Row[str, str, datetime, datetime]], by: By
) -> tuple[Colleague, ...]:
    since = now(session) - HERE_FOR
    here = (row for row in viewers.values() if row.staff_id != by.staff.id and row.seen_at > since)
    return tuple(Colleague(row.name, row.opened_at) for row in here)


def _about(subject: Subject) -> tuple[ColumnElement[bool], ...]:
    return (ViewerRow.subject_kind == subject[0], ViewerRow.subject_id == subject[1])
