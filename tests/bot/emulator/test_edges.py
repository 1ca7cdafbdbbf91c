"""Small rules of the real server that bots trip over."""

from __future__ import annotations

import json
import struct
from typing import Any

import aiohttp
import pytest

from bot.emulator import Emulator, Limits, Person
from bot.emulator.clock import Clock
from bot.emulator.files import FileStore
from bot.emulator.limits import SWEEP_ABOVE_CHATS, Limiter
from bot.emulator.objects import UNKNOWN_SIZE, picture_size
from tests.bot.emulator.conftest import CallMethod


@pytest.fixture
def ada(emulator: Emulator) -> Person:
    return emulator.person("Ada")


@pytest.mark.parametrize(
    ("method", "params", "reason"),
    [
        ("sendMessage", {"text": "x", "chat_id": ""}, "chat_id is empty"),
        ("sendMessage", {"text": "x", "chat_id": "@channel"}, "chat not found"),
        ("sendMessage", {"text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"strange": 1}},
            "can't parse reply keyboard markup: unknown markup",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"inline_keyboard": [{}]}},
            'can\'t parse inline keyboard: Field "inline_keyboard" must be an array of arrays',
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"callback_data": "x"}]]}},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "url": "ftp://e.org"}]]}},
            "inline keyboard button URL 'ftp://e.org' is invalid: Wrong HTTP URL",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 101]}},
            "REPLY_MARKUP_TOO_LONG",
        ),
        ("sendMessage", {"text": "x", "reply_markup": {"keyboard": [[""]]}}, None),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"keyboard": [[{}]]}},
            "can't parse keyboard button: text is empty",
        ),
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendPhoto", {"photo": "https://e.org/a.jpg"}, "failed to get HTTP URL content"),
        ("sendMediaGroup", {"media": []}, "media must be non-empty"),
        ("sendMediaGroup", {"media": "{"}, "can't parse media JSON object"),
        ("sendMediaGroup", {"media": "[1]"}, 'parameter "media" must be an Array of Objects'),
        ("sendMediaGroup", {"media": [{"type": "photo"}] * 11}, "too many messages to send as an album"),
        (
            "sendMediaGroup",
            {"media": [{"type": "voice"}]},
            "can't parse InputMedia: type must be photo, video, document or audio",
        ),
        ("sendLocation", {"latitude": "north"}, 'parameter "latitude" is required and must be a Number'),
        ("deleteMessage", {"message_id": "x"}, 'parameter "message_id" must be an Integer'),
        ("leaveChat", {}, "chat member status can't be changed in private chats"),
        ("getChatMember", {"user_id": 9}, "user not found"),
        ("editMessageText", {"message_id": 1, "text": ""}, "message text is empty"),
        ("forwardMessage", {"from_chat_id": 42, "message_id": 1}, "chat not found"),
        ("setMyCommands", {"commands": [{"command": "a", "description": "b"}] * 101}, "too many commands"),
        ("setMyCommands", {"commands": [{"command": "a"}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_what_cannot_be_is_refused_with_the_servers_words(
    call: CallMethod, ada: Person, method: str, params: dict[str, Any], reason: str | None
) -> None:
    answer = await call(method, **{"chat_id": ada.id} | params)
    assert answer.get("description") == (f"Bad Request: {reason}" if reason else None)


@pytest.mark.parametrize("kind", ["document", "video", "animation", "audio", "voice", "sticker"])
async def test_each_kind_of_file_has_its_method(call: CallMethod, ada: Person, kind: str) -> None:
    file = ada.send_document(b"x", "x.bin", "application/octet-stream").raw["document"]["file_id"]
    answer = await call(f"send{kind}", chat_id=ada.id, **{kind: file})
    assert answer["result"][kind]["file_id"] == file


async def test_places_and_phone_numbers_are_sent(call: CallMethod, ada: Person) -> None:
    await call("sendVenue", chat_id=ada.id, latitude=51.3, longitude=1.4, title="Hall", address="High Street")
    await call("sendContact", chat_id=ada.id, phone_number="101", first_name="Police")
    assert [bubble.kind for bubble in ada.messages] == ["venue", "contact"]


async def test_own_marks_and_found_ones_live_side_by_side(call: CallMethod, ada: Person) -> None:
    text = "<b>see https://e.org</b> and /help"
    answer = await call("sendMessage", chat_id=ada.id, text=text, parse_mode="HTML")
    assert [entity["type"] for entity in answer["result"]["entities"]] == ["bold", "bot_command"]


async def test_a_reply_may_outlive_its_question(call: CallMethod, ada: Person) -> None:
    reply = {"message_id": 99, "allow_sending_without_reply": True}
    assert (
        "reply_to_message"
        not in (await call("sendMessage", chat_id=ada.id, text="x", reply_parameters=json.dumps(reply)))[
            "result"
        ]
    )


async def test_a_copy_may_carry_another_caption(call: CallMethod, ada: Person) -> None:
    sent = ada.send_photo(b"x", caption="one")
    await call("copyMessage", chat_id=ada.id, from_chat_id=ada.id, message_id=sent.id, caption="two")
    assert (ada.last.text, ada.last.kind) == ("two", "photo")


async def test_a_protected_message_of_a_person_stays_where_it_is(call: CallMethod, ada: Person) -> None:
    sent = ada.send({"text": "secret", "has_protected_content": True})
    copied = await call("copyMessage", chat_id=ada.id, from_chat_id=ada.id, message_id=sent.id)
    assert copied["description"] == "Bad Request: the message can't be copied"


async def test_the_bot_is_a_member_with_rights(call: CallMethod, emulator: Emulator, ada: Person) -> None:
    group = emulator.group("Desk", members=[ada])
    group.add_bot(by=ada, administrator=True)
    me = await call("getChatMember", chat_id=group.chat_id, user_id=emulator.bot_id)
    assert me["result"]["status"] == "administrator"
    said = group.say(ada, "delete me")
    assert (await call("deleteMessage", chat_id=group.chat_id, message_id=said.id))["ok"]
    group.add(ada, "creator")
    owner = await call("getChatMember", chat_id=group.chat_id, user_id=ada.id)
    assert owner["result"]["is_anonymous"] is False


def test_pictures_tell_their_size() -> None:
    png = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\x0dIHDR" + struct.pack(">II", 320, 200)
    jpeg = (
        b"\xff\xd8" + b"\xff\xe0\0\x04ab" + b"\xff\xc0\0\x11\x08" + struct.pack(">HH", 200, 320) + b"\0" * 9
    )
    assert picture_size(png) == picture_size(jpeg) == (320, 200)
    assert picture_size(b"\xff\xd8\xff") == picture_size(b"GIF") == UNKNOWN_SIZE


def test_the_oldest_files_make_room() -> None:
    store = FileStore(kept_bytes=10)
    first, second = store.add("photo", b"123456"), store.add("photo", b"789012")
    assert store.at(first.path) is None
    assert store.at(second.path) == second


def test_chats_that_are_quiet_are_forgotten_by_the_limits() -> None:
    clock = Clock()
    limiter = Limiter(Limits(per_second=None), clock)
    for chat in range(1, SWEEP_ABOVE_CHATS + 1):
        limiter.take(chat, 1)
    clock.advance(2)
    limiter.take(SWEEP_ABOVE_CHATS + 1, 1)
    assert len(limiter._chats) == 1


def test_time_goes_only_forward() -> None:
    with pytest.raises(ValueError, match="forward"):
        Clock().advance(-1)


@pytest.mark.parametrize(
    "path", ["/", "/chat.css", "/chat.js", "/phone.js", "/bubble.js", "/composer.js", "/people.js"]
)
async def test_the_page_comes_with_a_strict_policy(
    emulator: Emulator, http: aiohttp.ClientSession, path: str
) -> None:
    async with http.get(emulator.url + path) as response:
        assert response.status == 200
        assert "unsafe" not in response.headers["Content-Security-Policy"]


async def test_there_is_no_other_page(emulator: Emulator, http: aiohttp.ClientSession) -> None:
    for path in ("/../secret", "/static/chat.js", "/emulator/none"):
        async with http.get(emulator.url + path) as response:
            assert response.status == 404


async def test_pictures_are_shown_as_what_they_are(
    emulator: Emulator, http: aiohttp.ClientSession, ada: Person
) -> None:
    kinds = {}
    for name, data in (("png", b"\x89PNG\r\n\x1a\n"), ("jpeg", b"\xff\xd8"), ("webp", b"RIFF0000WEBP")):
        file_id = ada.send_photo(data).raw["photo"][0]["file_id"]
        async with http.get(f"{emulator.url}/emulator/files/{file_id}") as response:
            kinds[name] = response.content_type
    assert kinds == {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}
