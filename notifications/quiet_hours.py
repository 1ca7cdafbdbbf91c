"""When not to disturb people: from nine in the evening to eight in the morning, London time.

News of a report, reminders and campaigns wait; an answer to what somebody just wrote does not.
"""

from __future__ import annotations

from datetime import datetime

from store.domain.subscription import QUIET_TO, QuietHours
from store.engine import Session, now
from store.queries import recipients


def next_open(instant: datetime) -> datetime:
    """Return the first instant from this one on that is not in quiet hours (aware, UTC)."""
    return QuietHours().until(instant)


def for_staff(instant: datetime) -> str:
    """Return a sentence for staff on when news will go out; empty where it goes at once."""
    return f" Quiet hours: it goes out at {QUIET_TO.hour}am." if quiet_until(instant) else ""


def of_record(session: Session, reference: str) -> str:
    """Return this sentence where somebody hears news of this report or case; else it is empty."""
    return for_staff(now(session)) if recipients.may_be_told(session, reference) else ""


def quiet_until(instant: datetime) -> datetime | None:
    """Return when the quiet hours end that this instant lies in; None where it lies in none."""
    opens = next_open(instant)
    return opens if opens > instant else None
