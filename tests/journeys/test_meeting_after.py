"""A resident around one meeting: reads the agenda, scans the poster at the door, reads the minutes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import aiohttp

from bot.emulator import Bubble, Person
from handlers.chat.sweeper import sweep
from store.actions import meeting_document, turnout
from store.domain.attendance import Crowd
from store.domain.deep_link import at_door, make, to_meeting
from store.domain.evidence_file import CLAIM_WITHIN
from store.domain.meeting import Meeting
from store.domain.meeting_document import DocumentKind
from store.domain.turnout import Turnout
from store.queries import attendances, turnouts
from tests.journeys.test_meetings import quiet_town
from tests.support.form import say
from tests.support.meeting_factory import published
from tests.support.papers import PAPER, attached, lying
from tests.support.town import Town

__all__ = ["quiet_town"]

EVENING = datetime(2026, 11, 25, 18, 30, tzinfo=UTC)
AGENDA, MINUTES = DocumentKind


async def put(town: Town, made: Meeting, kind: DocumentKind) -> None:
    await lying(town.house, town.house.app.media, town.officer, made.reference, kind)


async def tapped(town: Town, person: Person, label: str) -> Bubble:
    person.tap(label)
    await person.wait_for()
    await town.settled()
    return person.last


async def read(link: str) -> tuple[int, bytes, str]:
    async with aiohttp.ClientSession() as browser, browser.get(link) as answer:
        return answer.status, await answer.read(), answer.headers.get("Content-Disposition", "")


async def test_a_meeting_from_its_agenda_to_its_minutes(quiet_town: Town) -> None:
    town = quiet_town
    made = await town.staff_does(published, EVENING)
    await put(town, made, AGENDA)
    shown = await say(town.ada, f"/start {make(to_meeting(made.reference))}")
    assert ("Agenda" in shown.labels, "Minutes" in shown.labels) == (True, False)
    told = await tapped(town, town.ada, "Agenda")
    assert told.text.startswith("The agenda of this meeting:\nRamsgate neighbourhood meeting\n")
    status, body, name = await read(told.text.splitlines()[-1])
    assert (status, body, name) == (200, PAPER, f'attachment; filename="agenda-{made.reference}.pdf"')

    door = f"/start {make(at_door(made.reference))}"
    assert "you are early. Please scan the poster again from 6pm" in (await say(town.ada, door)).text
    town.pass_time(hours=6, minutes=10)
    for person in (town.ada, town.ben, town.ada):
        assert (await say(person, door)).text.startswith("Thank you for coming. You are counted:")
    crowd = await town.house.read(attendances.crowd, town.officer.staff, made.id)
    assert crowd == Crowd(here=2)

    town.pass_time(hours=3)
    assert "This meeting is over" in (await say(town.ada, door)).text
    await town.staff_does(turnout.set_turnout, made.reference, Turnout(18, 0, "Kent Police"))
    [held] = await town.house.read(
        turnouts.held, town.officer.staff, (EVENING.date(), EVENING.date() + timedelta(days=1))
    )
    assert (held.said, held.turnout and held.turnout.came) == (0, 18)
    await put(town, made, MINUTES)
    shown = await say(town.ada, f"/start {make(to_meeting(made.reference))}")
    told = await tapped(town, town.ada, "Minutes")
    assert (await read(told.text.splitlines()[-1]))[:2] == (200, PAPER)


async def test_what_a_process_left_half_done_is_gone_after_the_next_one_started(quiet_town: Town) -> None:
    town = quiet_town
    made = await town.staff_does(published, EVENING)
    media = town.house.app.media
    key = await town.staff_does(meeting_document.reserve, made.reference, AGENDA)
    kept = await town.staff_does(attached, made.reference)
    for one in (key, kept):
        (town.house.media / one).parent.mkdir(parents=True, exist_ok=True)
        (town.house.media / one).write_bytes(PAPER)
    await town.house.restart()
    town.pass_time(seconds=CLAIM_WITHIN.total_seconds())
    await sweep(town.house.app.store, media)
    assert [(town.house.media / one).exists() for one in (key, kept)] == [False, True]
