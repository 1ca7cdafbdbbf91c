"""Write down that a target was missed, once for each target: supervisors are told of it.

A report in triage whose reporter did not answer for so long goes on first: none waits for ever.
"""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Select, Table, select, update
from sqlalchemy.orm import Session

from store.actions import event
from store.domain.actor import SYSTEM
from store.domain.event import Action
from store.domain.report import ReportState
from store.domain.target import report_kind
from store.engine import now
from store.queries.targets import rules
from store.tables.case import CaseRow
from store.tables.report import ReportRow

AT_ONCE = 100


def escalate(session: Session, limit: int = AT_ONCE) -> int:
    """Escalate up to `limit` missed targets of waiting reports, and of cases; return how many.

    Rows that another process has in hand are left to it.
    """
    _end_waits(session, limit)
    report = _missed(session, ReportRow, limit).where(ReportRow.state == ReportState.WAITING.value)
    return _escalate(session, ReportRow, report) + _escalate(
        session, CaseRow, _missed(session, CaseRow, limit)
    )


def _end_waits(session: Session, limit: int) -> None:
    """Let the clocks go on of reports whose reporters were waited for as long as may be."""
    in_force, at = rules(session), now(session)
    stands = (ReportRow.state == ReportState.WAITING.value, ReportRow.target_paused_at.is_not(None))
    columns = (ReportRow.id, ReportRow.target_at, ReportRow.target_paused_at)
    oldest = select(*columns).where(*stands).order_by(ReportRow.target_paused_at, ReportRow.id).limit(limit)
    plain = cast("Table", ReportRow.__table__)
    for id_, target_at, paused_at in session.execute(oldest.with_for_update(skip_locked=True)):
        if target_at and paused_at and in_force.wait_over(paused_at, at):
            goes_on = {"target_at": in_force.resumed(target_at, paused_at, at), "target_paused_at": None}
            session.execute(update(plain).where(plain.c.id == id_).values(goes_on))


def _missed(session: Session, table: type[ReportRow | CaseRow], limit: int) -> Select[Any]:
    return (
        select(table)
        .where(
            table.target_at <= now(session), table.target_paused_at.is_(None), table.escalated_at.is_(None)
        )
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
        kind = row.target_kind if isinstance(row, CaseRow) else report_kind(row.contacted_at).value
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
