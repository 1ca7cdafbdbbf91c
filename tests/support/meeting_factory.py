"""Meetings for tests, made through the real actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from store.actions import meeting
from store.domain.meeting import Meeting, MeetingFacts, MeetingKind, Venue
from store.domain.staff import By
from tests.support.triage_factory import Town

HALL = Venue(name="Cliftonville Hall", address="1 Example Road, Margate")
FACTS = MeetingFacts(
    "Margate neighbourhood meeting", "margate", MeetingKind.IN_PERSON, timedelta(hours=2), venue=HALL
)


async def a_meeting(town: Town, by: By, in_: timedelta = timedelta(days=14), **facts: Any) -> Meeting:
    """Return a published meeting that begins so long from now."""
    starts_at: datetime = town.clock.now() + in_
    made = await town.write(meeting.make, by, starts_at, replace(FACTS, **facts))
    return await town.write(meeting.publish, by, made.reference)
