"""Reminders of meetings: at their leads, to whom they concern, once, and never of what is not so any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from notifications.timetable import bundle, remind
from store.actions import (
    agenda,
    agenda_desk,
    attendance,
    delivery,
    meeting,
    resident,
    subscription,
)
from store.domain.clock import LONDON
from store.domain.delivery import BUNDLE, DeliveryState, Sent
from store.domain.meeting import Venue
from store.domain.resident import Resident
from store.domain.staff import By
from store.domain.subscription import Frequency, QuietHours, Subscription, Topic
from store.queries import agenda as agendas
from store.queries import outbox
from tests.support.deliveries import Letter, letters
from tests.support.meetings import published
from tests.support.readers import sam, subscribed
from tests.support.triage_factory import Town

__all__ = ["sam"]

TUESDAY = datetime(2026, 12, 15, 18, 30)
"""Three weeks after the town's morning (naive London time)."""
MEETINGS = Subscription(frozenset({Topic.MEETINGS}))


async def subscriber(town: Town, wish: Subscription = MEETINGS, language: str = "en") -> Resident:
    return await subscribed(town, wish, language)


async def at(town: Town, local: datetime) -> None:
    """Let the time be this (naive London time), and do what is due."""
    town.clock.advance(local.replace(tzinfo=LONDON) - town.clock.now())
    await remind(town.store)


async def send(town: Town) -> list[int]:
    """Send what may go now, as the sender does; return whom it went to."""
    await bundle(town.store)
    due = (await town.store.read(outbox.due, 1_000)).deliveries
    leased = await town.store.write(delivery.lease, [one.id for one in due])
    sent = [
        Sent(one.id, DeliveryState.SENT, one.id, bundle=one.kind == BUNDLE) for one in due if one.id in leased
    ]
    if sent:
        await town.store.write(delivery.finish, sent)
    return [one.chat_id for one in due if one.id in leased]


async def heard(town: Town, person: Resident) -> list[Letter]:
    """Return what waits for somebody or was sent, but for what was taken back."""
    found = await letters(town.store, chat_id=person.chat_id)
    return [one for one in found if one.state not in {"cancelled", "overtaken"}]


async def test_a_subscriber_hears_a_week_a_day_and_two_hours_before(town: Town, sam: By) -> None:
    ada = await subscriber(town)
    await published(town, sam, TUESDAY)
    for before, count in ((timedelta(days=8), 0), (timedelta(days=7), 1), (timedelta(days=1), 2)):
        await at(town, TUESDAY - before)
        await remind(town.store)
        assert len(await heard(town, ada)) == count
    await at(town, TUESDAY - timedelta(hours=2))
    await at(town, TUESDAY)
    first, second, third = await heard(town, ada)
    assert first.text.startswith("Coming up:\n\nRamsgate neighbourhood meeting\nTuesday 15 December, 6:30pm")
    assert second.text.startswith("Tomorrow:\n\n")
    assert third.text.startswith("Today:\n\n")


async def test_only_those_hear_whom_the_place_and_the_topic_concern(town: Town, sam: By) -> None:
    places = ({"ramsgate"}, {"central-harbour"}, {"margate"}, set[str]())
    people = [await subscriber(town, replace(MEETINGS, places=frozenset(one))) for one in places]
    other = await subscriber(town, Subscription(frozenset({Topic.SURVEYS})))
    quiet = await subscriber(town)
    await town.write(resident.set_do_not_contact, quiet, True)
    stopped = await subscriber(town)
    await town.write(subscription.stop, stopped)
    await published(town, sam, TUESDAY)
    await at(town, TUESDAY - timedelta(days=1))
    counts = [len(await heard(town, one)) for one in (*people, other, quiet, stopped)]
    assert counts == [1, 1, 0, 1, 0, 0, 0]


async def test_who_comes_is_reminded_too_and_a_subscriber_who_comes_only_once(town: Town, sam: By) -> None:
    guest, both = await town.resident(), await subscriber(town)
    there = await published(town, sam, TUESDAY)
    for person in (guest, both):
        await town.write(attendance.come, person, there.reference)
    await at(town, TUESDAY - timedelta(days=1))
    assert [one.kind for one in await heard(town, guest)] == ["meeting.coming"]
    assert [one.kind for one in await heard(town, both)] == ["meeting.coming"]


