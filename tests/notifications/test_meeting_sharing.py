"""What came of a meeting: told once to whom it concerns, in their way, and never in words that are old."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from notifications import meeting_sharing as telling
from notifications.timetable import hear_back, remind
from store.actions import (
    agenda,
    agenda_desk,
    attendance,
    delivery,
    meeting,
    meeting_priority,
    meeting_sharing,
    resident,
    subscription,
)
from store.domain.clock import LONDON
from store.domain.delivery import Delivery
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.meeting import Meeting, MeetingPriority
from store.domain.resident import Resident
from store.domain.staff import By
from store.domain.subscription import Frequency, QuietHours, Subscription, Topic
from store.queries import agenda as agendas
from store.queries import outbox
from tests.notifications.test_reminders import heard, send
from tests.support.deliveries import letters
from tests.support.meetings import LIGHTS, MENDED, PARKING, published
from tests.support.readers import sam, subscribed
from tests.support.triage_factory import Town

__all__ = ["sam"]

SITE = "https://safety.example"
TUESDAY = datetime(2026, 12, 1, 18, 30)
"""The evening of the meeting (naive London time)."""
YOU_SAID = Subscription(frozenset({Topic.YOU_SAID}))


@pytest.fixture
async def there(town: Town, sam: By) -> Meeting:
    return await published(town, sam, TUESDAY)


async def subscriber(town: Town, wish: Subscription = YOU_SAID, language: str = "en") -> Resident:
    return await subscribed(town, wish, language)


def until(town: Town, local: datetime) -> None:
    town.clock.advance(local.replace(tzinfo=LONDON) - town.clock.now())


async def choose(town: Town, sam: By, there: Meeting, *told: MeetingPriority) -> None:
    await town.write(meeting_priority.set_priorities, sam, there.reference, told)


async def share(town: Town, sam: By, there: Meeting, *told: MeetingPriority) -> None:
    if told:
        await choose(town, sam, there, *told)
    await town.write(meeting_sharing.share, sam, there.reference)
    await hear_back(town.store, SITE)


async def texts(town: Town, person: Resident) -> list[str]:
    return [one.text for one in await heard(town, person)]


async def test_who_comes_and_who_subscribes_there_hears_once_and_nobody_else(
    town: Town, sam: By, there: Meeting
) -> None:
    places = ({"ramsgate"}, {"central-harbour"}, {"margate"}, set[str]())
    people = [await subscriber(town, replace(YOU_SAID, places=frozenset(one))) for one in places]
    guest, both, away, other = await town.resident(), await subscriber(town), await town.resident(), None
    other = await subscriber(town, Subscription(frozenset({Topic.MEETINGS})))
    for person in (guest, both, away):
        await town.write(attendance.come, person, there.reference)
    await town.write(attendance.stay_away, away, there.reference)
    until(town, TUESDAY.replace(hour=19))
    await share(town, sam, there, LIGHTS, PARKING)
    told = [len(await texts(town, one)) for one in (*people, guest, both, away, other)]
    assert told == [1, 1, 0, 1, 1, 1, 0, 0]
    [text] = await texts(town, guest)
    assert text == (
        "You said, we did\nRamsgate neighbourhood meeting, Tuesday 1 December\n\n"
        "1. Lights in King Street\nWho does it: The council\nNot done yet.\n\n"
        "2. Parking at the school\nWho does it: Sgt Example\nNot done yet."
    )
    [letter] = await heard(town, guest)
    [rows] = letter.params["reply_markup"]["inline_keyboard"]
    assert [button.get("url") for button in rows] == [None, f"{SITE}/meetings/you-said/ramsgate?lang=en"]
    [letter] = await heard(town, both)
    assert letter.kind == "subscribed.you_said"
    assert len(letter.params["reply_markup"]["inline_keyboard"]) == 2, "and how to stop it"


async def test_who_asked_or_wants_the_same_hears_and_who_took_it_back_does_not(
    town: Town, sam: By, there: Meeting
) -> None:
    asked, supports, withdrew, everything = [await town.resident() for _ in range(4)]
    for person, words in ((asked, "Lamps?"), (withdrew, "Dogs?"), (everything, "Noise?")):
        await town.write(agenda.ask, person, there.reference, words)
    waiting = (await town.read(agendas.desk, sam.staff, there.reference)).waiting
    item = next(one for one in waiting if one.words == "Lamps?")
    await town.write(agenda_desk.put_on, sam, there.reference, item.id, "Lamps")
    for person in (supports, everything):
        await town.write(agenda.support, person, item.id)
    gone = next(one for one in waiting if one.words == "Dogs?")
    await town.write(agenda.withdraw, withdrew, gone.id)
    await town.write(attendance.come, everything, there.reference)
    until(town, TUESDAY.replace(hour=19))
    await share(town, sam, there, LIGHTS)
    told = [await texts(town, one) for one in (asked, supports, withdrew, everything)]
    assert [sum(text.startswith("You said") for text in each) for each in told] == [1, 1, 0, 1]


async def test_everybody_with_the_topic_hears_of_a_meeting_for_the_whole_district(
    town: Town, sam: By
) -> None:
    ada = await subscriber(town, replace(YOU_SAID, places=frozenset({"margate"})))
    there = await published(town, sam, TUESDAY, area=None)
    until(town, TUESDAY.replace(hour=19))
    await share(town, sam, there, LIGHTS)
    assert len(await texts(town, ada)) == 1


async def test_a_result_is_told_alone_and_the_same_twice_tells_nobody(
    town: Town, sam: By, there: Meeting
) -> None:
    ada = await subscriber(town)
    until(town, TUESDAY.replace(hour=19))
    await share(town, sam, there, LIGHTS, PARKING)
    assert await send(town) == [ada.chat_id]
    town.pass_time(days=20)
    await share(town, sam, there, MENDED, PARKING)
    await share(town, sam, there)
    sent, second = await texts(town, ada)
    assert sent == "", "nothing is kept of what was sent"
    assert second.endswith(
        "1. Lights in King Street\nWho does it: The council\nWhat was done: Twelve lamps are mended"
    )
    assert await town.how_often(Action.MEETING_SHARED) == 2


async def test_what_waits_for_the_morning_says_the_corrected_words_and_comes_once(
    town: Town, sam: By, there: Meeting
) -> None:
    ada = await subscriber(town)
    until(town, TUESDAY.replace(hour=22))
    await share(town, sam, there, LIGHTS)
    await choose(town, sam, there, replace(LIGHTS, owner="Kent County Council"))
    assert await texts(town, ada) == [], "taken back at once"
    await hear_back(town.store, SITE)
    [letter] = await heard(town, ada)
    assert "Who does it: Kent County Council" in letter.text
    assert letter.due_at.astimezone(LONDON).replace(tzinfo=None) == datetime(2026, 12, 2, 8)
    until(town, datetime(2026, 12, 2, 8))
    assert await send(town) == [ada.chat_id]
    await choose(town, sam, there, replace(LIGHTS, owner="The council"))
    await hear_back(town.store, SITE)
    assert len(await texts(town, ada)) == 1, "who heard it is not told a correction"


async def test_who_sleeps_through_two_sharings_hears_both_in_one(town: Town, sam: By, there: Meeting) -> None:
    ada = await subscriber(town, replace(YOU_SAID, frequency=Frequency.WEEKLY))
    until(town, TUESDAY.replace(hour=19))
    await share(town, sam, there, LIGHTS, PARKING)
    town.pass_time(days=1)
    await share(town, sam, there, MENDED, PARKING)
    [letter] = await heard(town, ada)
    assert "Twelve lamps" in letter.text
    assert "Parking" in letter.text
    assert f"{letter.due_at.astimezone(LONDON):%a %-d %b %H:%M}" == "Mon 7 Dec 09:00"


async def test_a_result_that_is_corrected_is_not_told_before_it_is_shared_again(
    town: Town, sam: By, there: Meeting
) -> None:
    ada = await subscriber(town)
    until(town, TUESDAY.replace(hour=20))
    await share(town, sam, there, LIGHTS)
    await send(town)
    town.pass_time(hours=3)
    await share(town, sam, there, MENDED)
    await choose(town, sam, there, replace(LIGHTS, result="Ten lamps are mended"))
    await hear_back(town.store, SITE)
    assert len(await texts(town, ada)) == 1, "nothing is left to tell"
    await share(town, sam, there)
    assert [text.partition("done: ")[2] for text in await texts(town, ada)] == ["", "Ten lamps are mended"]


async def test_what_was_on_its_way_and_came_back_is_worded_anew(town: Town, sam: By, there: Meeting) -> None:
    ada = await subscriber(town)
    until(town, TUESDAY.replace(hour=19))
    await share(town, sam, there, LIGHTS)
    [waiting] = (await town.store.read(outbox.due, 10)).deliveries
    await town.write(delivery.lease, [waiting.id])
    await choose(town, sam, there, PARKING)
    await hear_back(town.store, SITE)
    assert [one.state for one in await heard(town, ada)] == ["leased"], "it may be there already"
    await town.write(delivery.put_back, [replace_due(waiting)])
    assert await send(town) == [], "never with the old words"
    town.pass_time(minutes=2)
    await hear_back(town.store, SITE)
    assert await send(town) == [ada.chat_id]
    sent = [one for one in await letters(town.store, chat_id=ada.chat_id) if one.state == "sent"]
    assert len(sent) == 1


def replace_due(waiting: Delivery) -> Delivery:
    return replace(waiting, tries=waiting.tries + 1)


async def test_who_pauses_stops_or_must_not_be_contacted_hears_nothing_even_if_they_came(
    town: Town, sam: By, there: Meeting
) -> None:
    ada, ben, dan, eve = [await subscriber(town) for _ in range(4)]
    for person in (ada, ben, dan, eve):
        await town.write(attendance.come, person, there.reference)
    until(town, TUESDAY.replace(hour=19))
    await town.write(subscription.stop, ada)
    await town.write(resident.set_do_not_contact, dan, True)
    await share(town, sam, there, LIGHTS)
    await town.write(subscription.pause, ben, town.clock.now() + timedelta(days=7))
    assert await send(town) == [eve.chat_id]


async def test_each_hears_in_their_language_and_outside_their_own_quiet_hours(
    town: Town, sam: By, there: Meeting
) -> None:
    ewa = await subscriber(town, replace(YOU_SAID, quiet=QuietHours(time(17), time(10))), "pl")
    until(town, TUESDAY.replace(hour=19))
    await share(town, sam, there, MENDED)
    [letter] = await heard(town, ewa)
    assert letter.text.startswith("Co zrobiliśmy po Państwa głosach\n")
    assert "Kto to robi: The council\nCo zrobiono: Twelve lamps are mended" in letter.text
    assert letter.due_at.astimezone(LONDON).replace(tzinfo=None) == datetime(2026, 12, 2, 10)


async def test_many_are_told_page_by_page_and_a_new_sharing_takes_over_from_one_that_goes_out(
    town: Town, sam: By, there: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.actions.meeting_sharing.AT_ONCE", 2)
    people = [await subscriber(town) for _ in range(5)]
    until(town, TUESDAY.replace(hour=19))
    await choose(town, sam, there, LIGHTS, PARKING)
    await town.write(meeting_sharing.share, sam, there.reference)
    for _ in range(2):  # what waits is looked at, then the first page
        await town.write(telling.tell_next, SITE)
    assert len(await send(town)) == 2
    await share(town, sam, there, MENDED, PARKING)
    found = sorted([await texts(town, person) for person in people], key=len)
    assert [len(one) for one in found] == [1, 1, 1, 2, 2]
    assert [("Parking" in one[-1], "Twelve lamps" in one[-1]) for one in found] == [
        *[(True, True)] * 3,
        *[(False, True)] * 2,
    ]


async def test_correcting_again_while_it_is_worded_anew_doubles_and_loses_nobody(
    town: Town, sam: By, there: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.actions.meeting_sharing.AT_ONCE", 2)
    people = [await subscriber(town) for _ in range(5)]
    until(town, TUESDAY.replace(hour=22))
    await share(town, sam, there, LIGHTS)
    await choose(town, sam, there, replace(LIGHTS, owner="Kent"))
    await town.write(telling.tell_next, SITE)
    await choose(town, sam, there, replace(LIGHTS, owner="Thanet"))
    await hear_back(town.store, SITE)
    for person in people:
        [text] = await texts(town, person)
        assert "Thanet" in text


async def test_it_cannot_be_shared_before_the_meeting_or_without_anything_chosen(
    town: Town, sam: By, there: Meeting
) -> None:
    await choose(town, sam, there, LIGHTS)
    with pytest.raises(Refusal, match=r"meeting\.not_begun"):
        await town.write(meeting_sharing.share, sam, there.reference)
    until(town, TUESDAY.replace(hour=19))
    await choose(town, sam, there)
    with pytest.raises(Refusal, match=r"meeting\.no_priorities"):
        await town.write(meeting_sharing.share, sam, there.reference)
    off = await published(town, sam, TUESDAY.replace(day=8))
    await town.write(meeting.cancel, sam, off.reference, "Snow")
    with pytest.raises(Refusal, match=r"meeting\.cancelled"):
        await town.write(meeting_sharing.share, sam, off.reference)


async def test_a_meeting_that_goes_on_and_gets_another_title_is_told_by_its_new_one(
    town: Town, sam: By, there: Meeting
) -> None:
    ada = await subscriber(town, replace(YOU_SAID, quiet=QuietHours(time(17), time(10))))
    until(town, TUESDAY.replace(hour=19))
    await share(town, sam, there, LIGHTS)
    facts = replace(there.facts, title="Harbour meeting")
    await town.write(meeting.change, sam, there.reference, there.starts_at, facts)
    await hear_back(town.store, SITE)
    [text] = await texts(town, ada)
    assert "Harbour meeting" in text


async def test_the_last_reminder_that_waits_says_what_came_of_the_meeting_before_by_now(
    town: Town, sam: By, there: Meeting
) -> None:
    early = Subscription(frozenset({Topic.MEETINGS}), quiet=QuietHours(time(17), time(18)))
    ada = await subscriber(town, early)
    await published(town, sam, TUESDAY.replace(day=15, hour=19))
    until(town, TUESDAY.replace(hour=19))
    await share(town, sam, there, LIGHTS, PARKING)
    until(town, TUESDAY.replace(day=15, hour=17))
    await remind(town.store)
    assert (await texts(town, ada))[-1].endswith("We begin with what came of the last meeting. Done: 0 of 2.")
    await share(town, sam, there, MENDED, PARKING)
    await remind(town.store)
    [text] = [text for text in await texts(town, ada) if text.startswith("Today:")]
    assert text.endswith("Done: 1 of 2.")
    until(town, TUESDAY.replace(day=15, hour=18))
    assert ada.chat_id in await send(town)
    await choose(town, sam, there, PARKING)
    await remind(town.store)
    assert [one for one in await texts(town, ada) if one] == [], "who was reminded is not reminded again"
