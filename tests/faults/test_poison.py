"""What no handler can swallow: it is set aside, and the next update is handled within a second."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import pytest

from bot.app import App
from bot.emulator import Emulator, Limits, Person
from bot.settings import Settings
from handlers.chat.resident import general
from handlers.chat.turn import Turn
from notifications.wording import say
from store.actions import inbox as inbox_actions
from store.domain.inbox import TRIES_BEFORE_PARKED, RawUpdate
from store.engine import Store, open_store
from store.queries import inbox
from tests.faults.process import free_port
from tests.support.waiting import eventually

ADA, BEN = 1001, 1002


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with Emulator(limits=Limits.off()) as running:
        yield running


@pytest.fixture
def ada(emulator: Emulator) -> Person:
    return emulator.person("Ada", ADA)


@pytest.fixture
def ben(emulator: Emulator) -> Person:
    return emulator.person("Ben", BEN)


@pytest.fixture
def settings(emulator: Emulator, tmp_path: Path, migrated_database_url: str) -> Settings:
    return Settings(
        telegram_bot_token=emulator.token,
        telegram_api_url=emulator.url,
        database_url=migrated_database_url,
        media_url=f"file://{tmp_path}",
        web_port=free_port(),
        secret_key="k" * 40,
        send_rate=1000,
    )


@pytest.fixture
async def running(settings: Settings) -> AsyncIterator[App]:
    async with App(settings) as app:
        work = asyncio.ensure_future(app.run())  # noqa: TID251 - stopped below
        yield app
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def _parked(store: Store, count: int) -> list[str]:
    async def there() -> bool:
        return len(await store.read(inbox.parked)) >= count

    await eventually(there)
    return [one.error for one in await store.read(inbox.parked)]


async def _handled(store: Store) -> bool:
    return not await store.read(inbox.count_waiting)


def _message(person: Person, **content: Any) -> dict[str, Any]:
    return {
        "message_id": 900,
        "date": 0,
        "chat": {"id": person.id, "type": "private", "first_name": person.name},
        "from": {"id": person.id, "is_bot": False, "first_name": person.name, "language_code": "en"},
        **content,
    }


POISON: dict[str, Callable[[Person], dict[str, Any]]] = {
    "without its parts": lambda _: {"message": {"message_id": 1}},
    "of another shape": lambda _: {"message": "hello"},
    "with a list for a chat": lambda _: {"callback_query": {"from": [1]}},
    "with half a letter": lambda person: {"message": _message(person, text="\ud83d")},
    "with a zero byte": lambda person: {"message": _message(person, text="a\x00b")},
    "of a kind nobody knows": lambda _: {"new_in_bot_api_99": {"x": 1}},
    "with ids beyond all bounds": lambda _: {"message": {"chat": {"id": 10**30}}},
}


async def test_broken_updates_hold_up_nobody(emulator: Emulator, running: App, ben: Person) -> None:
    await _answers_help(ben, 5.0)
    for number, kind in enumerate(POISON):
        await running.take_in({"update_id": number, **POISON[kind](ben)})
        await _answers_help(emulator.person(f"After one {kind}"), 1.0)
    await eventually(partial(_handled, running.store))
    await asyncio.sleep(1.1)
    await _answers_help(ben, 1.0)


async def _answers_help(person: Person, seconds: float) -> None:
    person.say("/help")
    await person.wait_for(say("en", "help.text")[:20], seconds)


async def test_a_handler_that_fails_is_tried_three_times_and_the_person_is_told_once(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, ada: Person, ben: Person
) -> None:
    tries: list[int] = []

    def fail(turn: Turn) -> NoReturn:
        tries.append(turn.user_id)
        turn.say("help.text")
        raise ValueError("secret words of a person")

    monkeypatch.setattr(general, "privacy", fail)
    async with App(settings) as app:
        work = asyncio.ensure_future(app.run())  # noqa: TID251 - stopped below
        ada.say("/privacy")
        ben.say("/help")
        await ben.wait_for(say("en", "help.text")[:20])
        await ada.wait_for(say("en", "chat.sorry"))
        assert await _parked(app.store, 1) == ["ValueError"]
        await asyncio.sleep(0.3)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
    assert tries == [ADA] * TRIES_BEFORE_PARKED
    assert [bubble.text for bubble in ada.messages if bubble.from_bot] == [say("en", "chat.sorry")]


async def test_a_stray_cancelled_error_is_an_error_like_any_other(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, ada: Person
) -> None:
    def cancelled(_turn: Turn) -> NoReturn:
        raise asyncio.CancelledError

    monkeypatch.setattr(general, "privacy", cancelled)
    async with App(settings) as app:
        work = asyncio.ensure_future(app.run())  # noqa: TID251 - stopped below
        ada.say("/privacy")
        ada.say("/help")
        await ada.wait_for(say("en", "chat.sorry"))
        await ada.wait_for(say("en", "help.text")[:20])
        assert await _parked(app.store, 1) == ["HandlerCancelledError"]
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def test_an_update_that_took_the_process_down_three_times_is_set_aside_at_start(
    settings: Settings, ada: Person
) -> None:
    raw = RawUpdate(int(settings.telegram_bot_token.split(":")[0]), 5, ADA, '{"update_id": 5}')
    async with open_store(settings.database_url) as store:
        (item,) = await store.write(inbox_actions.add, [raw])
        for _ in range(TRIES_BEFORE_PARKED):
            await store.write(inbox_actions.count_try, item.id, "found waiting after a stop")
    async with App(settings) as app:
        work = asyncio.ensure_future(app.run())  # noqa: TID251 - stopped below
        await ada.wait_for(say("en", "chat.sorry"))
        assert await _parked(app.store, 1) == ["the process stopped while handling it"]
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
