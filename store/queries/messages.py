"""What was said about reports and cases, and the files that came with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.orm import Session

from store.domain.evidence import EvidenceState, EvidenceView
from store.domain.message import MessageKind, MessageView
from store.domain.report import Identity, ReportView
from store.tables.evidence import EvidenceRow
from store.tables.message import MessageRow
from store.tables.staff import StaffRow


def about(session: Session, report_ids: list[str], case_id: str | None = None) -> tuple[MessageView, ...]:
    """Return what was said about these reports and this case, oldest first; the caller may open them."""
    of_case = and_(MessageRow.case_id == case_id, MessageRow.report_id.is_(None))
    of_reports = MessageRow.report_id.in_(report_ids)
    wanted = _messages().where(or_(of_reports, of_case) if case_id else of_reports)
    return tuple(_view(row) for row in session.execute(wanted))


def evidence(session: Session, reports: Mapping[str, ReportView]) -> tuple[EvidenceView, ...]:
    """Return the files of these reports (by id), oldest first; the caller may open them."""
    rows = session.scalars(
        select(EvidenceRow)
        .where(EvidenceRow.report_id.in_(list(reports)))
        .order_by(EvidenceRow.created_at, EvidenceRow.id)
    )
    return tuple(_file(row, anonymous=reports[row.report_id].identity is Identity.ANONYMOUS) for row in rows)


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


def _file(row: EvidenceRow, *, anonymous: bool) -> EvidenceView:
    return EvidenceView(
        id=row.id,
        report_id=row.report_id,
        kind=row.kind,
        name=None if anonymous else row.name,
        size=row.size,
        media_type=row.media_type,
        state=EvidenceState(row.state),
        reason=row.reason,
        sha256=row.sha256,
        created_at=row.created_at,
    )
