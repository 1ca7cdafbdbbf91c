"""Who is told of an event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from store.domain.event import Event
from store.domain.reference import Restriction
from store.domain.staff import Staff
from store.engine import Session
from store.queries import recipients
from store.queries.recipients import Reporter

Details = Mapping[str, Any]


def reporters(session: Session, event: Event, details: Details) -> list[Reporter]:
    """Return the people to tell, once per report that the event is about."""
    ids = _report_ids(event, details)
    return recipients.reporters(session, ids) if ids else []


def granted(session: Session, restriction: Restriction) -> list[Staff]:
    """Return the staff to tell, one by one, of a restricted record."""
    return recipients.granted(session, restriction)


def overseers(session: Session) -> list[Staff]:
    """Return the staff to tell, one by one, that a restricted record lies unseen."""
    return recipients.overseers(session)


def administrators(session: Session) -> list[Staff]:
    """Return the administrators to tell, one by one, how the program does."""
    return recipients.administrators(session)


def supervisors(session: Session, restriction: str | None) -> list[Staff]:
    """Return the supervisors to tell, one by one, of a record."""
    return recipients.supervisors(session, Restriction(restriction) if restriction else None)


def officer(session: Session, details: Details) -> Staff | None:
    """Return whom to tell of what a reporter did: who works the case, asked or took the report."""
    staff_id = details.get("officer_id")
    if not staff_id:
        return None
    restriction = details.get("restriction")
    return recipients.officer(session, staff_id, Restriction(restriction) if restriction else None)


def _report_ids(event: Event, details: Details) -> list[str]:
    if "report_ids" in details:
        never_heard = details.get("unsaid_to", ())
        return [one for one in details["report_ids"] if one not in never_heard]
    if "report_id" in details:
        return [details["report_id"]]
    return [event.subject_id] if event.subject_kind == "report" else []
