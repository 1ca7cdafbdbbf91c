"""Series of meetings: what one is, and what becomes of its meetings when the rest of it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from store.domain.meeting import Meeting, MeetingFacts, MeetingState, packed, unpacked
from store.domain.recurrence import Rule, instant_of

MOST_AHEAD = 60
"""At most so many meetings of a series are there ahead of time."""
AHEAD = timedelta(days=548)
"""Meetings are made for about 18 months; the next one always is, however far away."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When a series comes back and what its meetings are. `start` is naive London time.

    The first meeting is on the first date of the rule at or after `start`.
    """

    rule: Rule
    start: datetime
    facts: MeetingFacts


@dataclass(frozen=True, slots=True)
class Series:
    """A series as it is read. `first_start` is naive London time, its first date.

    `published_at` is set where meetings still to be made are published at once, `ended_at` where
    no more are made.
    """

    id: str
    rule: Rule
    first_start: datetime
    facts: MeetingFacts
    version: int
    published_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def plan(self) -> Plan:
        """What staff said of it."""
        return Plan(self.rule, self.first_start, self.facts)

    @property
    def end(self) -> datetime | None:
        """The last moment for a start of one that has ended: another series may go on from there."""
        return self.rule.until if self.ended_at is not None else None


def is_exception(meeting: Meeting, series: Series) -> bool:
    """Tell whether a meeting of a series is not as the others are."""
    moved = meeting.slot is not None and meeting.starts_at != instant_of(datetime.fromisoformat(meeting.slot))
    return moved or meeting.facts != series.facts or meeting.state is MeetingState.CANCELLED


def carried(own: MeetingFacts, before: MeetingFacts, after: MeetingFacts) -> MeetingFacts:
    """Return the facts of a meeting whose series changed: what was said of it alone stays."""
    mine, was, is_ = packed(own), packed(before), packed(after)
    kept: Mapping[str, Any] = {name: is_[name] if mine[name] == was[name] else mine[name] for name in mine}
    return unpacked(kept)


def carried_start(starts_at: datetime, slot: str, to: datetime) -> datetime:
    """Return the instant of a meeting whose date in its series is now `to`: one moved alone stays."""
    as_planned = starts_at == instant_of(datetime.fromisoformat(slot))
    return instant_of(to) if as_planned else starts_at
