"""What somebody wants to hear from us: about what, from where, how often, and not at night."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from store.domain.clock import LONDON

QUIET_FROM = time(21)
QUIET_TO = time(8)
"""The quiet hours of whoever set no others, London time."""


class Topic(StrEnum):
    """What it is about."""

    CAMPAIGNS = "campaigns"
    URGENT = "urgent"
    MEETINGS = "meetings"
    YOU_SAID = "you_said"
    SURVEYS = "surveys"


class Frequency(StrEnum):
    """How often what is not urgent comes: each by itself, or together once a day or a week."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class WhyStopped(StrEnum):
    """Why somebody stopped, if they say so."""

    TOO_MANY = "too_many"
    NOT_FOR_ME = "not_for_me"
    MOVED = "moved"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From when to when (London time) nothing comes but what is urgent; both the same: never quiet."""

    start: time = QUIET_FROM
    end: time = QUIET_TO

    def holds(self, instant: datetime) -> bool:
        """Tell whether this instant (aware) lies in them."""
        at = instant.astimezone(LONDON).time()
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def until(self, instant: datetime) -> datetime:
        """Return the first instant from this one on that is outside them (aware, UTC).

        Where the clocks go forward over the end, it is the first minute after; where they go back, the
        later of the two.
        """
        if not self.holds(instant):
            return instant.astimezone(UTC)
        local = instant.astimezone(LONDON)
        day = local.date() + timedelta(days=self.start > self.end and local.time() >= self.start)
        ends = datetime.combine(day, self.end, LONDON).replace(fold=1).astimezone(UTC)
        return ends if ends > instant else instant.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Subscription:
    """What one person wants. `places` are codes of areas or wards; none: all of the district.

    `paused_until` (aware UTC): nothing comes before; `stopped_at`: nothing comes at all.
    """

    topics: frozenset[Topic]
    places: frozenset[str] = frozenset()
    frequency: Frequency = Frequency.AT_ONCE
    quiet: QuietHours = QuietHours()
    paused_until: datetime | None = None
    stopped_at: datetime | None = None
    why_stopped: WhyStopped | None = None

    def wants(self, topic: Topic, now: datetime) -> bool:
        """Tell whether anything about this may be sent to them now, or kept for their digest."""
        paused = self.paused_until is not None and self.paused_until > now
        return self.stopped_at is None and not paused and topic in self.topics

    def about(self, places: Collection[str]) -> bool:
        """Tell whether what concerns these places concerns them; see `concerned`."""
        return not self.places or not self.places.isdisjoint(places)


def concerned(area: str | None, wards: Collection[str], area_of: Mapping[str, str]) -> frozenset[str]:
    """Return the places whose subscribers are told of something in this area or these wards.

    Something for a whole area concerns who wants the area or any ward of it; something for some wards
    who wants these, or their areas. Nothing given concerns everybody: then it is empty.
    """
    if wards:
        return frozenset(wards) | {area_of[ward] for ward in wards if ward in area_of}
    if area is None:
        return frozenset()
    return frozenset({area}) | {ward for ward, its in area_of.items() if its == area}
