"""The webhook: what is no update is refused, what is one is never lost, and nothing stops the rest."""

from __future__ import annotations

import itertools
import json
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from store.engine import Session
from store.tables.inbox import DONE, PARKED, InboxRow
from tests.support.form import fill, step_of
from tests.support.house import WEBHOOK_SECRET, until
from tests.support.town import Town, reference_in

HEADER = "X-Telegram-Bot-Api-Secret-Token"
_ids = itertools.count(500_000_000)


async def post(town: Town, body: bytes, secret: str | None = WEBHOOK_SECRET) -> int:
    headers = {"Content-Type": "application/json"} | ({HEADER: secret} if secret is not None else {})
    async with (
        aiohttp.ClientSession() as client,
        client.post(f"{town.house.web_url}/hook/telegram", data=body, headers=headers) as answer,
    ):
        return answer.status


async def deliver(town: Town, **update: Any) -> int:
    """Post an update; return its id once the webhook said that it has it."""
    update_id = next(_ids)
    assert await post(town, json.dumps({"update_id": update_id, **update}).encode()) == 200
    return update_id


def _state(session: Session, update_id: int) -> tuple[str, str | None] | None:
    row = session.execute(
        select(InboxRow.state, InboxRow.payload).where(InboxRow.update_id == update_id)
    ).one_or_none()
    return (row.state, row.payload) if row else None


async def state_of(town: Town, update_id: int) -> tuple[str, str | None] | None:
    await until(lambda: not town.house.app.dispatcher.waiting)
    return await town.house.read(_state, update_id)


async def test_a_whole_report_through_the_webhook(hooked_town: Town) -> None:
    ada = hooked_town.ada
    ada.say("Loud music every night")
    assert step_of(await ada.wait_for()) == "danger"
    assert reference_in(await fill(ada, group="other"))


NO_UPDATES = {
    "nothing": b"",
    "no JSON": b"{",
    "no text": b"\xff\xfe\x00",
    "a list": b'[{"update_id": 1}]',
    "a word": b'"update"',
    "null": b"null",
    "no id": b'{"message": {}}',
    "an id that is a word": b'{"update_id": "7"}',
    "an id that is a truth": b'{"update_id": true}',
    "an id that is a fraction": b'{"update_id": 7.5}',
    "an id beyond all numbers": b'{"update_id": 99999999999999999999999999}',
    "an id of 5,000 digits": b'{"update_id": ' + b"9" * 5000 + b"}",
    "deep nesting": b'{"update_id": 1, "message": ' + b"[" * 100_000,
    "300 KB": b'{"update_id": 1, "message": "' + b"x" * 300_000 + b'"}',
}


@pytest.mark.parametrize("body", NO_UPDATES)
async def test_what_is_no_update_is_refused(hooked_town: Town, body: str) -> None:
    assert await post(hooked_town, NO_UPDATES[body]) in {400, 413}


@pytest.mark.parametrize("secret", [None, "", "wrong", "sh\u00e4red"])
async def test_without_the_secret_nothing_is_taken_in(hooked_town: Town, secret: str | None) -> None:
    update_id = next(_ids)
    assert await post(hooked_town, json.dumps({"update_id": update_id}).encode(), secret) == 403
    assert await state_of(hooked_town, update_id) is None


async def test_an_update_of_a_kind_we_do_not_know_is_done_by_being_seen(hooked_town: Town) -> None:
    update_id = await deliver(hooked_town, hologram={"depth": 3})
    assert await state_of(hooked_town, update_id) == (DONE, None)


async def test_a_repeat_is_taken_in_once(hooked_town: Town) -> None:
    update_id = await deliver(hooked_town, message=message(hooked_town, text="/help"))
    await hooked_town.ada.wait_for("What I can do")
    again = {"update_id": update_id, "message": message(hooked_town, text="/help")}
    hooked_town.ada.mark()
    assert await post(hooked_town, json.dumps(again).encode()) == 200
    await hooked_town.ada.stays_silent(0.1)


def message(town: Town, **content: Any) -> dict[str, Any]:
    """A message of Ada's; `content` may replace any part (`...` takes one out)."""
    entities = [{"type": "bot_command", "offset": 0, "length": 5}]
    whole = {
        "message_id": 7,
        "date": 1_790_000_000,
        "chat": {"id": town.ada.id, "type": "private", "first_name": "Ada"},
        "from": {"id": town.ada.id, "is_bot": False, "first_name": "Ada", "language_code": "en"},
        "entities": entities,
    }
    return {key: part for key, part in {**whole, **content}.items() if part is not ...}


MALFORMED: dict[str, dict[str, Any]] = {
    "no chat": {"chat": ...},
    "a chat that is a word": {"chat": "here"},
    "a chat without a kind": {"chat": {"id": 5}},
    "a chat id that is a word": {"chat": {"id": "5", "type": "private"}},
    "a chat id beyond all numbers": {"chat": {"id": 10**30, "type": "private"}},
    "nobody": {"from": ...},
    "somebody without an id": {"from": {"first_name": "Ada", "is_bot": False}},
    "a language that is a number": {
        "from": {"id": 5, "first_name": "A", "is_bot": False, "language_code": 5}
    },
    "no id": {"message_id": ...},
    "a date that is a word": {"date": "today"},
    "a date beyond all years": {"date": 10**18},
    "text that is a number": {"text": 5},
    "text of half a character": {"text": "Loud \ud800 music"},
    "text with nothing between": {"text": "a\x00b"},
    "entities that are a word": {"text": "/help", "entities": "bold"},
    "an entity beyond the end": {
        "text": "/help",
        "entities": [{"type": "bot_command", "offset": 90, "length": 50}],
    },
    "a photo without sizes": {"photo": [{}]},
    "a location without a number": {"location": {"latitude": "north", "longitude": None}},
    "a file without an id": {"document": {"file_name": "x"}},
}


@pytest.mark.parametrize("part", MALFORMED)
async def test_a_malformed_message_never_stops_the_next_one(hooked_town: Town, part: str) -> None:
    town = hooked_town
    update_id = await deliver(town, message=message(town, **{"text": "hello", **MALFORMED[part]}))
    town.ada.mark()
    await deliver(town, message=message(town, text="/help"))
    await town.ada.wait_for("What I can do")
    state = await state_of(town, update_id)
    assert state in {(DONE, None), (PARKED, None)}


@pytest.mark.parametrize(
    "update",
    [
        {"message": 5},
        {"message": None},
        {"message": []},
        {"edited_message": {}},
        {"callback_query": {}},
        {"callback_query": {"id": "1", "from": {"id": "x"}, "chat_instance": "1", "data": "o:mine:"}},
        {"callback_query": {"id": "1", "from": 5, "data": 5}},
        {"my_chat_member": {}},
        {"my_chat_member": {"chat": {"id": 5, "type": "private"}, "new_chat_member": {"status": "odd"}}},
    ],
    ids=lambda update: json.dumps(update)[:40],
)
async def test_a_malformed_update_is_done_or_set_aside(hooked_town: Town, update: dict[str, Any]) -> None:
    update_id = await deliver(hooked_town, **update)
    assert await state_of(hooked_town, update_id) in {(DONE, None), (PARKED, None)}
    hooked_town.ada.mark()
    await deliver(hooked_town, message=message(hooked_town, text="/help"))
    await hooked_town.ada.wait_for("What I can do")
