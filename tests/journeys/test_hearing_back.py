"""Residents hear what came of the meeting that they went to, and find it again where they look."""

from __future__ import annotations

from datetime import datetime, timedelta

from notifications.timetable import hear_back, remind
from store.actions import meeting_priority, meeting_sharing
from store.domain.clock import LONDON
from store.domain.meeting import Meeting, MeetingPriority
from tests.journeys.test_coming import look, tap
from tests.journeys.test_meetings import quiet_town
from tests.support.form import data_of, say
from tests.support.meeting_factory import RAMSGATE, published
from tests.support.meetings import LIGHTS, MENDED, PARKING
from tests.support.town import Town

__all__ = ["quiet_town"]

EVENING = datetime(2026, 12, 1, 18, 30, tzinfo=LONDON)
SITE = "https://safety.example"


async def share(town: Town, there: Meeting, *told: MeetingPriority) -> None:
    await town.staff_does(meeting_priority.set_priorities, there.reference, told)
    await town.staff_does(meeting_sharing.share, there.reference)
    await hear_back(town.house.app.store, SITE)
    await town.settled()


def until(town: Town, at: datetime) -> None:
    town.house.clock.advance(at - town.house.clock.now())


async def test_who_came_hears_what_was_chosen_then_what_was_done_and_reads_it_again(quiet_town: Town) -> None:
    town = quiet_town
    there = await town.staff_does(published, EVENING, RAMSGATE)
    await look(town, town.ada)
    await tap(town, town.ada, f"o:coming:{there.reference}", "You are down for this meeting")
    until(town, EVENING + timedelta(hours=2))
    await share(town, there, LIGHTS, PARKING)
    pushed = await town.ada.wait_for("You said, we did")
    assert "1. Lights in King Street\nWho does it: The council\nNot done yet." in pushed.text
    assert pushed.labels == ["Details", "You said, we did"]
    assert all("You said, we did" not in one.text for one in town.ben.messages)

    until(town, EVENING + timedelta(days=20))
    await share(town, there, MENDED, PARKING)
    done = await town.ada.wait_for("Twelve lamps are mended")
    assert "Parking" not in done.text
    told = [one for one in town.ada.messages if one.text.startswith("You said, we did")]
    assert len(told) == 2

    town.ada.tap_data(next(one for one in data_of(done) if one.startswith("o:meeting:")), done.id)
    shown = await town.ada.wait_for("What was chosen, and what came of it:")
    assert "2. Parking at the school\nWho does it: Sgt Example\nNot done yet." in shown.text


async def test_the_next_meeting_says_what_came_of_the_last_one(quiet_town: Town) -> None:
    town = quiet_town
    last = await town.staff_does(published, EVENING, RAMSGATE)
    until(town, EVENING + timedelta(hours=2))
    await share(town, last, MENDED, PARKING)
    coming = await town.staff_does(published, EVENING + timedelta(days=30), RAMSGATE)
    await look(town, town.ben)
    await tap(town, town.ben, f"o:coming:{coming.reference}", "You are down for this meeting")
    shown = await say(town.ben, f"/start meeting_{coming.reference.replace('-', '')}")
    assert "Last time, on Tuesday 1 December:\n\n1. Lights in King Street" in shown.text
    assert "What was done: Twelve lamps are mended" in shown.text
    until(town, EVENING + timedelta(days=29))
    await remind(town.house.app.store)
    await town.settled()
    reminded = await town.ben.wait_for("Tomorrow:")
    assert "last meeting" not in reminded.text
    until(town, EVENING + timedelta(days=30) - timedelta(hours=2))
    await remind(town.house.app.store)
    await town.settled()
    reminded = await town.ben.wait_for("Today:")
    assert reminded.text.endswith("We begin with what came of the last meeting. Done: 1 of 2.")
