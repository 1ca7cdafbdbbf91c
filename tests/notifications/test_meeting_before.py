"""What a meeting was to be, in the news that it changed: for those who know it so, and for nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from notifications.timetable import remind
from store.actions import attendance, meeting, resident
from store.domain.clock import LONDON
from store.domain.meeting import Venue
from store.domain.staff import By
from store.domain.subscription import QuietHours
from tests.notifications.test_reminders import MEETINGS, TUESDAY, at, heard, send, subscriber
from tests.support.meetings import published
from tests.support.readers import sam
from tests.support.triage_factory import Town

__all__ = ["sam"]


async def test_a_change_says_when_and_where_it_was_for_whoever_knows_it_so(town: Town, sam: By) -> None:
    ada = await town.resident()
    ben = await town.write(resident.set_language, await town.resident(), "pl")
    there = await published(town, sam, TUESDAY)
    for person in (ada, ben):
        await town.write(attendance.come, person, there.reference)
    wednesday = (TUESDAY + timedelta(days=1)).replace(tzinfo=LONDON)
    elsewhere = replace(there.facts, venue=Venue("Another hall", "1 Example Road"))
    # The first change is overtaken before anybody hears of it, so nobody knows the meeting so.
    await town.write(meeting.change, sam, there.reference, wednesday, there.facts)
    await remind(town.store)
    town.pass_time(minutes=1)
    await town.write(meeting.change, sam, there.reference, wednesday + timedelta(days=1), elsewhere)
    await remind(town.store)
    told = (await heard(town, ada))[-1]
    was = "Before: Tuesday 15 December, 6:30pm\nBefore: St John's Hall, Victoria Road, Ramsgate CT11 9HG"
    assert told.text.endswith(f"\n\n{was}")
    assert "Wcześniej: wtorek 15 grudnia, 18:30\n" in (await heard(town, ben))[-1].text
    await send(town)
    town.pass_time(minutes=1)
    await town.write(meeting.change, sam, there.reference, wednesday, elsewhere)
    await remind(town.store)
    told = (await heard(town, ada))[-1]
    assert told.text.endswith("\n\nBefore: Thursday 17 December, 6:30pm"), "this they had heard"


async def test_it_is_not_said_where_some_heard_of_the_change_before_and_others_did_not(
    town: Town, sam: By
) -> None:
    awake = await subscriber(town)
    asleep = await subscriber(town, replace(MEETINGS, quiet=QuietHours(time(12), time(11))))
    there = await published(town, sam, TUESDAY)
    await at(town, TUESDAY - timedelta(days=1, hours=7))
    assert set(await send(town)) == {awake.chat_id, asleep.chat_id}
    town.pass_time(hours=2)
    for days in (1, 2, 3):
        later = (TUESDAY + timedelta(days=days)).replace(tzinfo=LONDON)
        await town.write(meeting.change, sam, there.reference, later, there.facts)
        await remind(town.store)
        town.pass_time(minutes=10)
        if days == 1:
            assert await send(town) == [awake.chat_id]
        for person in (awake, asleep) if days > 1 else ():
            told = (await heard(town, person))[-1].text
            assert told.startswith("This meeting has changed.")
            assert "Before:" not in told, "they do not know it alike"
