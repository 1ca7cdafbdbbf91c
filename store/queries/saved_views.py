"""Saved views that somebody may use, with the colleagues a list can be narrowed to."""

from __future__ import annotations

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from store.domain.finding import Kind
from store.domain.saved_view import Choices, Colleague, SavedView
from store.domain.staff import Role, Staff
from store.domain.timeline import TimelineLine
from store.queries import timeline
from store.queries.visible import check_worker
from store.tables.desk import SavedViewRow
from store.tables.staff import StaffRow

_WORKERS = (Role.OFFICER.value, Role.SUPERVISOR.value)


def choices(session: Session, staff: Staff) -> Choices:
    """Return all who work reports by name, and the views that `staff` saved or others share."""
    check_worker(staff)
    theirs = or_(SavedViewRow.shared, SavedViewRow.owner_id == staff.id)
    works = and_(StaffRow.role.in_(_WORKERS), StaffRow.disabled_at.is_(None))
    rows = session.execute(
        select(StaffRow.id, StaffRow.name, works.label("works"), SavedViewRow)
        .outerjoin(SavedViewRow, and_(SavedViewRow.owner_id == StaffRow.id, theirs))
        .where(or_(works, SavedViewRow.id.is_not(None)))
        .order_by(StaffRow.name, StaffRow.id, SavedViewRow.name, SavedViewRow.id)
    ).all()
    colleagues = {row.id: row.name for row in rows if row.works}
    views = [_view(row.SavedViewRow, row.name) for row in rows if row.SavedViewRow is not None]
    return Choices(
        tuple(Colleague(id_, name) for id_, name in colleagues.items()),
        tuple(sorted(views, key=lambda view: view.owner_id != staff.id)),
    )


def story(session: Session, staff: Staff, view_id: str) -> tuple[TimelineLine, ...]:
    """Return what became of a view of one's own, oldest first; nothing of anybody else's."""
    mine = select(SavedViewRow.id).where(SavedViewRow.id == view_id, SavedViewRow.owner_id == staff.id)
    return timeline.story(session, ("view", view_id)) if session.scalar(mine) else ()


def _view(row: SavedViewRow, owner_name: str) -> SavedView:
    return SavedView(
        row.id, row.owner_id, owner_name, row.name, Kind(row.kind), row.query, row.shared, row.version
    )
