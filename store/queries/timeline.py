"""The story of a report or case, from the events; and who changed it last."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import BindParameter, Select, and_, bindparam, not_, or_, select
from sqlalchemy.orm import Session

from store.domain.actor import ActorKind
from store.domain.event import Action
from store.domain.staff import Staff
from store.domain.timeline import LABELS, TimelineLine, detail, other_case, who, without_other_case
from store.queries.visible import Reach, reach_of, within
from store.tables.case import CaseRow
from store.tables.event import EventDetailRow, EventRow
from store.tables.staff import StaffRow

Subject = tuple[str, str]
"""The kind (evidence, alert, view) and id of what is neither a report nor a case."""
LastChange = tuple[str, datetime] | None
"""Who changed something, and when (UTC)."""

MAX_LINES = 500
_TOLD = sorted(action.value for action in LABELS)
_NO_CHANGES = {Action.TARGET_MISSED, Action.PATTERN_MISSED, Action.PATTERN_FAILED}
_CHANGES = [action for action in _TOLD if action not in _NO_CHANGES]
_BY_ITSELF = and_(EventRow.action == Action.PATTERN_CAME.value, EventRow.actor_kind == ActorKind.SYSTEM.value)
"""That a time of a recurring campaign came by itself is no change of what whoever has it open sees."""
_ABOUT_REPORTS = and_(
    EventRow.subject_kind == "report", EventRow.subject_id.in_(bindparam("reports", expanding=True))
)
_ABOUT_CASES = and_(
    EventRow.subject_kind == "case", EventRow.subject_id.in_(bindparam("cases", expanding=True))
)
_LINES = (
    select(EventRow, EventDetailRow.body, StaffRow.name)
    .outerjoin(EventDetailRow, EventDetailRow.event_id == EventRow.id)
    .outerjoin(StaffRow, StaffRow.id == EventRow.actor_id)
    .where(EventRow.action.in_(_TOLD))
    .order_by(EventRow.id.desc())
    .limit(MAX_LINES)
)
_LAST = (
    select(EventRow.actor_kind, StaffRow.name, EventRow.at)
    .outerjoin(StaffRow, StaffRow.id == EventRow.actor_id)
    .where(EventRow.action.in_(_CHANGES), not_(_BY_ITSELF))
    .order_by(EventRow.id.desc())
    .limit(1)
)
_ABOUT_OTHER = and_(EventRow.subject_kind == bindparam("kind"), EventRow.subject_id == bindparam("id"))
_ABOUT_PART = or_(
    *(EventDetailRow.body[name].as_string() == bindparam("part_id") for name in ("person_id", "task_id"))
)
_LINES_OF_REPORTS, _LINES_OF_CASE, _LINES_OF_OTHER = (
    _LINES.where(one) for one in (_ABOUT_REPORTS, or_(_ABOUT_REPORTS, _ABOUT_CASES), _ABOUT_OTHER)
)
_LAST_OF_REPORTS, _LAST_OF_CASE, _LAST_OF_OTHER = (
    _LAST.where(one) for one in (_ABOUT_REPORTS, or_(_ABOUT_REPORTS, _ABOUT_CASES), _ABOUT_OTHER)
)
_LAST_OF_PART = _LAST.join(EventDetailRow).where(_ABOUT_CASES, _ABOUT_PART)


def timeline(
    session: Session,
    staff: Staff,
    report_ids: list[str],
    case_id: str | None = None,
    inside: Mapping[str, str] = MappingProxyType({}),
) -> tuple[TimelineLine, ...]:
    """Return what happened to these reports and this case, oldest first; `staff` may open them.

    `inside` are id and reference of the cases that went into it. A line names another case only
    where that is open to `staff` now, whatever it was when the line was written.
    """
    wanted = _LINES_OF_CASE if case_id else _LINES_OF_REPORTS
    rows = session.execute(wanted, _about(report_ids, case_id, *inside)).all()
    closed = _closed(session, staff, {other for _, body, _ in rows if (other := other_case(body))})
    lines = [
        _line(row, without_other_case(body) if other_case(body) in closed else body, name, inside)
        for row, body, name in rows
    ]
    return tuple(reversed(lines))


def story(session: Session, subject: Subject) -> tuple[TimelineLine, ...]:
    """Return what happened to a file, alert or view, oldest first; the caller may open it."""
    rows = session.execute(_LINES_OF_OTHER, {"kind": subject[0], "id": subject[1]})
    return tuple(reversed([_line(row, body, name, {}) for row, body, name in rows]))


def last_change(session: Session, report_ids: list[str], case_id: str | None = None) -> LastChange:
    """Return who changed these last, and when."""
    wanted = _LAST_OF_CASE if case_id else _LAST_OF_REPORTS
    return _last(session, wanted, _about(report_ids, case_id))


def changed_since(session: Session, report_ids: list[str], case_id: str, event_id: int) -> bool:
    """Tell whether anybody of staff changed or wrote something of these after this event."""
    wanted = _LAST_OF_CASE.where(EventRow.id > event_id, EventRow.actor_kind == ActorKind.STAFF.value)
    return _last(session, wanted, _about(report_ids, case_id)) is not None


def last_change_of_part(session: Session, case_id: str, part_id: str) -> LastChange:
    """Return who changed a person or task of a case last, and when."""
    return _last(session, _LAST_OF_PART, {"cases": [case_id], "part_id": part_id})


def last_change_of(session: Session, subject: Subject) -> LastChange:
    """Return who changed a file, alert or view last, and when."""
    return _last(session, _LAST_OF_OTHER, {"kind": subject[0], "id": subject[1]})


def _closed(session: Session, staff: Staff, case_ids: Collection[str]) -> Collection[str]:
    """Return which of these cases are not open to this person."""
    if not case_ids:
        return ()
    return set(case_ids).difference(session.scalars(_open(reach_of(staff)), {"ids": sorted(case_ids)}))


@cache
def _open(reach: Reach) -> Select[str]:
    ids: BindParameter[str] = bindparam("ids", expanding=True)
    return select(CaseRow.id).where(CaseRow.id.in_(ids), within(reach, CaseRow.restriction))


def _last(session: Session, wanted: Select[*tuple[Any, ...]], about: Mapping[str, object]) -> LastChange:
    row = session.execute(wanted, about).one_or_none()
    return (who(ActorKind(row.actor_kind), row.name), row.at) if row else None


def _about(report_ids: list[str], case_id: str | None, *inside: str) -> Mapping[str, object]:
    return {"reports": report_ids} | ({"cases": [case_id, *inside]} if case_id else {})


def _line(
    row: EventRow, body: Mapping[str, object] | None, name: str | None, inside: Mapping[str, str]
) -> TimelineLine:
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
        from_case=inside.get(row.subject_id),
    )
