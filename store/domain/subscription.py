"""What somebody wants to hear from us: about what, from where, how often, and not at night."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from store.domain.clock import LONDON
from store.domain.errors import Refusal

QUIET_FROM = time(21)
QUIET_TO = time(8)
"""The quiet hours of whoever set no others, London time."""
PAUSE_MAX_DAYS = 366


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
    """From when to when (London time) nothing comes but what is urgent; both the same: never quiet.

    An hour that the clocks repeat belongs to them from its first time on, and to its last time.
    """

    start: time = QUIET_FROM
    end: time = QUIET_TO

    def holds(self, instant: datetime) -> bool:
        """Tell whether this instant (aware) lies in them."""
        return self.until(instant) > instant

    def until(self, instant: datetime) -> datetime:
        """Return the first instant from this one on that is outside them (aware, UTC)."""
        at = instant.astimezone(UTC)
        if self.start == self.end:
            return at
        today = at.astimezone(LONDON).date()
        for days in (-1, 0, 1):
            day = today + timedelta(days)
            begins = _instant(day, self.start, fold=0)
            ends = _instant(day + timedelta(days=self.start > self.end), self.end, fold=1)
            if begins <= at < ends:
                at = ends
        return at


@lru_cache(maxsize=4096)
def _instant(day: date, at: time, fold: int) -> datetime:
    """Return when London's clock shows this, the first or the last time; where it is skipped, when it is.

    Remembered: of a campaign it is asked six times for each person, and most have the same hours.
    """
    instant = datetime.combine(day, at, LONDON).replace(fold=fold).astimezone(UTC)
    if instant.astimezone(LONDON).time() == at:
        return instant
    # The clocks are put forward by one hour, on a whole hour of UTC; `fold` 1 gives the hour before it.
    return instant.replace(minute=0, second=0, microsecond=0) + timedelta(hours=fold)


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

    def is_paused(self, now: datetime) -> bool:
        """Tell whether nothing comes now because they wished for a pause."""
        return self.paused_until is not None and self.paused_until > now

    def wants(self, topic: Topic, now: datetime) -> bool:
        """Tell whether anything about this may be sent to them now, or kept for their digest."""
        return self.stopped_at is None and not self.is_paused(now) and topic in self.topics

    def about(self, places: Collection[str]) -> bool:
        """Tell whether what concerns these places concerns them; see `concerned`."""
        return not places or not self.places or not self.places.isdisjoint(places)

    def is_wider_than(self, had: Subscription) -> bool:
        """Tell whether this is more than somebody agreed to who `had` that: another topic or place."""
        elsewhere = bool(had.places) and (not self.places or not self.places <= had.places)
        return elsewhere or not self.topics <= had.topics


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


def concerned_by(places: Collection[str], area_of: Mapping[str, str]) -> frozenset[str]:
    """Return the places whose subscribers are told of something in these areas and wards; see `concerned`."""
    wards = [place for place in places if place in area_of]
    areas = [place for place in places if place not in area_of]
    whole = [concerned(area, (), area_of) for area in areas]
    return frozenset().union(*whole, concerned(None, wards, area_of))


def pause_end(day: date, today: date) -> datetime:
    """Return when a pause until this day ends: as it begins in London (aware, UTC).

    Refusals: `subscribe.no_day` for one that has come, `subscribe.too_far` after `PAUSE_MAX_DAYS`.
    """
    if day <= today:
        raise Refusal("subscribe.no_day")
    if day > today + timedelta(PAUSE_MAX_DAYS):
        raise Refusal("subscribe.too_far")
    return _instant(day, time(), fold=0)
