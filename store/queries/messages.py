"""What was said about reports and cases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.orm import Session

from store.domain.message import MessageKind, MessageView
from store.tables.message import MessageRow
from store.tables.staff import StaffRow


def about(session: Session, report_ids: list[str], case_id: str | None = None) -> tuple[MessageView, ...]:
    """Return what was said about these reports and this case, oldest first; the caller may open them."""
    of_case = and_(MessageRow.case_id == case_id, MessageRow.report_id.is_(None))
    of_reports = MessageRow.report_id.in_(report_ids)
    wanted = _messages().where(or_(of_reports, of_case) if case_id else of_reports)
    return tuple(_view(row) for row in session.execute(wanted))


def _messages() -> Select[*tuple[Any, ...]]:
    return (
        select(MessageRow, StaffRow.name.label("staff_name"))
        .outerjoin(StaffRow, StaffRow.id == MessageRow.staff_id)
        .order_by(MessageRow.created_at, MessageRow.id)
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
