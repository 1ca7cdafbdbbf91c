"""Residents come to a meeting: how many, what they need; who waits is told when there is room."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.emulator import Person
from store.actions import meeting
from store.domain.meeting import Meeting
from tests.journeys.test_meetings import quiet_town
from tests.support.form import data_of, say
from tests.support.meeting_factory import RAMSGATE, published
from tests.support.town import Town

__all__ = ["quiet_town"]

TUESDAY = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)


@pytest.fixture
async def small(quiet_town: Town) -> tuple[Town, Meeting]:
    """A meeting with room for three comes up."""
    there = await quiet_town.staff_does(published, TUESDAY, replace(RAMSGATE, capacity=3))
    return quiet_town, there


async def tap(town: Town, person: Person, data: str, wanted: str) -> str:
    shown = next(one for one in reversed(person.messages) if any(d.startswith(data) for d in data_of(one)))
    person.tap_data(next(one for one in data_of(shown) if one.startswith(data)), shown.id)
    found = await person.wait_for(wanted)
    await town.settled()
    return found.text


async def look(town: Town, person: Person) -> None:
    person.say("/meetings Ramsgate")
    await person.wait_for("neighbourhood meeting")
    await town.settled()


async def test_one_tap_says_so_and_more_taps_say_with_how_many(small: tuple[Town, Meeting]) -> None:
    town, there = small
    await look(town, town.ada)
    text = await tap(town, town.ada, f"o:coming:{there.reference}:"[:-1], "You are down for this meeting")
    assert "1 person is coming." in text
    text = await tap(town, town.ada, f"o:coming:{there.reference}.3", "3 people are coming.")
    assert "Tuesday 1 December, 6:30pm" in text
    await look(town, town.ada)
    assert "3 people are coming." in await tap(town, town.ada, f"o:coming:{there.reference}", "You are down")
    details = await tap(town, town.ada, f"o:meeting:{there.reference}", "There are 3 places in all.")
    assert there.facts.venue.name in details


async def test_what_somebody_needs_there_is_asked_in_words_and_an_open_report_waits(
    small: tuple[Town, Meeting],
) -> None:
    town, there = small
    await say(town.ada, "/report There is a burnt car by the church")
    await look(town, town.ada)
    await tap(town, town.ada, f"o:coming:{there.reference}", "You are down for this meeting")
    await tap(town, town.ada, f"o:coming:{there.reference}.needs", "What do you need there?")
    town.ada.say("a ramp please")
    await town.ada.wait_for("What you need there: a ramp please")
    await town.settled()
    assert (await town.open_draft(town.ada)).answers["what"] == "There is a burnt car by the church"


async def test_who_waits_moves_up_and_is_told_when_somebody_cannot_come(small: tuple[Town, Meeting]) -> None:
    town, there = small
    await look(town, town.ada)
    await tap(town, town.ada, f"o:coming:{there.reference}", "You are down for this meeting")
    await tap(town, town.ada, f"o:coming:{there.reference}.3", "3 people are coming.")
    await look(town, town.ben)
    assert "full just now" in await tap(town, town.ben, f"o:coming:{there.reference}", "waiting list")
    await tap(town, town.ada, f"o:coming:{there.reference}.away", "not down for this meeting any more")
    told = await town.ben.wait_for("There is room for you now")
    assert "Ramsgate neighbourhood meeting" in told.text


async def test_more_than_there_is_room_for_and_what_is_called_off_is_said_kindly(
    small: tuple[Town, Meeting],
) -> None:
    town, there = small
    await look(town, town.ada)
    await tap(town, town.ada, f"o:coming:{there.reference}", "You are down for this meeting")
    shown = town.ada.last
    town.ada.tap_data(f"o:coming:{there.reference}.6", shown.id)
    await town.settled()
    assert "room for 3 people only" in str(town.emulator.calls_of("answerCallbackQuery")[-1])
    await town.staff_does(meeting.cancel, there.reference, "The hall is flooded")
    town.ada.tap_data(f"o:coming:{there.reference}.2", shown.id)
    await town.settled()
    assert "will not take place" in str(town.emulator.calls_of("answerCallbackQuery")[-1])