async def test_a_moved_meeting_is_told_at_once_and_its_old_reminders_are_never_sent(
    town: Town, sam: By
) -> None:
    ada = await subscriber(town)
    there = await published(town, sam, TUESDAY)
    await at(town, TUESDAY - timedelta(days=7))
    assert await send(town) == [ada.chat_id]
    later = (TUESDAY + timedelta(days=1)).replace(tzinfo=LONDON)
    moved = await town.write(meeting.change, sam, there.reference, later, there.facts)
    await remind(town.store)
    told = (await heard(town, ada))[-1]
    assert told.text.startswith("This meeting has changed. It is now:")
    assert "Wednesday 16 December" in told.text
    assert await send(town) == [ada.chat_id]
    for before, count in ((7, 0), (6, 1), (1, 0), (0, 1)):
        await at(town, TUESDAY - timedelta(days=before))
        assert len(await send(town)) == count, "each lead of the new time, and none of the old one"
    assert moved.sequence == 1


async def test_who_had_a_reminder_waiting_hears_of_the_change_instead(town: Town, sam: By) -> None:
    ada, ben = await subscriber(town), await subscriber(town)
    there = await published(town, sam, TUESDAY)
    await at(town, TUESDAY - timedelta(days=7))
    await town.write(subscription.stop, ben)
    later = (TUESDAY + timedelta(days=3)).replace(tzinfo=LONDON)
    await town.write(meeting.change, sam, there.reference, later, there.facts)
    await at(town, TUESDAY - timedelta(days=6))
    [told] = await heard(town, ada)
    assert told.text.startswith("This meeting has changed.")
    assert "Friday 18 December" in told.text
    await send(town)
    assert await heard(town, ben) == []


async def test_what_was_in_the_senders_hand_is_not_sent_later_of_a_meeting_that_moved(
    town: Town, sam: By
) -> None:
    ada = await subscriber(town)
    there = await published(town, sam, TUESDAY)
    await at(town, TUESDAY - timedelta(days=7))
    [waiting] = await heard(town, ada)
    assert await town.write(delivery.lease, [waiting.id]) == {waiting.id}
    later = (TUESDAY + timedelta(days=3)).replace(tzinfo=LONDON)
    await town.write(meeting.change, sam, there.reference, later, there.facts)
    await town.write(delivery.give_back, [waiting.id])
    await at(town, TUESDAY - timedelta(days=6))
    assert len(await send(town)) == 1
    states = {one.id: one.state for one in await heard(town, ada)}
    assert states.pop(waiting.id) == "expired"
    assert list(states.values()) == ["sent"]


async def test_who_stops_or_pauses_between_queue_and_sending_gets_nothing(town: Town, sam: By) -> None:
    ada, ben, guest = await subscriber(town), await subscriber(town), await subscriber(town)
    there = await published(town, sam, TUESDAY)
    await town.write(attendance.come, guest, there.reference)
    await at(town, TUESDAY - timedelta(days=1))
    await town.write(subscription.stop, ada)
    await town.write(subscription.pause, ben, town.clock.now() + timedelta(days=7))
    await town.write(subscription.stop, guest)
    assert await send(town) == [guest.chat_id], "who said that they come is reminded all the same"


async def test_quiet_hours_that_began_meanwhile_hold_it_back(town: Town, sam: By) -> None:
    ada = await subscriber(town, replace(MEETINGS, quiet=QuietHours(time(19), time(7))))
    await published(town, sam, TUESDAY)
    await at(town, TUESDAY - timedelta(days=1))
    town.pass_time(hours=1)
    assert await send(town) == []
    [waiting] = await heard(town, ada)
    assert waiting.due_at.astimezone(LONDON).replace(tzinfo=None) == datetime(2026, 12, 15, 7)


async def test_a_cancelled_meeting_is_told_to_who_heard_of_it_or_comes_and_to_nobody_else(
    town: Town, sam: By
) -> None:
    ada, guest, other = await subscriber(town), await town.resident(), await town.resident()
    there = await published(town, sam, TUESDAY)
    await town.write(attendance.come, guest, there.reference)
    await town.write(meeting.cancel, sam, there.reference, "The hall is flooded")
    await at(town, TUESDAY - timedelta(days=1))
    [told] = await heard(town, guest)
    assert told.text.startswith("This meeting will not take place.")
    assert "The hall is flooded" in told.text
    assert await heard(town, ada) == await heard(town, other) == [], "nothing had been said to them"


