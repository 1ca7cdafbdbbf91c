"""Scanning the poster at the door of a meeting."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from handlers.chat.services import Reference, Services
from store.actions import meeting
from store.domain.clock import FixedClock
from store.domain.deep_link import at_door, make
from store.domain.meeting import Meeting
from store.domain.place_index import PlaceIndex
from store.domain.staff import By
from store.domain.understood import NOTHING
from store.engine import open_store
from store.queries import attendances
from tests.support.meeting_factory import RAMSGATE, published
from tests.support.phone import Phone
from tests.support.triage_factory import MORNING, PROFILE, Town

HOUR = timedelta(hours=1)


@dataclass
class Door:
    town: Town
    phone: Phone
    cleo: By
    made: Meeting

    async def scan(self) -> str:
        await self.phone.say(f"/start {make(at_door(self.made.reference))}")
        return self.phone.text

    async def here(self) -> int:
        return (await self.town.read(attendances.crowd, self.cleo.staff, self.made.id)).here


@pytest.fixture(params=["en"])
async def door(migrated_database_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Door]:
    """The door of a meeting that begins at noon; Ada has never written to us before."""
    clock = FixedClock(MORNING)
    async with open_store(migrated_database_url, clock) as store:
        town, reference = Town(store, clock), Reference(PROFILE, PlaceIndex(PROFILE))
        services = Services(lambda: reference, lambda _: NOTHING, 0, "https://safety.example/")
        cleo = await town.staff("Cleo")
        made = await town.write(published, cleo, MORNING + 3 * HOUR, RAMSGATE)
        yield Door(town, Phone(store, services, 1001, request.param), cleo, made)


async def test_whoever_scans_the_poster_is_thanked_and_counted_and_twice_is_harmless(door: Door) -> None:
    door.town.pass_time(minutes=150)
    for _ in range(2):
        said = await door.scan()
        assert said.startswith("Thank you for coming. You are counted:\nRamsgate neighbourhood meeting")
        assert "only how many came, never who" in said
        assert await door.here() == 1


async def test_too_early_and_too_late_are_said_kindly_and_count_nobody(door: Door) -> None:
    assert "you are early. Please scan the poster again from 11:30am on Monday 23 November" in (
        await door.scan()
    )
    door.town.pass_time(minutes=5 * 60)
    assert "This meeting is over, so nobody is counted any more:\nRamsgate" in await door.scan()
    assert await door.here() == 0


async def test_a_cancelled_and_an_unknown_meeting_are_answered_kindly(door: Door) -> None:
    await door.town.write(meeting.cancel, door.cleo, door.made.reference, "The hall is flooded")
    assert await door.scan() == "This meeting will not take place."
    await door.phone.say("/start here_K7M4XQ9PC")
    assert door.phone.text.startswith("I do not know that meeting.")
    await door.phone.say("/start here_nonsense")
    assert door.phone.text.startswith("I do not know that meeting.")


async def test_what_was_open_is_asked_for_again(door: Door) -> None:
    door.town.pass_time(minutes=150)
    await door.phone.say("/report")
    asked = door.phone.text
    assert (await door.scan()).endswith(asked.splitlines()[-1])


@pytest.mark.parametrize(
    ("door", "thanks"),
    [
        ("pl", "Dziękujemy za przyjście."),
        ("ro", "Vă mulțumim că ați venit."),
        ("cs", "Děkujeme, že jste přišli."),
        ("sk", "Ďakujeme, že ste prišli."),
        ("uk", "Дякуємо, що прийшли."),
    ],
    indirect=["door"],
)
async def test_they_are_thanked_in_their_language(door: Door, thanks: str) -> None:
    door.town.pass_time(minutes=150)
    assert (await door.scan()).startswith(thanks)
