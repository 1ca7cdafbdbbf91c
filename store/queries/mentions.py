"""Notes in which somebody was named and that they have not opened yet."""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from store.domain.mention import MentionLine, Untold, named_in
from store.domain.message import MessageView
from store.domain.staff import Staff
from store.queries.visible import check_worker, open_to
from store.tables.case import CaseRow
from store.tables.desk import MentionRow
from store.tables.message import MessageRow
from store.tables.report import ReportRow
from store.tables.staff import StaffRow


def unread(session: Session, staff: Staff, limit: int = 10) -> list[MentionLine]:
    """Return where this person was named, the newest first, of what they may open."""
    check_worker(staff)
    rows = session.execute(
        select(
            ReportRow.reference.label("report"),
            CaseRow.reference.label("case"),
            StaffRow.name,
            MentionRow.created_at,
        )
        .join(MessageRow, MessageRow.id == MentionRow.message_id)
        .join(StaffRow, StaffRow.id == MessageRow.staff_id)
        .outerjoin(ReportRow, ReportRow.id == MessageRow.report_id)
        .outerjoin(CaseRow, CaseRow.id == MessageRow.case_id)
        .where(
            MentionRow.staff_id == staff.id,
            MentionRow.read_at.is_(None),
            or_(
                and_(ReportRow.id.is_not(None), open_to(staff, ReportRow.restriction)),
                and_(CaseRow.id.is_not(None), open_to(staff, CaseRow.restriction)),
            ),
        )
        .order_by(MentionRow.created_at.desc(), func.coalesce(ReportRow.reference, CaseRow.reference))
        .limit(limit)
    )
    return [
        MentionLine("report" if row.report else "case", row.report or row.case, row.name, row.created_at)
        for row in rows
    ]


def untold(session: Session, staff: Staff, note: MessageView) -> Untold:
    """Return whom this note of `staff` names in vain."""
    names = named_in(note.text)
    told = and_(MentionRow.staff_id == StaffRow.id, MentionRow.message_id == note.id)
    is_told = or_(MentionRow.staff_id.is_not(None), StaffRow.id == staff.id)
    people = select(StaffRow.username, is_told).outerjoin(MentionRow, told)
    known = people.where(StaffRow.username.in_(names), StaffRow.disabled_at.is_(None))
    found = {username: bool(knows) for username, knows in session.execute(known)}
    return Untold(
        unknown=tuple(name for name in names if name not in found),
        closed=tuple(name for name in names if found.get(name) is False),
    )
