"""Who comes to a meeting: with how many, what they need there, and who waits for room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from store.domain.errors import Refusal
from store.domain.meeting import Meeting

MOST_PEOPLE = 10
"""More than a family or a group of neighbours is agreed with the team."""
NEEDS_MAX_CHARACTERS = 300
HERE_BEFORE = timedelta(minutes=30)
"""So long before the start people may say that they are there, or from when the doors open if sooner."""


class AttendanceState(StrEnum):
    """Whether they come, wait for room, or will not come after all."""

    COMING = "coming"
    WAITING = "waiting"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody and those they bring: `people` counts all of them."""

    resident_id: str
    people: int
    state: AttendanceState


@dataclass(frozen=True, slots=True)
class Attendance:
    """What somebody said about one meeting; `ahead` is how many people wait before them."""

    state: AttendanceState
    people: int
    needs: str | None = None
    ahead: int = 0


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many people come and wait for room, and what those who come need; never who.

    `here` is how many said at the door that they are there.
    """

    coming: int = 0
    waiting: int = 0
    needs: tuple[str, ...] = ()
    here: int = 0


def room_left(capacity: int | None, parties: Iterable[Party]) -> int | None:
    """Return how many more may come; None where there is no limit. Never less than nothing."""
    if capacity is None:
        return None
    coming = sum(party.people for party in parties if party.state is AttendanceState.COMING)
    return max(0, capacity - coming)


def moved_up(capacity: int | None, parties: Iterable[Party]) -> tuple[Party, ...]:
    """Return who waits and can come now, of parties in the order in which they asked.

    A party too large for the room that is left keeps its place; a smaller one behind it may come.
    """
    known = tuple(parties)
    left = room_left(capacity, known)
    found = []
    for party in known:
        if party.state is AttendanceState.WAITING and (left is None or party.people <= left):
            found.append(party)
            left = None if left is None else left - party.people
    return tuple(found)


def checked_people(people: int) -> int:
    """Return the number of people. Refusal: `meeting.how_many` (`most`)."""
    if not 1 <= people <= MOST_PEOPLE:
        raise Refusal("meeting.how_many", most=MOST_PEOPLE)
    return people


def checked_needs(said: str) -> str | None:
    """Return what somebody needs there, None for nothing. Refusal: `meeting.needs_too_long` (`longest`)."""
    needs = " ".join(said.split())
    if len(needs) > NEEDS_MAX_CHARACTERS:
        raise Refusal("meeting.needs_too_long", longest=NEEDS_MAX_CHARACTERS)
    return needs or None


def here_from(meeting: Meeting) -> datetime:
    """Return from when (aware UTC) people may say at the door that they are there."""
    return meeting.starts_at - max(meeting.facts.doors_before, HERE_BEFORE)


def check_here(meeting: Meeting, at: datetime) -> None:
    """Refuse somebody at the door who comes at the wrong time: `here.too_early`, `here.too_late`."""
    if at < here_from(meeting):
        raise Refusal("here.too_early")
    if at >= meeting.ends_at:
        raise Refusal("here.too_late")
