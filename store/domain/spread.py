"""A campaign spread evenly over some hours, so that whoever answers the calls it brings is not flooded.

Only hours of the day count: the usual quiet hours (nine in the evening to eight in the morning, London)
stand still, as if they were not there.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from store.domain.clock import LONDON
from store.domain.subscription import QuietHours

MOST_HOURS = 48
_OPEN = QuietHours()
_HOURS_OF_DAY = 24


def moment(begins: datetime, hours: int, position: int, of: int) -> datetime:
    """Return when the message number `position` (from 0) `of` so many is due (aware UTC).

    Who came since they were counted is told at the end of the hours.
    """
    part = min(position, of) / of if of else 0
    return after(begins, timedelta(hours=hours) * part)


def ends(begins: datetime, hours: int) -> datetime:
    """Return when the last message is due at the latest (aware UTC)."""
    return after(begins, timedelta(hours=hours))


def takes_at_most(hours: int) -> timedelta:
    """Return how long it takes from any start on, the quiet hours counted in and October's longer night."""
    quiet = (_OPEN.end.hour - _OPEN.start.hour) % _HOURS_OF_DAY
    nights = hours // (_HOURS_OF_DAY - quiet) + 1
    return timedelta(hours=hours + quiet * nights + 1)


def after(begins: datetime, amount: timedelta) -> datetime:
    """Return when so much time outside quiet hours has passed (aware UTC)."""
    at, left = _OPEN.until(begins), amount
    while True:
        local = at.astimezone(LONDON)
        closes = datetime.combine(local.date(), _OPEN.start, LONDON).astimezone(UTC)
        if at + left < closes:
            return at + left
        left -= closes - at
        at = _OPEN.until(closes)
