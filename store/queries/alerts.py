"""Alerts: what those granted a kind may read, and whom to tell."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from store.domain.alert import GRANT, Alert, AlertKind
from store.domain.errors import NotFound
from store.domain.staff import Staff, may_work_reports
from store.tables.alert import AlertRow
from store.tables.resident import ResidentRow
from store.tables.staff import StaffRow


def listing(session: Session, staff: Staff, limit: int) -> list[Alert]:
    """Return the alerts this person may see: open ones first, the newest first among each."""
    first = (AlertRow.done_at.is_not(None), AlertRow.created_at.desc())
    seen = _select().where(_open_to(staff)).order_by(*first).limit(limit)
    return [_alert(row) for row in session.execute(seen)]


def count_open(session: Session, staff: Staff) -> int:
    """Count the alerts that wait for this person or others granted the same."""
    waiting = select(func.count()).where(AlertRow.done_at.is_(None), _open_to(staff))
    return session.scalar(waiting) or 0


def one(session: Session, staff: Staff, alert_id: str) -> Alert:
    """Return an alert; `NotFound("alert.not_found")` also for whoever lacks the grant."""
    row = session.execute(_select().where(AlertRow.id == alert_id, _open_to(staff))).one_or_none()
    if row is None:
        raise NotFound("alert.not_found")
    return _alert(row)


def chat_of(session: Session, alert_id: str) -> int | None:
    """Return the chat an answer to an alert goes to, for the outbox alone; None: must not be written to."""
    return session.scalar(
        select(ResidentRow.chat_id)
        .join(AlertRow, AlertRow.resident_id == ResidentRow.id)
        .where(
            AlertRow.id == alert_id, ResidentRow.do_not_contact.is_(False), ResidentRow.blocked_at.is_(None)
        )
    )


def _select() -> Select[*tuple[Any, ...]]:
    return (
        select(AlertRow, ResidentRow.name, ResidentRow.do_not_contact, StaffRow.name.label("done_by_name"))
        .join(ResidentRow, ResidentRow.id == AlertRow.resident_id)
        .outerjoin(StaffRow, StaffRow.id == AlertRow.done_by)
    )


def _alert(row: Row[*tuple[Any, ...]]) -> Alert:
    kept: AlertRow = row.AlertRow
    return Alert(
        kept.id,
        AlertKind(kept.kind),
        kept.text,
        kept.language,
        row.name,
        row.do_not_contact,
        kept.created_at,
        kept.version,
        row.done_by_name,
        kept.done_at,
        kept.note,
    )


def _open_to(staff: Staff) -> ColumnElement[bool]:
    seen = [kind.value for kind, grant in GRANT.items() if grant in staff.grants]
    return AlertRow.kind.in_(seen if may_work_reports(staff) else [])
