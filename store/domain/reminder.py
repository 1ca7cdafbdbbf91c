"""Reminders of meetings: which are due when, which still make sense, and when a change is told.

A reminder rests on the meeting's start, venue and state. Where one of them is another by the time it
is due, it is stale and never sent; what changed is told at once to whoever may have heard of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from store.domain.clock import LONDON
from store.domain.meeting import Meeting, MeetingState
from store.domain.subscription import Frequency, QuietHours


class ReminderKind(StrEnum):
    """What it says: that the meeting comes, or what became of it."""

    COMING_UP = "coming_up"
    CHANGED = "changed"
    CANCELLED = "cancelled"


class ReminderState(StrEnum):
    """Where it is: to come, being told to one after the other, told; or it was left out, and why."""

    WAITING = "waiting"
    TELLING = "telling"
    TOLD = "told"
    LATE = "late"
    STALE = "stale"


DIGEST_AT = time(9)
DIGEST_WEEKDAY = 0
DAYS_OF_WEEK = 7
"""Digests come at nine in the morning, London time; those of the week on Mondays."""
OPEN = frozenset({ReminderState.WAITING, ReminderState.TELLING})


@dataclass(frozen=True, slots=True)
class Planned:
    """A reminder to be written down. `due_at` is aware UTC; `lead` is nothing for a change."""

    kind: ReminderKind
    lead: timedelta
    due_at: datetime


def planned(meeting: Meeting, now: datetime, leads: Iterable[timedelta]) -> tuple[Planned, ...]:
    """Return the reminders of a meeting that are still to come, the first due first.

    A meeting that is published, or moved, inside a lead has no reminder for that lead any more.
    """
    if meeting.state is not MeetingState.PUBLISHED:
        return ()
    due = ((lead, meeting.starts_at - lead) for lead in sorted(set(leads), reverse=True))
    return tuple(Planned(ReminderKind.COMING_UP, lead, at) for lead, at in due if at > now)


def change(before: Meeting, after: Meeting, now: datetime) -> Planned | None:
    """Return what people are told at once of a change; None where it is nothing to them.

    What was never published, and what has begun, is told to nobody.
    """
    if before.state is not MeetingState.PUBLISHED or before.fingerprint == after.fingerprint:
        return None
    if after.state is MeetingState.CANCELLED:
        kind, until = ReminderKind.CANCELLED, before.starts_at
    else:
        kind, until = ReminderKind.CHANGED, max(before.starts_at, after.starts_at)
    return Planned(kind, timedelta(), now) if now < until else None


def due_for(
    person: tuple[Frequency, QuietHours], now: datetime, starts_at: datetime, *, first: bool
) -> datetime | None:
    """Return when somebody is reminded (aware UTC); None: not of this, it would come too late.

    Never in their quiet hours. Who wants things once a day or a week hears in the morning of their digest;
    where that is after the start, at once, if it is the `first` that they hear of the meeting.
    """
    frequency, quiet = person
    at = quiet.until(now)
    digest = next_digest(frequency, at)
    if digest > at:
        digest = quiet.until(digest)
        if digest < starts_at:
            return digest
        if not first:
            return None
    return at if at < starts_at else None


@lru_cache(maxsize=1024)
def heard_at(frequency: Frequency, quiet: QuietHours, now: datetime) -> datetime:
    """Return when somebody is told (aware UTC): never in their quiet hours, and with their digest.

    Remembered: most of those to whom a campaign goes want it alike.
    """
    at = quiet.until(now)
    digest = next_digest(frequency, at)
    return quiet.until(digest) if digest > at else at


def is_in_digest(person: tuple[Frequency, QuietHours], now: datetime, due_at: datetime) -> bool:
    """Tell whether what is due for somebody then comes with their digest, not by itself."""
    return person[0] is not Frequency.AT_ONCE and due_at == heard_at(*person, now)


def next_digest(frequency: Frequency, at: datetime) -> datetime:
    """Return when the next digest goes out, from this instant (aware) on; at once for who wants none."""
    if frequency is Frequency.AT_ONCE:
        return at
    local = at.astimezone(LONDON)
    day = local.date() + timedelta(days=local.time() > DIGEST_AT)
    if frequency is Frequency.WEEKLY:
        day += timedelta(days=(DIGEST_WEEKDAY - day.weekday()) % DAYS_OF_WEEK)
    return datetime.combine(day, DIGEST_AT, LONDON).astimezone(at.tzinfo)


def makes_sense(lead: timedelta, due: Collection[timedelta]) -> bool:
    """Tell whether a reminder that comes late is still the one to send: no shorter lead is due by now."""
    return not any(other < lead for other in due)
