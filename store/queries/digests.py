"""What the morning digest tells: numbers per officer and for the desk, in a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from store.domain.case import CaseState
from store.domain.clock import LONDON
from store.domain.digest import DeskDigest, OfficerDigest
from store.domain.reference import Priority
from store.domain.report import ReportState
from store.domain.staff import Role
from store.engine import now
from store.queries.unread import unread
from store.tables.case import CaseRow
from store.tables.case_file import TaskRow
from store.tables.message import MessageRow
from store.tables.report import ReportRow
from store.tables.staff import StaffGrantRow, StaffRow

_OPEN = CaseRow.state != CaseState.CLOSED.value
_WAITING = ReportRow.state == ReportState.WAITING.value
Numbers = defaultdict[str, dict[str, int]]


def for_officers(session: Session, day: date) -> list[OfficerDigest]:
    """Return what awaits everybody with a linked chat who works reports; those with nothing left out."""
    found: Numbers = defaultdict(dict)
    evening = datetime.combine(day, time.max, LONDON)
    _count(found, ("answers",), session.execute(_answers()))
    for wanted in (_targets_of_cases(now(session), evening), _targets_of_reports(now(session), evening)):
        _count(found, ("missed", "due_today"), session.execute(wanted))
    _count(found, ("tasks",), session.execute(_tasks(day)))
    _count(found, ("reviews",), session.execute(_reviews(day)))
    people = session.execute(
        select(StaffRow.id, StaffRow.chat_id)
        .where(
            StaffRow.chat_id.is_not(None),
            StaffRow.disabled_at.is_(None),
            StaffRow.role.in_((Role.OFFICER.value, Role.SUPERVISOR.value)),
        )
        .order_by(StaffRow.id)
    )
    told = [OfficerDigest(id_, chat_id or 0, **found.get(id_, {})) for id_, chat_id in people]
    return [digest for digest in told if not digest.is_empty]


def for_desk(session: Session) -> DeskDigest:
    """Return what waits, without what is restricted."""
    missed = (ReportRow.target_at <= now(session)) & ReportRow.target_paused_at.is_(None)
    late = case((missed, 1), else_=0)
    rows = session.execute(
        select(ReportRow.priority, func.count(), func.sum(late), func.min(ReportRow.created_at))
        .where(_WAITING, ReportRow.restriction.is_(None))
        .group_by(ReportRow.priority)
        .order_by(ReportRow.priority)
    ).all()
    return DeskDigest(
        {Priority(priority): count for priority, count, _, _ in rows},
        sum(missed for _, _, missed, _ in rows),
        min((first for *_, first in rows), default=None),
    )


def _count(found: Numbers, names: tuple[str, ...], rows: Iterable[Any]) -> None:
    for staff_id, *numbers in rows:
        for name, number in zip(names, numbers, strict=True):
            found[staff_id][name] = found[staff_id].get(name, 0) + int(number)


def _opens_to(
    staff_id: InstrumentedAttribute[Any], restriction: InstrumentedAttribute[str | None]
) -> ColumnElement[bool]:
    """Return the condition that this person may still open the record they hold."""
    granted = select(StaffGrantRow.staff_id).where(
        StaffGrantRow.staff_id == staff_id, StaffGrantRow.restriction == restriction
    )
    return or_(restriction.is_(None), granted.exists())


def _answers() -> Select[*tuple[Any, ...]]:
    holder = case((ReportRow.case_id.is_(None), ReportRow.taken_by), else_=CaseRow.officer_id)
    held = or_(
        ReportRow.case_id.is_(None) & _opens_to(ReportRow.taken_by, ReportRow.restriction),
        _opens_to(CaseRow.officer_id, ReportRow.restriction),
    )
    return (
        select(holder, func.count(MessageRow.id))
        .join(ReportRow, ReportRow.id == MessageRow.report_id)
        .outerjoin(CaseRow, CaseRow.id == ReportRow.case_id)
        .where(unread(), holder.is_not(None), held)
        .group_by(holder)
    )


def _targets_of_cases(at: datetime, evening: datetime) -> Select[*tuple[Any, ...]]:
    late = func.sum(case((CaseRow.target_at <= at, 1), else_=0))
    return (
        select(CaseRow.officer_id, late, func.count() - late)
        .where(
            CaseRow.target_at <= evening,
            CaseRow.target_paused_at.is_(None),
            CaseRow.officer_id.is_not(None),
            _opens_to(CaseRow.officer_id, CaseRow.restriction),
        )
        .group_by(CaseRow.officer_id)
    )


def _targets_of_reports(at: datetime, evening: datetime) -> Select[*tuple[Any, ...]]:
    late = func.sum(case((ReportRow.target_at <= at, 1), else_=0))
    return (
        select(ReportRow.taken_by, late, func.count() - late)
        .where(
            _WAITING,
            ReportRow.target_at <= evening,
            ReportRow.target_paused_at.is_(None),
            ReportRow.taken_by.is_not(None),
            _opens_to(ReportRow.taken_by, ReportRow.restriction),
        )
        .group_by(ReportRow.taken_by)
    )


def _tasks(day: date) -> Select[*tuple[Any, ...]]:
    return (
        select(TaskRow.assignee_id, func.count())
        .join(CaseRow, CaseRow.id == TaskRow.case_id)
        .where(
            TaskRow.done_at.is_(None),
            TaskRow.due_on <= day,
            _opens_to(TaskRow.assignee_id, CaseRow.restriction),
        )
        .group_by(TaskRow.assignee_id)
    )


def _reviews(day: date) -> Select[*tuple[Any, ...]]:
    return (
        select(CaseRow.officer_id, func.count())
        .where(
            _OPEN,
            CaseRow.review_on <= day,
            CaseRow.officer_id.is_not(None),
            _opens_to(CaseRow.officer_id, CaseRow.restriction),
        )
        .group_by(CaseRow.officer_id)
    )
