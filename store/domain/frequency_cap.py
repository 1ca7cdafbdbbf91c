"""How many campaigns somebody gets in a week at most: what is more waits, or comes too late.

Not counted are reminders, answers, news of what became of one's own matters, and urgent alerts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

WEEK = timedelta(days=7) - timedelta(hours=1)
"""An hour less, so that what comes every week at the same time does not wait for its own last one."""
DAY = timedelta(days=1)
MOST_A_WEEK = 5
"""Where the profile says nothing."""
CAPPED = "capped"
"""Why a message waits, or came too late: whoever it is for had as many as anybody gets."""


@dataclass(frozen=True, slots=True)
class Capped:
    """How many messages of a campaign wait because of the cap, and for how many it came too late."""

    waiting: int = 0
    too_late: int = 0


def fits_at(sent: Collection[datetime], now: datetime, most: int) -> datetime:
    """Return when one more fits, for somebody who got or will get campaigns then: `now`, or later."""
    recent = sorted(one for one in sent if one > now - WEEK)
    return now if len(recent) < most else recent[-most] + WEEK


def next_morning(due_at: datetime, at: datetime) -> datetime:
    """Return the first instant from `at` on that is whole days after `due_at`: of a later digest."""
    return due_at + -((due_at - at) // DAY) * DAY
