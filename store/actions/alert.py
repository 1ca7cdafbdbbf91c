"""Raise an alert, and write down what was done about it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from store.actions import event
from store.actions.resident import as_actor
from store.domain.alert import Alert, AlertKind
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.message import checked_text
from store.domain.questions import clean
from store.domain.resident import Resident
from store.domain.staff import By
from store.engine import now
from store.queries import alerts
from store.tables.alert import AlertRow


def raise_alert(session: Session, resident: Resident, kind: AlertKind, text: str) -> str:
    """Alert those granted this kind, with the person's words; return the alert's id."""
    row = AlertRow(
        resident_id=resident.id,
        kind=kind,
        language=resident.language,
        text=clean(text),
        created_at=now(session),
    )
    session.add(row)
    session.flush()
    event.record(session, as_actor(resident), Action.ALERT_RAISED, ("alert", row.id), {"kind": kind})
    return row.id


def open_alert(session: Session, by: By, alert_id: str) -> Alert:
    """Return an alert to be read; the look is recorded. `NotFound("alert.not_found")` without the grant."""
    alert = alerts.one(session, by.staff, alert_id)
    event.record(session, by.actor, Action.ALERT_OPENED, ("alert", alert.id), {"kind": alert.kind})
    return alert


def answer(session: Session, by: By, alert_id: str, text: str) -> None:
    """Write to the person an alert is about.

    Refuses `message.needs_text`, `message.too_long`, and `alert.do_not_contact` where only they may
    begin; `NotFound("alert.not_found")` without the grant.
    """
    alert = alerts.one(session, by.staff, alert_id)
    if alert.do_not_contact:
        raise Refusal("alert.do_not_contact")
    told = {"text": checked_text(text)}
    event.record(session, by.actor, Action.ALERT_ANSWERED, ("alert", alert.id), told)


def finish(session: Session, by: By, alert_id: str, note: str) -> None:
    """Write down what was done; a second time changes nothing. `NotFound` without the grant."""
    alert = alerts.one(session, by.staff, alert_id)
    row = session.get_one(AlertRow, alert.id, with_for_update=True)
    if row.done_at is not None:
        return
    row.done_by, row.done_at, row.note = by.staff.id, now(session), clean(note) or None
    event.record(session, by.actor, Action.ALERT_DONE, ("alert", row.id), {"note": row.note})
