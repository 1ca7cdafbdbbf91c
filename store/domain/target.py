"""Targets: by when a reporter hears from a person, first and then again, in working days.

The clock stands while we wait for the reporter; before there is a case, for so many days at most.
All targets of a partnership are proposals that staff can see missed; they decide nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from store.domain.reference import Priority, Profile, Target
from store.domain.working_days import (
    add_working_time,
    due_at,
    london_date,
    working_days_between,
    working_time_between,
)

SOON_DAYS = 1
"""What is due within so many working days is due soon."""
LONGEST_WAIT_DAYS = 10
"""So many working days the clock of a report in triage stands for an answer: it has no officer who
would notice that none came (a proposal of ours)."""


class TargetKind(StrEnum):
    """What is due: the first word from a person, or the next one (of a waiting report, or its decision)."""

    FIRST_CONTACT = "first_contact"
    UPDATE = "update"


class Standing(StrEnum):
    """How a target stands."""

    NONE = "none"
    DUE = "due"
    DUE_SOON = "due_soon"
    MISSED = "missed"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Rules:
    """The targets in force by priority, and the bank holidays they leave out."""

    targets: Mapping[Priority, Target] = field(default_factory=dict)
    holidays: Collection[date] = ()

    def due(self, kind: TargetKind, priority: Priority, since: datetime) -> datetime | None:
        """Return when this is due (aware, UTC) counted from `since`; None where no target is set."""
        target = self.targets.get(priority)
        if target is None:
            return None
        days = target.first_contact_days if kind is TargetKind.FIRST_CONTACT else target.update_days
        return due_at(days, since, self.holidays)

    def resumed(self, target_at: datetime, paused_at: datetime, now: datetime) -> datetime:
        """Return the target moved on by the office time for which its clock stood."""
        return add_working_time(target_at, working_time_between(paused_at, now, self.holidays), self.holidays)

    def wait_over(self, paused_at: datetime, now: datetime) -> bool:
        """Tell whether a report in triage has waited for its reporter for as long as it may."""
        return due_at(LONGEST_WAIT_DAYS, paused_at, self.holidays) <= now

    def soon(self, now: datetime) -> datetime:
        """Return the instant up to which what is due is due soon."""
        return due_at(SOON_DAYS, now, self.holidays)

    def standing(self, target_at: datetime | None, now: datetime, *, paused: bool = False) -> Standing:
        """Return how a target stands; one whose clock stands is never missed."""
        if target_at is None:
            return Standing.NONE
        if paused:
            return Standing.PAUSED
        if target_at <= now:
            return Standing.MISSED
        return Standing.DUE_SOON if target_at <= self.soon(now) else Standing.DUE

    def days_late(self, target_at: datetime, now: datetime) -> int:
        """Return how many working days have begun since the day it was due; 0 on that day."""
        return working_days_between(london_date(target_at), london_date(now), self.holidays)


def rules_of(profile: Profile) -> Rules:
    """Return the rules that a partnership's reference data sets."""
    return Rules({target.priority: target for target in profile.targets}, frozenset(profile.bank_holidays))


def report_kind(contacted_at: datetime | None) -> TargetKind:
    """Return what is due of a report: the first word until its reporter was contacted."""
    return TargetKind.FIRST_CONTACT if contacted_at is None else TargetKind.UPDATE


def earliest(*targets: tuple[datetime | None, TargetKind]) -> tuple[datetime | None, TargetKind | None]:
    """Return the target that comes first; (None, None) where there is none."""
    found = [(at, kind) for at, kind in targets if at is not None]
    return min(found, default=(None, None), key=lambda target: target[0])
