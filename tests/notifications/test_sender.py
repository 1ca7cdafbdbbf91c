"""The sender against a messenger that enforces its limits and has bad days."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from bot.emulator import Emulator, Person
from notifications.api import document
from notifications.buttons import OwnTap, markup
from store.actions import delivery, resident
from store.domain.delivery import DeliveryState, Lane, Outgoing, Sent
from store.engine import Session, Store
from store.queries import chat, outbox
from tests.notifications.post_office import PostOffice, message, open_post_office
from tests.support.waiting import eventually

SENT = DeliveryState.SENT

pytestmark = pytest.mark.slow  # most wait for the messenger's own seconds


async def _none_due(read: Callable[..., Any]) -> bool:
    return not (await read(outbox.due, 1)).deliveries


def edit(chat_id: int, message_id: int, text: str) -> Outgoing:
    params = {"chat_id": chat_id, "message_id": message_id, "text": text}
    return Outgoing(Lane.REPLY, chat_id, "reply", "editMessageText", params)


async def test_sixty_messages_to_sixty_people_are_never_too_fast(cold: PostOffice) -> None:
    people = [cold.emulator.person(f"Resident {n}") for n in range(60)]
    await cold.send(*(message(one.id, "News") for one in people))
    assert await cold.finished() == [SENT] * 60
    assert cold.refused() == 0


async def test_replies_in_a_heap_on_a_busy_machine_are_never_too_fast(cold: PostOffice) -> None:
    """What goes in a heap is slow together; that is no sign of a long way, of which a part may be saved."""
    people = [cold.emulator.person(f"Resident {n}") for n in range(60)]
    cold.emulator.faults.delay(0.2, "sendMessage", times=30)
    await cold.send(*(message(one.id, "News") for one in people))
    assert await cold.finished() == [SENT] * 60
    assert cold.refused() == 0


async def test_one_chat_gets_one_message_a_second_in_order(office: PostOffice, ada: Person) -> None:
    await office.send(*(message(ada.id, str(n)) for n in range(3)))
    await office.finished()
    assert office.sent() == ["0", "1", "2"]
    first, second, third = office.times()
    assert 1 <= second - first < 1.5
    assert 1 <= third - second < 1.5
    assert office.refused() == 0


async def test_a_group_gets_one_message_a_second_too(office: PostOffice) -> None:
    group = office.emulator.group("Staff")
    await office.send(*(message(group.chat_id, str(n), Lane.CASE) for n in range(3)))
    await office.finished()
    assert office.sent() == ["0", "1", "2"]
    assert office.refused() == 0


async def test_after_a_restart_a_group_still_counts_what_it_got_in_the_last_minute(
    store: Store, emulator: Emulator, ada: Person
) -> None:
    group = emulator.group("Staff")

    def sent_before(session: Session) -> None:
        delivery.queue(session, [message(group.chat_id, str(n), Lane.CASE) for n in range(20)])
        while found := outbox.due(session, 50).deliveries:
            leased = delivery.lease(session, [d.id for d in found])
            delivery.finish(session, [Sent(number, SENT, 1) for number in sorted(leased)])

    await store.write(sent_before)
    async with open_post_office(store, emulator) as office:
        await office.send(message(group.chat_id, "one more", Lane.CASE), message(ada.id, "Hello"))
        await ada.wait_for("Hello")
        await asyncio.sleep(1.5)
        assert office.sent() == ["Hello"]


async def test_a_broadcast_does_not_delay_a_conversation(office: PostOffice, ada: Person) -> None:
    people = [office.emulator.person(f"Resident {n}") for n in range(50)]
    await office.send(*(message(one.id, "Campaign", Lane.CAMPAIGN) for one in people))
    await eventually(partial(office.has_sent, 10))
    await office.send(message(ada.id, "Answer"))
    await ada.wait_for("Answer")
    assert len(office.sent()) < 40
    await office.finished()
    assert office.refused() == 0


async def test_an_urgent_message_goes_before_a_campaign_to_the_same_person(
    cold: PostOffice, ada: Person
) -> None:
    await cold.send(message(ada.id, "Campaign", Lane.CAMPAIGN), message(ada.id, "Urgent", Lane.URGENT))
    await cold.finished()
    assert cold.sent() == ["Urgent", "Campaign"]


async def test_the_whole_bot_waits_when_it_is_told_to(office: PostOffice, ada: Person) -> None:
    ben = office.emulator.person("Ben")
    office.emulator.faults.too_many("sendMessage", retry_after=1)
    await office.send(message(ada.id, "first"))
    await eventually(office.was_refused)
    await office.send(message(ada.id, "second"), message(ben.id, "to Ben"))
    await office.finished()
    calls = office.emulator.calls_of("sendMessage")
    assert all(call.at >= calls[0].at + 1 for call in calls[1:])
    assert sorted(office.sent()) == ["first", "second", "to Ben"]
    assert office.sent().index("first") < office.sent().index("second")
    assert office.refused() == 1


async def test_somebody_who_blocked_us_is_written_to_no_more(office: PostOffice, ada: Person) -> None:
    await office.store.write(resident.meet, ada.id, "Ada", "en")
    ada.block()
    await office.send(message(ada.id, "Case", Lane.CASE, due_at=None))
    assert await office.finished() == [DeliveryState.BLOCKED]
    await office.send(message(ada.id, "Reminder", Lane.REMINDER))
    assert await office.finished() == [DeliveryState.BLOCKED] * 2
    assert len(office.emulator.calls_of("sendMessage")) == 1
    known = (await office.store.read(chat.who, ada.id)).resident
    assert known is not None
    assert known.blocked_at is not None


@pytest.mark.parametrize("trouble", ["drop_reply", "garble"])
@pytest.mark.parametrize("lane", [Lane.REPLY, Lane.URGENT, Lane.CASE])
async def test_where_a_repeat_is_better_than_silence_an_unknown_outcome_is_sent_again(
    office: PostOffice, ada: Person, trouble: str, lane: Lane
) -> None:
    getattr(office.emulator.faults, trouble)("sendMessage")
    await office.send(message(ada.id, "Hello", lane))
    assert await office.finished() == [SENT]
    assert office.sent() == ["Hello", "Hello"]


@pytest.mark.parametrize("trouble", ["drop_reply", "garble", "fail"])
@pytest.mark.parametrize("lane", [Lane.REMINDER, Lane.CAMPAIGN])
async def test_elsewhere_an_unknown_outcome_is_left_to_staff(
    office: PostOffice, ada: Person, trouble: str, lane: Lane
) -> None:
    getattr(office.emulator.faults, trouble)("sendMessage")
    await office.send(message(ada.id, "Hello", lane))
    assert await office.finished() == [DeliveryState.UNCERTAIN]
    assert len(office.emulator.calls_of("sendMessage")) == 1


async def test_an_edit_that_changes_nothing_is_done(office: PostOffice, ada: Person) -> None:
    await office.send(message(ada.id, "Hello"))
    await office.finished()
    await office.send(edit(ada.id, ada.last.id, "Hello"))
    assert await office.finished() == [SENT, SENT]
    assert len(ada.messages) == 1


async def test_an_edit_of_a_message_that_is_gone_is_said_anew(office: PostOffice, ada: Person) -> None:
    await office.send(edit(ada.id, 999, "Next question"))
    assert await office.finished() == [SENT]
    assert ada.last.text == "Next question"


async def test_what_is_sent_again_keeps_its_place_in_the_chat(office: PostOffice, ada: Person) -> None:
    office.emulator.faults.fail("sendMessage")
    await office.send(*(message(ada.id, text) for text in ("first", "second")))
    assert await office.finished() == [SENT, SENT]
    assert office.sent() == ["first", "second"]


async def test_what_the_messenger_cannot_read_fails_alone(office: PostOffice, ada: Person) -> None:
    await office.send(message(ada.id, ""), message(ada.id, "Hello"))
    assert await office.finished() == [DeliveryState.FAILED, SENT]


async def test_an_error_of_our_own_fails_that_message_alone(
    office: PostOffice, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = office.sender._request.post

    async def broken(url: str, body: Any) -> Any:
        if b"Broken" in body.json_payload:
            raise RuntimeError("what is this?")
        return await post(url, body)

    monkeypatch.setattr(office.sender._request, "post", broken)
    await office.send(message(ada.id, "Broken"), message(ada.id, "Hello"))
    assert await office.finished() == [DeliveryState.FAILED, SENT]


async def test_a_reply_that_goes_out_while_the_outbox_is_read_goes_out_once(
    store: Store, emulator: Emulator, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read is older than what was written down meanwhile."""
    read, write = store.read, store.write
    to_say: list[Outgoing] = []
    held: list[int] = []
    looked = asyncio.Event()

    async def slow(fn: Callable[..., Any], *rest: Any, **more: Any) -> Any:
        if fn is not outbox.due or not to_say:
            return await read(fn, *rest, **more)
        await write(delivery.queue, [to_say.pop()])
        found = await read(fn, *rest, **more)
        held.append(len(found.deliveries))
        looked.set()
        await eventually(partial(_none_due, read))
        await asyncio.sleep(0.05)
        return found

    async def late(fn: Callable[..., Any], *rest: Any, **more: Any) -> Any:
        if fn is delivery.finish:
            await looked.wait()
        return await write(fn, *rest, **more)

    monkeypatch.setattr(store, "read", slow)
    monkeypatch.setattr(store, "write", late)
    async with open_post_office(store, emulator) as office:
        await asyncio.sleep(0.1)
        to_say.append(message(ada.id, "Once"))
        await ada.wait_for("Once")
        await office.finished()
        await asyncio.sleep(1.5)
        assert held == [1]
        assert office.sent() == ["Once"]