async def test_who_asked_or_supports_a_question_hears_of_a_change_too(town: Town, sam: By) -> None:
    ada, ben = await town.resident(), await town.resident()
    there = await published(town, sam, TUESDAY)
    await town.write(agenda.ask, ada, there.reference, "Lamps")
    item = (await town.read(agendas.desk, sam.staff, there.reference)).waiting[0]
    await town.write(agenda_desk.put_on, sam, there.reference, item.id, "Lamps")
    await town.write(agenda.support, ben, item.id)
    await town.write(meeting.cancel, sam, there.reference, "The hall is flooded")
    await remind(town.store)
    for person in (ada, ben):
        *_, told = await heard(town, person)
        assert told.text.startswith("This meeting will not take place.")


async def test_moved_back_and_forth_each_change_is_told_and_a_reminder_still_once(
    town: Town, sam: By
) -> None:
    ada = await town.resident()
    there = await published(town, sam, TUESDAY)
    await town.write(attendance.come, ada, there.reference)
    for hall in ("Another hall", "St John's Hall", "Another hall"):
        facts = replace(there.facts, venue=Venue(hall, "1 Example Road"))
        await town.write(meeting.change, sam, there.reference, there.starts_at, facts)
        await remind(town.store)
    changes = [one for one in await letters(town.store, chat_id=ada.chat_id) if "has changed" in one.text]
    assert len({one.id for one in changes}) >= 1
    await at(town, TUESDAY - timedelta(days=1))
    await at(town, TUESDAY - timedelta(hours=20))
    assert len([one for one in await heard(town, ada) if one.text.startswith("Tomorrow")]) == 1


async def test_a_late_start_sends_only_the_reminder_nearest_to_the_meeting(town: Town, sam: By) -> None:
    ada = await subscriber(town)
    await published(town, sam, TUESDAY)
    await at(town, TUESDAY - timedelta(hours=1))
    [only] = await heard(town, ada)
    assert only.text.startswith("Today:")
    await at(town, TUESDAY + timedelta(minutes=1))
    assert len(await heard(town, ada)) == 1


async def test_nothing_is_sent_once_it_has_begun(town: Town, sam: By) -> None:
    ada = await subscriber(town)
    await published(town, sam, TUESDAY)
    await at(town, TUESDAY)
    assert await heard(town, ada) == []


async def test_quiet_hours_of_ones_own_put_it_off_and_the_words_are_of_that_day(town: Town, sam: By) -> None:
    ada = await subscriber(town, replace(MEETINGS, quiet=QuietHours(time(17), time(10))))
    await published(town, sam, TUESDAY)
    await at(town, TUESDAY - timedelta(days=1))
    [told] = await heard(town, ada)
    assert told.due_at.astimezone(LONDON).replace(tzinfo=None) == datetime(2026, 12, 15, 10)
    assert told.text.startswith("Today:")


@pytest.mark.parametrize(
    ("frequency", "days"),
    [(Frequency.DAILY, ["Wed 9 Dec 09:00", "Tue 15 Dec 09:00"]), (Frequency.WEEKLY, ["Mon 14 Dec 09:00"])],
)
async def test_who_wants_a_digest_hears_in_its_morning_and_not_again_without_need(
    town: Town, sam: By, frequency: Frequency, days: list[str]
) -> None:
    ada = await subscriber(town, replace(MEETINGS, frequency=frequency))
    await published(town, sam, TUESDAY)
    for before in (timedelta(days=7), timedelta(days=1), timedelta(hours=2)):
        await at(town, TUESDAY - before)
    due = [f"{one.due_at.astimezone(LONDON):%a %-d %b %H:%M}" for one in await heard(town, ada)]
    assert due == days


async def test_each_hears_in_their_own_language(town: Town, sam: By) -> None:
    ewa = await subscriber(town, language="pl")
    await published(town, sam, TUESDAY)
    await at(town, TUESDAY - timedelta(days=1))
    [told] = await heard(town, ewa)
    assert told.text.startswith("Jutro:")


async def test_many_are_told_page_by_page_and_nobody_twice(
    town: Town, sam: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.actions.reminder.AT_ONCE", 2)
    people = [await subscriber(town) for _ in range(5)]
    there = await published(town, sam, TUESDAY)
    for person in people[:3]:
        await town.write(attendance.come, person, there.reference)
    await at(town, TUESDAY - timedelta(days=1))
    await remind(town.store)
    assert [len(await heard(town, person)) for person in people] == [1] * 5
