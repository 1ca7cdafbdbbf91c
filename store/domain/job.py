"""Jobs: what the program does by itself at its times, when each ran last, and what came of that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

NOTED_EVERY = timedelta(minutes=5)
"""A run that did nothing, as the one before, is written down no oftener than this."""
AGAIN_AFTER = timedelta(minutes=15)
"""What runs once at its time, and failed, is tried again after this."""
BUSY_FOR = timedelta(minutes=10)
"""Whoever took a job in hand has it for so long, unless they end sooner."""
DID_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a job, and how many milliseconds it took.

    `did` says in words what it did, empty for nothing; `error` what kind of error ended it, empty
    where it worked.
    """

    began_at: datetime
    took_ms: int
    did: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """How a job stands. `last` is the last run that was written down, None where there is none yet.

    `known_at` is when the timetable first held it; `did` and `did_at` are of the last run that did
    something; `failing_since` of the first that failed since it last worked. `asked_by` is the name
    of whoever wants it to run now; `busy_until` how long whoever runs it has it.
    """

    code: str
    known_at: datetime
    last: Run | None = None
    did: str = ""
    did_at: datetime | None = None
    failing_since: datetime | None = None
    asked_at: datetime | None = None
    asked_by: str | None = None
    busy_until: datetime | None = None

    @property
    def ran_at(self) -> datetime | None:
        """When the last run began that was written down."""
        return self.last.began_at if self.last else None

    def is_busy(self, at: datetime) -> bool:
        """Tell whether somebody has it in hand."""
        return self.busy_until is not None and self.busy_until > at

    def is_due(self, next_after: Callable[[datetime], datetime], at: datetime) -> bool:
        """Tell whether its time has passed since it ran last, or it failed and is to be tried again.

        `next_after` gives its first time after an instant. What failed is tried again, what was
        missed while nothing ran is made up for.
        """
        since = self.ran_at or self.known_at
        again = self.failing_since is not None and since + AGAIN_AFTER <= at
        return again or next_after(since) <= at


def is_worth_noting(last: Run | None, run: Run) -> bool:
    """Tell whether a run is to be written down, after the last that was."""
    if last is None or run.did or run.error != last.error:
        return True
    return run.began_at >= last.began_at + NOTED_EVERY