async def test_a_new_sender_takes_up_what_a_dead_one_left(
    store: Store, emulator: Emulator, ada: Person
) -> None:
    def left_behind(session: Session) -> None:
        lanes = (Lane.REPLY, Lane.CASE, Lane.REMINDER)
        delivery.queue(session, [message(ada.id, lane.name, lane) for lane in lanes])
        delivery.lease(session, [d.id for d in outbox.due(session, 5).deliveries if d.lane is not Lane.REPLY])

    await store.write(left_behind)
    async with open_post_office(store, emulator) as office:
        assert await office.finished() == [SENT, SENT, DeliveryState.UNCERTAIN]
        assert office.sent() == ["REPLY", "CASE"]


async def test_a_full_disk_makes_the_sender_repeat_nothing(
    store: Store, emulator: Emulator, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = store.write
    refuse = [True]

    async def full(fn: Callable[..., Any], *rest: Any, **more: Any) -> Any:
        if fn is delivery.finish and refuse:
            refuse.clear()
            raise OSError("disk full")
        return await write(fn, *rest, **more)

    monkeypatch.setattr(store, "write", full)
    async with open_post_office(store, emulator) as office:
        await office.send(message(ada.id, "Once"))
        await ada.wait_for("Once")
        assert await office.finished() == [SENT]
        assert not refuse
        assert office.sent() == ["Once"]


async def test_a_small_file_is_uploaded_with_words_and_buttons(office: PostOffice, ada: Person) -> None:
    file = document("meeting.ics", "BEGIN:VCALENDAR\r\nžluť\r\n", "text/calendar")
    more = {"caption": "Open it", "reply_markup": markup([[("Mine", OwnTap("mine"))]])}
    params = {"chat_id": ada.id, "document": file, **more}
    await office.send(Outgoing(Lane.REPLY, ada.id, "reply", "sendDocument", params))
    assert await office.finished() == [SENT]
    shown = ada.last
    assert (shown.kind, shown.text, shown.labels) == ("document", "Open it", ["Mine"])
    assert shown.raw["document"]["file_name"] == "meeting.ics"
    assert shown.raw["document"]["mime_type"] == "text/calendar"
    kept = office.emulator.world.files.get(shown.raw["document"]["file_id"])
    assert kept.data.decode() == file["text"]
