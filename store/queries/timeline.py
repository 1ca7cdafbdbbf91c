"""The story of a report or case, from the events; and who changed it last."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from store.domain.actor import ActorKind
from store.domain.event import Action
from store.domain.timeline import LABELS, TimelineLine, detail, who
from store.tables.event import EventDetailRow, EventRow
from store.tables.staff import StaffRow

MAX_LINES = 500
_TOLD = sorted(action.value for action in LABELS)
_CHANGES = [action for action in _TOLD if action != Action.TARGET_MISSED]


def timeline(session: Session, report_ids: list[str], case_id: str | None = None) -> tuple[TimelineLine, ...]:
    """Return what happened to these reports and this case, oldest first; the caller may open them."""
    rows = session.execute(
        select(EventRow, EventDetailRow.body, StaffRow.name)
        .outerjoin(EventDetailRow, EventDetailRow.event_id == EventRow.id)
        .outerjoin(StaffRow, StaffRow.id == EventRow.actor_id)
        .where(_about(report_ids, case_id), EventRow.action.in_(_TOLD))
        .order_by(EventRow.id.desc())
        .limit(MAX_LINES)
    )
    lines = [_line(row, body, name) for row, body, name in rows]
    return tuple(reversed(lines))


def last_change(
    session: Session, report_ids: list[str], case_id: str | None = None
) -> tuple[str, datetime] | None:
    """Return who changed these last, and when (UTC)."""
    row = session.execute(
        select(EventRow.actor_kind, StaffRow.name, EventRow.at)
        .outerjoin(StaffRow, StaffRow.id == EventRow.actor_id)
        .where(_about(report_ids, case_id), EventRow.action.in_(_CHANGES))
        .order_by(EventRow.id.desc())
        .limit(1)
    ).one_or_none()
    return (who(ActorKind(row.actor_kind), row.name), row.at) if row else None


def _about(report_ids: list[str], case_id: str | None) -> ColumnElement[bool]:
    reports = and_(EventRow.subject_kind == "report", EventRow.subject_id.in_(report_ids))
    if case_id is None:
        return reports
    return or_(reports, and_(EventRow.subject_kind == "case", EventRow.subject_id == case_id))


def _line(row: EventRow, body: dict[str, object] | None, name: str | None) -> TimelineLine:
    kind = ActorKind(row.actor_kind)
    return TimelineLine(
        id=row.id,
        at=row.at,
        action=row.action,
        label=LABELS[Action(row.action)],
        who=who(kind, name),
        actor_kind=kind,
        detail=detail(body),
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
    )
