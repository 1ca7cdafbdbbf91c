"""Who may see which rows: every list of reports, cases and messages asks here."""

from __future__ import annotations

from sqlalchemy import ColumnElement, SQLColumnExpression, false, or_

from store.domain.errors import NotAllowed
from store.domain.staff import Staff, may_work_reports

Reach = tuple[str, ...] | None
"""The restrictions that somebody may open besides unrestricted rows; None who may open no row at all."""


def reach_of(staff: Staff) -> Reach:
    """Return how far this person may see: people with the same reach are asked for in the same statement."""
    return tuple(sorted(kind.value for kind in staff.grants)) if may_work_reports(staff) else None


def within(reach: Reach, restriction: SQLColumnExpression[str | None]) -> ColumnElement[bool]:
    """Return the condition that keeps rows within this reach."""
    return false() if reach is None else or_(restriction.is_(None), restriction.in_(reach))


def open_to(staff: Staff, restriction: SQLColumnExpression[str | None]) -> ColumnElement[bool]:
    """Return the condition that keeps rows which `staff` may open (see `domain.staff.may_open`)."""
    return within(reach_of(staff), restriction)


def check_worker(staff: Staff) -> None:
    """Refuse people who do not work reports (`staff.not_allowed`)."""
    if not may_work_reports(staff):
        raise NotAllowed("staff.not_allowed")
