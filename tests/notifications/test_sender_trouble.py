"""The sender when the token is revoked, the database has a bad time, or a pause was long."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from telegram.error import InvalidToken

import notifications.sender as module
from bot.emulator import Emulator, Person
from bot.transport import AiohttpRequest
from notifications import leaser, recorder
from notifications.limits import Limits, Window
from notifications.sender import Sender
from store.actions import delivery, resident
from store.domain.delivery import DeliveryState, Lane
from store.engine import Store
from store.queries import outbox
from tests.notifications.post_office import PostOffice, message, open_post_office, states
from tests.support.deliveries import hush
from tests.support.waiting import eventually

SENT, QUEUED = DeliveryState.SENT, DeliveryState.QUEUED

pytestmark = pytest.mark.slow  # most wait for the messenger's own seconds


async def test_a_revoked_token_stops_the_sender_and_loses_nothing(
    store: Store, emulator: Emulator, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    monkeypatch.setattr(Window, "fill", lambda _window, _now: None)
    request = AiohttpRequest()
    await request.initialize()
    lanes = (Lane.REPLY, Lane.CASE, Lane.REMINDER)
    await store.write(delivery.queue, [message(ada.id + n, "Hello", lane) for n, lane in enumerate(lanes)])
    sender = Sender(store, request, f"{emulator.url}/bot99:revoked", Limits())
    async with asyncio.timeout(20):
        with pytest.raises(InvalidToken):
            await sender.run()
    await request.shutdown()
    assert await store.read(states) == [QUEUED] * 3
    assert all(one.params != "{}" for one in (await store.read(outbox.due, 5)).deliveries)
    async with open_post_office(store, emulator) as office:
        await ada.wait_for("Hello")
        assert office.sender.active


async def test_trouble_of_the_database_neither_stops_nor_doubles_what_is_on_its_way(
    store: Store, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(recorder, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(Window, "fill", lambda _window, _now: None)
    read, write = store.read, store.write
    troubles = {outbox.due: 3, delivery.finish: 3, delivery.lease: 1}

    def fail(fn: Any) -> None:
        if troubles.get(fn):
            troubles[fn] -= 1
            raise OSError("the disk is full")

    async def bad_read(fn: Callable[..., Any], *rest: Any, **more: Any) -> Any:
        fail(fn)
        return await read(fn, *rest, **more)

    async def bad_write(fn: Callable[..., Any], *rest: Any, **more: Any) -> Any:
        if fn is delivery.lease and troubles[fn]:  # done, and nobody was told
            await write(fn, *rest, **more)
        fail(fn)
        return await write(fn, *rest, **more)

    monkeypatch.setattr(store, "read", bad_read)
    monkeypatch.setattr(store, "write", bad_write)
    people = [emulator.person(f"Resident {n}") for n in range(10)]
    async with open_post_office(store, emulator) as office:
        await office.send(*(message(one.id, one.name, Lane.CASE) for one in people))
        assert await office.finished() == [SENT] * 10
        assert sorted(office.sent()) == sorted(one.name for one in people)
    assert not any(troubles.values())


@pytest.mark.parametrize("lane", [Lane.CASE, Lane.CAMPAIGN])
async def test_after_a_pause_wishes_are_looked_at_again(office: PostOffice, ada: Person, lane: Lane) -> None:
    await office.store.write(resident.meet, ada.id, "Ada", "en")
    office.emulator.faults.too_many("sendMessage", retry_after=1)
    await office.send(message(ada.id, "News", lane))
    await eventually(office.was_refused)
    await office.store.write(hush, ada.id)
    assert await office.finished() == [DeliveryState.CANCELLED]
    assert office.sent() == []


async def test_wishes_are_looked_at_the_moment_before_a_message_goes(office: PostOffice, ada: Person) -> None:
    await office.store.write(resident.meet, ada.id, "Ada", "en")
    await office.send(message(ada.id, "first", Lane.CASE), message(ada.id, "second", Lane.CASE))
    await ada.wait_for("first")
    await office.store.write(hush, ada.id)
    assert await office.finished() == [SENT, DeliveryState.CANCELLED]


async def test_a_crash_leaves_in_doubt_only_what_was_on_its_way(store: Store, emulator: Emulator) -> None:
    emulator.latency_seconds = 0.5
    people = [emulator.person(f"Resident {n}") for n in range(60)]
    async with open_post_office(store, emulator) as office:
        await office.send(*(message(one.id, "News", Lane.CAMPAIGN) for one in people))
        await eventually(partial(office.has_sent, 5))
        waiting = (await office.states()).count(QUEUED)
    assert waiting > 60 - 5 - 30 * 0.6 * 1.5
    emulator.latency_seconds = 0.0
    async with open_post_office(store, emulator) as office:
        found = Counter(await office.finished())
    assert found[SENT] + found[DeliveryState.UNCERTAIN] == 60
    assert found[DeliveryState.UNCERTAIN] < 60 - waiting
    assert len(emulator.calls_of("sendMessage")) <= 60
    assert office.refused() == 0


async def test_leases_that_cannot_be_given_back_yet_are_given_back_later(
    office: PostOffice, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaser, "RETRY_SECONDS", 0.01)
    write = office.store.write
    troubles = {delivery.lease: 1, delivery.give_back: 2}

    async def bad(fn: Any, *rest: Any, **more: Any) -> Any:
        if fn is delivery.lease and troubles[fn]:
            await write(fn, *rest, **more)
        if troubles.get(fn):
            troubles[fn] -= 1
            raise OSError("the disk is full")
        return await write(fn, *rest, **more)

    monkeypatch.setattr(office.store, "write", bad)
    await office.send(message(ada.id, "News", Lane.CAMPAIGN))
    assert await office.finished() == [SENT]
    assert office.sent() == ["News"]
    assert not any(troubles.values())


async def test_who_is_told_to_stop_still_hears_what_became_of_what_was_sent(
    store: Store, emulator: Emulator, ada: Person
) -> None:
    async with open_post_office(store, emulator) as office:
        emulator.faults.delay(0.5, "sendMessage")
        await office.send(message(ada.id, "Reminder", Lane.REMINDER))
        await eventually(partial(_is_leased, office))
    assert await office.states() == [SENT]
    assert office.sent() == ["Reminder"]


async def test_who_is_told_to_stop_stops_also_without_a_database(
    store: Store, emulator: Emulator, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_post_office(store, emulator) as office:
        emulator.faults.delay(0.5, "sendMessage")
        await office.send(message(ada.id, "Reminder", Lane.REMINDER))
        await eventually(partial(_is_leased, office))
        monkeypatch.setattr(delivery, "finish", _broken)
    assert await office.states() == [DeliveryState.LEASED]


async def _is_leased(office: PostOffice) -> bool:
    return DeliveryState.LEASED in await office.states()


def _broken(*_values: object) -> None:
    raise RuntimeError
