"""How a target stands, in words: the colour only helps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.web.labels import clock, short_day
from store.domain.case import CaseView
from store.domain.report import ReportState, ReportView
from store.domain.target import Rules, Standing
from store.domain.triage import CaseLine, ReportLine

PAUSED = "Paused while we wait for the reporter"


@dataclass(frozen=True, slots=True)
class Told:
    """A target as a page tells it."""

    text: str
    standing: Standing


def told(record: ReportLine | CaseLine | ReportView | CaseView, rules: Rules, now: datetime) -> Told | None:
    """Return how the target of a report or case stands; None where nothing is due.

    A report that is in a case has its target there.
    """
    if record.state is ReportState.IN_CASE or record.target_at is None:
        return None
    standing = rules.standing(record.target_at, now, paused=record.target_paused_at is not None)
    return Told(_words(standing, record.target_at, rules, now), standing)


def _words(standing: Standing, at: datetime, rules: Rules, now: datetime) -> str:
    if standing is Standing.PAUSED:
        return PAUSED
    if standing is Standing.MISSED:
        days = rules.days_late(at, now)
        return f"Missed by {days} working day{'' if days == 1 else 's'}" if days else "Missed today"
    begun = "Due soon:" if standing is Standing.DUE_SOON else "Due"
    return f"{begun} {short_day(at)}, {clock(at)}"
