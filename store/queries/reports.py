"""Reports as staff see them: the queue, lists, and how much waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, ScalarSelect, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from store.domain.case import CaseState
from store.domain.errors import NotFound
from store.domain.place import Location
from store.domain.reference import HomeOfficeType, Priority, Restriction
from store.domain.report import ClosedReason, Identity, ReportState, ReportView, Source
from store.domain.staff import Role, Staff
from store.domain.triage import Counts, ReportLine
from store.engine import now
from store.queries.unread import held_by, unread, unread_of_report
from store.queries.visible import check_worker, open_to
from store.tables.case import CaseRow
from store.tables.message import MessageRow
from store.tables.report import ReportRow
from store.tables.staff import StaffRow

_WAITING = ReportRow.state == ReportState.WAITING.value


def line(session: Session, staff: Staff, reference: str) -> ReportLine:
    """Return the line of one report. Refusal: `report.not_found`, also when it is not theirs to see."""
    row = session.execute(_lines(staff).where(ReportRow.reference == reference)).mappings().one_or_none()
    if row is None:
        raise NotFound("report.not_found", reference=reference)
    return _line(row)


def taken(session: Session, staff: Staff) -> list[ReportLine]:
    """Return the waiting reports that this person has taken, as `queue` orders them."""
    check_worker(staff)
    order = (ReportRow.priority, ReportRow.created_at, ReportRow.id)
    mine = _lines(staff).where(_WAITING, ReportRow.taken_by == staff.id).order_by(*order)
    return [_line(row) for row in session.execute(mine).mappings()]


def queue(session: Session, staff: Staff, limit: int = 20, after: str | None = None) -> list[ReportLine]:
    """Return the reports that wait for triage: most urgent first, then oldest first.

    `after` is the reference of the last line that was shown; what is not theirs to see begins the
    list. Refusal: `staff.not_allowed`.
    """
    check_worker(staff)
    order = (ReportRow.priority, ReportRow.created_at, ReportRow.id)
    wanted = _lines(staff).where(_WAITING).order_by(*order).limit(limit)
    last = _last(session, staff, order, after)
    if last is not None:
        wanted = wanted.where(tuple_(*order) > last)
    return [_line(row) for row in session.execute(wanted).mappings()]


def listing(
    session: Session,
    staff: Staff,
    *,
    state: ReportState | None = None,
    limit: int = 20,
    after: str | None = None,
) -> list[ReportLine]:
    """Return reports, newest first; those in one state, or all.

    `after` is the reference of the last line that was shown; what is not theirs to see begins the
    list. Refusal: `staff.not_allowed`.
    """
    check_worker(staff)
    order = (ReportRow.created_at, ReportRow.id)
    wanted = _lines(staff).order_by(*(column.desc() for column in order)).limit(limit)
    if state is not None:
        wanted = wanted.where(ReportRow.state == state.value)
    last = _last(session, staff, order, after)
    if last is not None:
        wanted = wanted.where(tuple_(*order) < last)
    return [_line(row) for row in session.execute(wanted).mappings()]


def beside(session: Session, staff: Staff, report: ReportView) -> tuple[str | None, str | None]:
    """Return the references before and after this one in the queue, as `queue` orders it."""
    order = (ReportRow.priority, ReportRow.created_at, ReportRow.id)
    here = tuple_(report.priority.value, report.created_at, report.id)
    waiting = select(ReportRow.reference).where(_WAITING, open_to(staff, ReportRow.restriction)).limit(1)
    before = waiting.where(tuple_(*order) < here).order_by(*(column.desc() for column in order))
    after = waiting.where(tuple_(*order) > here).order_by(*order)
    row = session.execute(select(before.scalar_subquery(), after.scalar_subquery())).one()
    return row[0], row[1]


def next_waiting(session: Session, staff: Staff, reference: str) -> str | None:
    """Return the reference that follows this one in the queue, or begins it; None for an empty queue.

    What colleagues have taken is left to them. Refusal: `staff.not_allowed`.
    """
    check_worker(staff)
    order = (ReportRow.priority, ReportRow.created_at, ReportRow.id)
    mine = or_(ReportRow.taken_by.is_(None), ReportRow.taken_by == staff.id)
    visible = (open_to(staff, ReportRow.restriction), ReportRow.reference != reference)
    wanted = select(ReportRow.reference).where(_WAITING, mine, *visible).order_by(*order).limit(1)
    last = _last(session, staff, order, reference)
    following = session.scalar(wanted.where(tuple_(*order) > last)) if last is not None else None
    return following or session.scalar(wanted)


def counts(session: Session, staff: Staff, soon: datetime | None = None) -> Counts:
    """Return how much waits for everybody and for this person. Refusal: `staff.not_allowed`.

    What is due up to `soon` is due soon (see `domain.target.Rules.soon`).
    """
    check_worker(staff)
    at = now(session)
    waiting = and_(_WAITING, open_to(staff, ReportRow.restriction))
    open_case = and_(CaseRow.state != CaseState.CLOSED.value, open_to(staff, CaseRow.restriction))
    row = session.execute(
        select(
            _count(ReportRow.id, waiting),
            _count(ReportRow.id, waiting, ReportRow.priority == Priority.P1.value),
            _count(ReportRow.id, waiting, ReportRow.taken_by == staff.id),
            _count(CaseRow.id, open_case),
            _count(CaseRow.id, open_case, CaseRow.officer_id == staff.id),
            _unread_for(staff),
            *_targets(ReportRow, waiting, at, soon or at),
            *_targets(CaseRow, and_(open_case, CaseRow.officer_id == staff.id), at, soon or at),
            *(list(_targets(CaseRow, open_case, at, at))[1:] if staff.role is Role.SUPERVISOR else ()),
        )
    ).one()
    return Counts(*(int(count) for count in row))


def found(
    session: Session,
    staff: Staff,
    narrow: Callable[[Select[*tuple[Any, ...]]], Select[*tuple[Any, ...]]],
    total: ScalarSelect[int],
) -> tuple[list[ReportLine], int]:
    """Return the lines that a narrowed statement gives, and `total`, in one statement; 0 without any line."""
    rows = session.execute(narrow(_lines(staff).add_columns(total.label("total")))).mappings().all()
    lines = [_line({name: row[name] for name in row if name != "total"}) for row in rows]
    return lines, rows[0]["total"] if rows else 0


def view(row: ReportRow) -> ReportView:
    """Return what this row holds, for somebody who may open it."""
    place = Location(row.place_words or "", row.lat, row.lon, row.ward, row.area, row.outside, row.neighbour)
    return ReportView(
        id=row.id,
        reference=row.reference,
        state=ReportState(row.state),
        category=row.category,
        record_type=row.record_type,
        home_office_type=HomeOfficeType(row.home_office_type),
        priority=Priority(row.priority),
        identity=Identity(row.identity),
        source=Source(row.source),
        text=row.text,
        place=place,
        occurred=row.occurred or "",
        still_going=row.still_going,
        how_often=row.how_often,
        extra=dict(row.extra),
        safety_shown=dict(row.safety_shown),
        language=row.language,
        danger=row.danger,
        restriction=Restriction(row.restriction) if row.restriction else None,
        reporter_id=row.reporter_id,
        case_id=row.case_id,
        taken_by=row.taken_by,
        created_at=row.created_at,
        updated_at=row.updated_at,
        version=row.version,
        closed_reason=ClosedReason(row.closed_reason) if row.closed_reason else None,
        target_at=row.target_at,
        target_paused_at=row.target_paused_at,
        contacted_at=row.contacted_at,
        escalated_at=row.escalated_at,
    )


def _lines(staff: Staff) -> Select[*tuple[Any, ...]]:
    return (
        select(
            ReportRow.id,
            ReportRow.reference,
            ReportRow.category,
            ReportRow.area,
            ReportRow.ward,
            ReportRow.priority,
            ReportRow.state,
            ReportRow.identity,
            ReportRow.restriction,
            ReportRow.danger,
            ReportRow.taken_by,
            StaffRow.name.label("taken_by_name"),
            CaseRow.reference.label("case_reference"),
            unread_of_report().label("unread"),
            ReportRow.created_at,
            ReportRow.updated_at,
            ReportRow.version,
            ReportRow.target_at,
            ReportRow.target_paused_at,
            ReportRow.escalated_at,
        )
        .outerjoin(StaffRow, StaffRow.id == ReportRow.taken_by)
        .outerjoin(CaseRow, and_(CaseRow.id == ReportRow.case_id, open_to(staff, CaseRow.restriction)))
        .where(open_to(staff, ReportRow.restriction))
    )


def _line(row: RowMapping | Mapping[str, Any]) -> ReportLine:
    told = dict(row)
    told["priority"] = Priority(row["priority"])
    told["state"] = ReportState(row["state"])
    told["identity"] = Identity(row["identity"])
    told["restriction"] = Restriction(row["restriction"]) if row["restriction"] else None
    return ReportLine(**told)


def _last(
    session: Session, staff: Staff, order: tuple[Any, ...], after: str | None
) -> tuple[Any, ...] | None:
    """Return where a line stands; None where it is not theirs to see: what follows would tell of it."""
    if after is None:
        return None
    here = (ReportRow.reference == after, open_to(staff, ReportRow.restriction))
    row = session.execute(select(*order).where(*here)).one_or_none()
    return tuple(row) if row else None


def _count(column: Any, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count(column)).where(*conditions).scalar_subquery()


def _targets(
    row: type[ReportRow | CaseRow], counted: ColumnElement[bool], at: datetime, soon: datetime
) -> Iterator[ScalarSelect[int]]:
    """Return how many of these are due soon, and how many were missed."""
    for when in (and_(row.target_at > at, row.target_at <= soon), row.target_at <= at):
        yield _count(row.id, counted, when, row.target_paused_at.is_(None))


def _unread_for(staff: Staff) -> ScalarSelect[int]:
    return (
        select(func.count(MessageRow.report_id.distinct()))
        .select_from(MessageRow)
        .join(ReportRow, ReportRow.id == MessageRow.report_id)
        .outerjoin(CaseRow, CaseRow.id == ReportRow.case_id)
        .where(
            unread(),
            held_by(staff.id, CaseRow.officer_id),
            open_to(staff, ReportRow.restriction),
            open_to(staff, CaseRow.restriction),
        )
        .scalar_subquery()
    )
