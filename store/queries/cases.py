"""Cases as staff see them: lists, and those that a new report may belong to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import RowMapping, ScalarSelect, Select, func, select, tuple_
from sqlalchemy.orm import Session

from store.domain.case import CaseState, CaseView, Outcome
from store.domain.errors import NotFound
from store.domain.reference import HomeOfficeType, Priority, Restriction
from store.domain.staff import Staff
from store.domain.triage import CaseLine
from store.queries.unread import unread
from store.queries.visible import check_worker, open_to
from store.tables.case import CaseRow
from store.tables.message import MessageRow
from store.tables.report import ReportRow
from store.tables.staff import StaffRow


def listing(
    session: Session,
    staff: Staff,
    *,
    state: CaseState | None = None,
    mine: bool = False,
    limit: int = 20,
    after: str | None = None,
) -> list[CaseLine]:
    """Return cases, the latest change first; those in one state, or all; `mine`: worked by `staff`.

    `after` is the reference of the last line that was shown. Refusal: `staff.not_allowed`.
    """
    check_worker(staff)
    order = (CaseRow.updated_at, CaseRow.id)
    wanted = _lines(staff).order_by(*(column.desc() for column in order)).limit(limit)
    if state is not None:
        wanted = wanted.where(CaseRow.state == state.value)
    if mine:
        wanted = wanted.where(CaseRow.officer_id == staff.id)
    if after is not None:
        here = (CaseRow.reference == after, open_to(staff, CaseRow.restriction))
        last = session.execute(select(*order).where(*here)).one_or_none()
        wanted = wanted.where(tuple_(*order) < tuple(last)) if last else wanted
    return [_line(row) for row in session.execute(wanted).mappings()]


def line(session: Session, staff: Staff, reference: str) -> CaseLine:
    """Return the line of one case. Refusal: `case.not_found`, also when it is not theirs to see."""
    row = session.execute(_lines(staff).where(CaseRow.reference == reference)).mappings().one_or_none()
    if row is None:
        raise NotFound("case.not_found", reference=reference)
    return _line(row)


def in_hand(session: Session, staff: Staff, limit: int = 20) -> list[CaseLine]:
    """Return the cases this person works that are not closed, the longest untouched first."""
    check_worker(staff)
    mine = _lines(staff).where(CaseRow.officer_id == staff.id, CaseRow.state != CaseState.CLOSED.value)
    rows = session.execute(mine.order_by(CaseRow.updated_at, CaseRow.id).limit(limit)).mappings()
    return [_line(row) for row in rows]


def by_ids(session: Session, staff: Staff, ids: list[str]) -> list[CaseLine]:
    """Return the lines of these cases, in the order of `ids`, without those `staff` may not open."""
    if not ids:
        return []
    rows = session.execute(_lines(staff).where(CaseRow.id.in_(ids))).mappings()
    lines = {row["id"]: _line(row) for row in rows}
    return [lines[id_] for id_ in ids if id_ in lines]


def found(
    session: Session,
    staff: Staff,
    narrow: Callable[[Select[*tuple[Any, ...]]], Select[*tuple[Any, ...]]],
    total: ScalarSelect[int],
) -> tuple[list[CaseLine], int]:
    """Return the lines that a narrowed statement gives, and `total`, in one statement; 0 without any line."""
    rows = session.execute(narrow(_lines(staff).add_columns(total.label("total")))).mappings().all()
    lines = [_line({name: row[name] for name in row if name != "total"}) for row in rows]
    return lines, rows[0]["total"] if rows else 0


def view(row: CaseRow) -> CaseView:
    """Return what this row holds, for somebody who may open it."""
    return CaseView(
        id=row.id,
        reference=row.reference,
        state=CaseState(row.state),
        category=row.category,
        priority=Priority(row.priority),
        officer_id=row.officer_id,
        outcome=Outcome(row.outcome) if row.outcome else None,
        closing_words=row.closing_words,
        restriction=Restriction(row.restriction) if row.restriction else None,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        updated_at=row.updated_at,
        version=row.version,
        target_at=row.target_at,
        target_kind=row.target_kind,
        target_paused_at=row.target_paused_at,
        escalated_at=row.escalated_at,
        record_type=row.record_type,
        home_office_type=HomeOfficeType(row.home_office_type),
        ward=row.ward,
        area=row.area,
        legal_hold=row.legal_hold,
        merged=row.merged_into_id is not None,
    )


def _lines(staff: Staff) -> Select[*tuple[Any, ...]]:
    mine = (ReportRow.case_id == CaseRow.id, open_to(staff, ReportRow.restriction))
    reports = select(func.count(ReportRow.id)).where(*mine)
    waiting = select(func.count(MessageRow.id)).join(ReportRow, ReportRow.id == MessageRow.report_id)
    return (
        select(
            CaseRow.id,
            CaseRow.reference,
            CaseRow.category,
            CaseRow.area,
            CaseRow.ward,
            CaseRow.priority,
            CaseRow.state,
            CaseRow.restriction,
            CaseRow.officer_id,
            StaffRow.name.label("officer_name"),
            reports.scalar_subquery().label("reports"),
            waiting.where(*mine, unread()).scalar_subquery().label("unread"),
            CaseRow.opened_at.label("created_at"),
            CaseRow.updated_at,
            CaseRow.version,
            CaseRow.target_at,
            CaseRow.target_kind,
            CaseRow.target_paused_at,
            CaseRow.escalated_at,
            CaseRow.merged_into_id.is_not(None).label("merged"),
        )
        .outerjoin(StaffRow, StaffRow.id == CaseRow.officer_id)
        .where(open_to(staff, CaseRow.restriction))
    )


def _line(row: RowMapping | Mapping[str, Any]) -> CaseLine:
    told = dict(row)
    told["priority"] = Priority(row["priority"])
    told["state"] = CaseState(row["state"])
    told["restriction"] = Restriction(row["restriction"]) if row["restriction"] else None
    return CaseLine(**told)
