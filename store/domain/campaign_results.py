"""What became of a campaign: numbers counted every so often, never on the way of a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from store.domain.delivery import DeliveryState

OPEN = frozenset({DeliveryState.QUEUED, DeliveryState.LEASED, DeliveryState.HELD})
"""What has not come to an end."""
COUNT_EVERY = timedelta(seconds=5)
ONE_PART_IN = 20
"""Counting takes at most one part in so many of the time: what takes longer is counted more seldom."""

STOPPED = "stopped"
"""What is counted beside the buttons: who wanted no more of a topic after a campaign about it."""
STOPPED_WITHIN = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Reason:
    """How many messages failed, or may have, for one reason, in the words of the messenger."""

    state: DeliveryState
    error: str
    count: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many messages stand how.

    Of those that are queued so many (`later`) may not go yet: they wait for quiet hours to end, a digest,
    their part of the hours it is spread over, or until it fits. `next_at` (aware UTC) is when the next of
    these may go; None if there is none.
    """

    counts: Mapping[DeliveryState, int] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    next_at: datetime | None = None
    later: int = 0

    @property
    def told(self) -> int:
        """How many people it was made out to so far."""
        return sum(self.counts.values())

    @property
    def ended(self) -> int:
        """How many of these have come to an end."""
        return self.told - sum(self.of(state) for state in OPEN)

    def of(self, state: DeliveryState) -> int:
        """Return how many stand so."""
        return self.counts.get(state, 0)


@dataclass(frozen=True, slots=True)
class Results(Counted):
    """What was counted last; `counted_at` is None where that is yet to be done. `took` counting it.

    `per_second` is how many came to an end each second between the last two times.
    """

    counted_at: datetime | None = None
    took: timedelta = timedelta(0)
    per_second: float = 0.0

    @property
    def time_left(self) -> timedelta | None:
        """How long what may go by now takes at this rate; None where nothing goes out, or none is left."""
        left = self.of(DeliveryState.QUEUED) - self.later + self.of(DeliveryState.LEASED)
        return timedelta(seconds=left / self.per_second) if self.per_second and left else None

    def is_due(self, at: datetime, *, over: bool) -> bool:
        """Tell whether to count again; `over`: nothing more is to go out."""
        if self.counted_at is None:
            return True
        if over and self.ended == self.told:
            return False
        return at - self.counted_at >= max(COUNT_EVERY, ONE_PART_IN * self.took)


def rate(before: Results, ended: int, at: datetime) -> float:
    """Return how many came to an end each second since `before`, with `ended` of them at `at`."""
    seconds = (at - before.counted_at).total_seconds() if before.counted_at else 0.0
    return max(0.0, (ended - before.ended) / seconds) if seconds > 0 else 0.0
