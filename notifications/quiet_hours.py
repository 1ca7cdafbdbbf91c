"""When not to disturb people: from nine in the evening to eight in the morning, London time.

News of a report, reminders and campaigns wait; an answer to what somebody just wrote does not.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from store.domain.clock import LONDON

QUIET_FROM = time(21)
QUIET_TO = time(8)


def next_open(instant: datetime) -> datetime:
    """Return the first instant from this one on that is not in quiet hours (aware, UTC).

    Both ends lie in hours that no change of the clocks skips or repeats.
    """
    local = instant.astimezone(LONDON)
    if QUIET_TO <= local.time() < QUIET_FROM:
        return instant.astimezone(UTC)
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    return datetime.combine(day, QUIET_TO, LONDON).astimezone(UTC)


def for_staff(instant: datetime) -> str:
    """Return a sentence for staff on when news will go out; empty where it goes at once."""
    return f" Quiet hours: it goes out at {QUIET_TO.hour}am." if quiet_until(instant) else ""


def quiet_until(instant: datetime) -> datetime | None:
    """Return when the quiet hours end that this instant lies in; None where it lies in none."""
    opens = next_open(instant)
    return opens if opens > instant else None
