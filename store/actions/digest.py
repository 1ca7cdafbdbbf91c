"""Let the morning digest be made, once a working day."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import event
from store.domain.actor import SYSTEM
from store.domain.digest import day_due
from store.domain.event import Action
from store.engine import now
from store.queries.targets import rules
from store.tables.event import EventRow

SUBJECT = "digest"


def make(session: Session) -> bool:
    """Record that today's digest is made, if it is time and it was not; what is said follows from that."""
    day = day_due(now(session), rules(session).holidays)
    if day is None or _made(session, day.isoformat()):
        return False
    event.record(session, SYSTEM, Action.DIGEST_MADE, (SUBJECT, day.isoformat()))
    return True


def _made(session: Session, day: str) -> bool:
    wanted = select(EventRow.id).where(EventRow.subject_kind == SUBJECT, EventRow.subject_id == day)
    return session.scalar(wanted.limit(1)) is not None
