"""Meetings for tests: what one is, and short ways to make some."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from store.actions import meeting, meeting_priority, series
from store.domain.meeting import Access, Meeting, MeetingFacts, MeetingKind, MeetingPriority, Venue
from store.domain.recurrence import instant_of, parse
from store.domain.series import Plan
from store.domain.staff import By
from store.queries import series as reading
from tests.support.triage_factory import Town

HALL = Venue(
    "St John's Hall", "Victoria Road, Ramsgate CT11 9HG", 51.3343, 1.4122, frozenset({Access.STEP_FREE})
)
FACTS = MeetingFacts(
    "Ramsgate neighbourhood meeting", "ramsgate", MeetingKind.IN_PERSON, timedelta(minutes=90), venue=HALL
)
TUESDAY = datetime(2026, 12, 1, 18, 30)
"""A Tuesday a week after the town's morning (naive London time)."""
LIGHTS = MeetingPriority("Lights in King Street", "The council")
PARKING = MeetingPriority("Parking at the school", "Sgt Example")
MENDED = replace(LIGHTS, result="Twelve lamps are mended")
WEEKLY = "FREQ=WEEKLY;BYDAY=TU"


def facts(**other: Any) -> MeetingFacts:
    return replace(FACTS, **other)


def plan(rule: str = WEEKLY, start: datetime = TUESDAY, **other: Any) -> Plan:
    return Plan(parse(rule, start), start, facts(**other))


async def a_meeting(town: Town, by: By, local: datetime = TUESDAY, **other: Any) -> Meeting:
    return await town.write(meeting.make, by, instant_of(local), facts(**other))


async def published(town: Town, by: By, local: datetime = TUESDAY, **other: Any) -> Meeting:
    made = await a_meeting(town, by, local, **other)
    return await town.write(meeting.publish, by, made.reference)


async def begun(town: Town, by: By, *chosen: MeetingPriority, **other: Any) -> Meeting:
    """Let a meeting begin that chose this."""
    starts_at = town.clock.now() + timedelta(minutes=1)
    made = await town.write(meeting.make, by, starts_at, facts(**other))
    await town.write(meeting.publish, by, made.reference)
    town.pass_time(minutes=2)
    await town.write(meeting_priority.set_priorities, by, made.reference, chosen)
    return made


async def held(town: Town, by: By, *chosen: MeetingPriority, **other: Any) -> Meeting:
    """Hold a meeting that chose this: an hour and a half goes by."""
    made = await begun(town, by, *chosen, **other)
    town.pass_time(minutes=93)
    return made


async def a_series(
    town: Town, by: By, rule: str = "FREQ=WEEKLY", start: datetime = TUESDAY, **other: Any
) -> list[Meeting]:
    """Make a series; return its meetings."""
    made = await town.write(series.make_series, by, plan(rule, start, **other))
    return list(await town.read(reading.all_of, made.id))
