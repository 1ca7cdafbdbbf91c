"""Who may see which rows: every list of reports, cases and messages asks here."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, or_
from sqlalchemy.orm import InstrumentedAttribute

from store.domain.errors import NotAllowed
from store.domain.staff import Staff, may_work_reports


def open_to(staff: Staff, restriction: InstrumentedAttribute[str | None]) -> ColumnElement[bool]:
    """Return the condition that keeps rows which `staff` may open (see `domain.staff.may_open`)."""
    if not may_work_reports(staff):
        return false()
    return or_(restriction.is_(None), restriction.in_(sorted(kind.value for kind in staff.grants)))


def check_worker(staff: Staff) -> None:
    """Refuse people who do not work reports (`staff.not_allowed`)."""
    if not may_work_reports(staff):
        raise NotAllowed("staff.not_allowed")
