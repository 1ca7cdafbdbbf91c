"""What was said about reports and cases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from store.domain.message import MessageKind, MessageView
from store.tables.message import MessageRow
from store.tables.staff import StaffRow


def about(session: Session, report_ids: list[str], case_id: str | None = None) -> tuple[MessageView, ...]:
    """Return what was said about these reports and this case, oldest first; the caller may open them."""
    if case_id is None:
        rows = session.execute(_OF_REPORTS, {"reports": report_ids})
    else:
        rows = session.execute(_OF_CASE, {"reports": report_ids, "case_id": case_id})
    return tuple(_view(row) for row in rows)


_MESSAGES = (
    select(MessageRow, StaffRow.name.label("staff_name"))
    .outerjoin(StaffRow, StaffRow.id == MessageRow.staff_id)
    .order_by(MessageRow.created_at, MessageRow.id)
)
_ABOUT_REPORTS = MessageRow.report_id.in_(bindparam("reports", expanding=True))
_OF_REPORTS = _MESSAGES.where(_ABOUT_REPORTS)
_OF_CASE = _MESSAGES.where(
    or_(_ABOUT_REPORTS, and_(MessageRow.case_id == bindparam("case_id"), MessageRow.report_id.is_(None)))
)


def _view(row: Row[*tuple[Any, ...]]) -> MessageView:
    return view(row.MessageRow, row.staff_name)


def view(row: MessageRow, staff_name: str | None) -> MessageView:
    """Return what this row holds, for somebody who may read it."""
    return MessageView(
        id=row.id,
        kind=MessageKind(row.kind),
        report_id=row.report_id,
        case_id=row.case_id,
        staff_id=row.staff_id,
        staff_name=staff_name,
        text=row.text,
        created_at=row.created_at,
        answered_at=row.answered_at,
        read_at=row.read_at,
    )
