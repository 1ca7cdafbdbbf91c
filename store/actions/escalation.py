"""Write down that a target was missed, once for each target: supervisors are told of it."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Select, Table, select, update
from sqlalchemy.orm import Session

from store.actions import event
from store.domain.actor import SYSTEM
from store.domain.event import Action
from store.domain.report import ReportState
from store.domain.target import TargetKind
from store.engine import now
from store.tables.case import CaseRow
from store.tables.report import ReportRow

AT_ONCE = 100


def escalate(session: Session, limit: int = AT_ONCE) -> int:
    """Escalate up to `limit` missed targets of waiting reports, and of cases; return how many.

    Rows that another process has in hand are left to it.
    """
    report = (ReportRow.state == ReportState.WAITING.value,)
    case = (CaseRow.target_paused_at.is_(None),)
    return _escalate(session, ReportRow, _missed(session, ReportRow, limit).where(*report)) + _escalate(
        session, CaseRow, _missed(session, CaseRow, limit).where(*case)
    )


def _missed(session: Session, table: type[ReportRow | CaseRow], limit: int) -> Select[Any]:
    return (
        select(table)
        .where(table.target_at <= now(session), table.escalated_at.is_(None))
        .order_by(table.target_at, table.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )


def _escalate(session: Session, table: type[ReportRow | CaseRow], wanted: Select[Any]) -> int:
    rows: list[ReportRow | CaseRow] = list(session.scalars(wanted))
    # Not through the rows: nobody at work on the record shall be told that it was changed.
    ids = [row.id for row in rows]
    plain = cast("Table", table.__table__)
    session.execute(update(plain).where(plain.c.id.in_(ids)).values(escalated_at=now(session)))
    for row in rows:
        kind = row.target_kind if isinstance(row, CaseRow) else TargetKind.FIRST_CONTACT.value
        subject = ("case" if isinstance(row, CaseRow) else "report", row.id)
        details = {
            "reference": row.reference,
            "restriction": row.restriction,
            "category": row.category,
            "area": row.area,
            "priority": row.priority,
            "target": kind,
        }
        event.record(session, SYSTEM, Action.TARGET_MISSED, subject, details)
    return len(rows)
