"""Meetings as a file tells of them, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.domain.meeting import MeetingFacts
from store.domain.series import Plan


@dataclass(frozen=True, slots=True)
class Single:
    """One meeting of a file: where it stands there, when it begins (naive London time) and what it is.

    `uid` is what the file calls it.
    """

    where: str
    start: datetime
    facts: MeetingFacts
    uid: str | None = None


@dataclass(frozen=True, slots=True)
class Recurring:
    """A series of a file. `without` are dates of its rule that have no meeting.

    `other` are meetings that are not as the rule says: by date of the rule, their start and facts.
    All times are naive London time.
    """

    where: str
    plan: Plan
    uid: str
    without: tuple[datetime, ...] = ()
    other: tuple[tuple[datetime, datetime, MeetingFacts], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadMeetings:
    """What could be read, and a sentence for each row that could not."""

    singles: tuple[Single, ...] = ()
    series: tuple[Recurring, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would make, how many meetings and series are there already, and what it refuses."""

    singles: tuple[Single, ...]
    series: tuple[Recurring, ...]
    known: int
    refused: tuple[str, ...]
