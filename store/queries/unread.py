"""What reporters wrote and the officer has not opened."""

from __future__ import annotations

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from store.domain.message import FROM_REPORTER
from store.tables.message import MessageRow
from store.tables.report import ReportRow


def unread() -> ColumnElement[bool]:
    """Return the condition for a message that the officer has not opened."""
    return and_(MessageRow.kind.in_(sorted(FROM_REPORTER)), MessageRow.read_at.is_(None))


def unread_of_report() -> ScalarSelect[int]:
    """Return how many there are of the report in the outer statement."""
    return (
        select(func.count())
        .select_from(MessageRow)
        .where(MessageRow.report_id == ReportRow.id, unread())
        .correlate(ReportRow)
        .scalar_subquery()
    )


def held_by(staff_id: str, officer: InstrumentedAttribute[str | None]) -> ColumnElement[bool]:
    """Return the condition for a report that this person answers for.

    `officer` is that of its case. Before there is a case, it is whoever took the report.
    """
    return or_(officer == staff_id, and_(ReportRow.case_id.is_(None), ReportRow.taken_by == staff_id))
