"""Raise an alert, and write down what was done about it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from store.actions import event
from store.actions.resident import as_actor
from store.actions.rows import check_version
from store.actions.thread import DOUBLE_TAP
from store.domain.alert import Alert, AlertKind
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.message import checked_text
from store.domain.questions import clean
from store.domain.resident import Resident
from store.domain.staff import By
from store.engine import now
from store.queries import alerts, timeline
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
    return replace(alert, story=timeline.story(session, ("alert", alert.id)))


def answer(session: Session, by: By, alert_id: str, text: str, version: int | None = None) -> None:
    """Write to the person an alert is about. The same words twice within a minute are one.

    Refuses `message.needs_text`, `message.too_long`, `record.changed`, and `alert.do_not_contact`
    where only they may begin; `NotFound("alert.not_found")` without the grant.
    """
    alert, row = _for_update(session, by, alert_id)
    if _said_just_now(session, by, alert_id, text):
        return
    check_version(session, "alert", row, version)
    if alert.do_not_contact:
        raise Refusal("alert.do_not_contact")
    told = {"text": checked_text(text)}
    flag_modified(row, "done_at")  # what was said to them is a change of the alert
    event.record(session, by.actor, Action.ALERT_ANSWERED, ("alert", alert.id), told)


def finish(session: Session, by: By, alert_id: str, note: str, version: int | None = None) -> None:
    """Write down what was done; the same again is harmless.

    Refuses `record.changed`; `NotFound("alert.not_found")` without the grant.
    """
    _, row = _for_update(session, by, alert_id)
    said = clean(note) or None
    if row.done_at is None or row.note != said:
        check_version(session, "alert", row, version)
    if row.done_at is not None:
        return
    row.done_by, row.done_at, row.note = by.staff.id, now(session), said
    event.record(session, by.actor, Action.ALERT_DONE, ("alert", row.id), {"note": row.note})


def _said_just_now(session: Session, by: By, alert_id: str, text: str) -> bool:
    since = now(session) - DOUBLE_TAP
    own = (
        (line.action, line.detail)
        for line in timeline.story(session, ("alert", alert_id))
        if line.at > since and line.who == by.staff.name
    )
    return (Action.ALERT_ANSWERED, text.strip()) in own


def _for_update(session: Session, by: By, alert_id: str) -> tuple[Alert, AlertRow]:
    alert = alerts.one(session, by.staff, alert_id)
    return alert, session.get_one(AlertRow, alert.id, with_for_update=True, populate_existing=True)
