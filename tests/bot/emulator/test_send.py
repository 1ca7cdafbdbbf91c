from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from bot.emulator import Emulator, Person
from tests.bot.emulator.conftest import CallMethod


@pytest.fixture
def ada(emulator: Emulator) -> Person:
    return emulator.person("Ada")


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": "x", "parse_mode": "Pidgin"}, "unsupported parse_mode"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "ż" * 33}]]}},
            "BUTTON_DATA_INVALID",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "A"}]]}},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ],
)
async def test_a_message_that_cannot_be_is_refused_and_leaves_no_trace(
    call: CallMethod, ada: Person, params: dict[str, Any], reason: str
) -> None:
    answer = await call("sendMessage", chat_id=ada.id, **params)
    assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {reason}"}
    assert ada.messages == []


async def test_the_longest_text_and_button_data_pass(call: CallMethod, ada: Person) -> None:
    markup = {"inline_keyboard": [[{"text": "A", "callback_data": "x" * 64}]]}
    assert (await call("sendMessage", chat_id=ada.id, text="ż" * 4096, reply_markup=markup))["ok"]


async def test_the_length_is_counted_after_the_marks_are_read(call: CallMethod, ada: Person) -> None:
    text = f"<b>{'x' * 4096}</b>"
    assert (await call("sendMessage", chat_id=ada.id, text=text, parse_mode="HTML"))["ok"]


async def test_an_unknown_chat_is_not_found(call: CallMethod) -> None:
    answer = await call("sendMessage", chat_id=42, text="x")
    assert answer["description"] == "Bad Request: chat not found"


async def test_a_bot_cannot_write_first(call: CallMethod, emulator: Emulator) -> None:
    ben = emulator.person("Ben", started=False)
    answer = await call("sendMessage", chat_id=ben.id, text="x")
    assert answer["description"] == "Forbidden: bot can't initiate conversation with a user"
    ben.say("/start")
    assert (await call("sendMessage", chat_id=ben.id, text="x"))["ok"]


async def test_a_blocked_bot_is_forbidden_and_told_so(
    call: CallMethod, emulator: Emulator, ada: Person
) -> None:
    ada.block()
    answer = await call("sendMessage", chat_id=ada.id, text="x")
    assert (answer["error_code"], answer["description"]) == (403, "Forbidden: bot was blocked by the user")
    ada.unblock()
    assert (await call("sendMessage", chat_id=ada.id, text="x"))["ok"]
    changes = [update["my_chat_member"] for update in (await call("getUpdates"))["result"]]
    statuses = [(c["old_chat_member"]["status"], c["new_chat_member"]["status"]) for c in changes]
    assert statuses == [("member", "kicked"), ("kicked", "member")]


async def test_a_group_that_threw_the_bot_out_is_forbidden(
    call: CallMethod, emulator: Emulator, ada: Person
) -> None:
    group = emulator.group("Desk", members=[ada])
    group.kick_bot(by=ada)
    answer = await call("sendMessage", chat_id=group.chat_id, text="x")
    assert answer["description"] == "Forbidden: bot was kicked from the group chat"
    group.add_bot(by=ada)
    assert (await call("leaveChat", chat_id=group.chat_id))["result"] is True
    answer = await call("sendMessage", chat_id=group.chat_id, text="x")
    assert answer["description"] == "Forbidden: bot is not a member of the group chat"


async def test_protection_preview_and_reply_arrive(call: CallMethod, ada: Person) -> None:
    asked = ada.say("question")
    await call(
        "sendMessage",
        chat_id=ada.id,
        text="answer",
        protect_content=True,
        link_preview_options={"is_disabled": True},
        reply_parameters={"message_id": asked.id},
    )
    assert ada.last.protected
    assert ada.last.reply_to == asked.id
    assert ada.last.raw["link_preview_options"] == {"is_disabled": True}


async def test_a_reply_keyboard_is_shown_and_taken_away(call: CallMethod, ada: Person) -> None:
    keyboard = {"keyboard": [["Yes", {"text": "Where I am", "request_location": True}]]}
    answer = await call("sendMessage", chat_id=ada.id, text="x", reply_markup=keyboard)
    assert "reply_markup" not in answer["result"]
    assert ada.keyboard == [["Yes", "Where I am"]]
    ada.tap("Yes")
    assert ada.messages[-1].text == "Yes"
    with pytest.raises(AssertionError, match="send_location"):
        ada.tap("Where I am")
    await call("sendMessage", chat_id=ada.id, text="x", reply_markup={"remove_keyboard": True})
    assert ada.keyboard == []


async def test_an_upload_is_kept_and_may_be_sent_again(
    call: CallMethod, emulator: Emulator, http: aiohttp.ClientSession, ada: Person
) -> None:
    form = aiohttp.FormData({"chat_id": str(ada.id), "caption": "<i>plan</i>", "parse_mode": "HTML"})
    form.add_field("document", b"pdf", filename="plan.pdf", content_type="application/pdf")
    async with http.post(f"{emulator.url}/bot{emulator.token}/sendDocument", data=form) as response:
        sent = (await response.json())["result"]
    assert sent["document"]["file_name"] == "plan.pdf"
    assert sent["caption_entities"] == [{"type": "italic", "offset": 0, "length": 4}]
    again = await call("sendDocument", chat_id=ada.id, document=sent["document"]["file_id"])
    assert again["result"]["document"]["file_id"] == sent["document"]["file_id"]
    unknown = await call("sendDocument", chat_id=ada.id, document="nothing")
    assert unknown["description"].startswith("Bad Request: wrong file_id")


async def test_a_caption_above_its_length_is_refused(call: CallMethod, ada: Person) -> None:
    photo = ada.send_photo(b"x").raw["photo"][-1]["file_id"]
    assert (await call("sendPhoto", chat_id=ada.id, photo=photo, caption="x" * 1024))["ok"]
    refused = await call("sendPhoto", chat_id=ada.id, photo=photo, caption="x" * 1025)
    assert refused["description"] == "Bad Request: message caption is too long"


async def test_an_album_is_one_message_for_each_item(
    emulator: Emulator, http: aiohttp.ClientSession, ada: Person
) -> None:
    media = [
        {"type": "photo", "media": "attach://one", "caption": "both"},
        {"type": "photo", "media": "attach://two"},
    ]
    form = aiohttp.FormData({"chat_id": str(ada.id), "media": json.dumps(media)})
    form.add_field("one", b"1", filename="1.jpg")
    form.add_field("two", b"2", filename="2.jpg")
    async with http.post(f"{emulator.url}/bot{emulator.token}/sendMediaGroup", data=form) as response:
        messages = (await response.json())["result"]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [bubble.text for bubble in ada.messages] == ["both", ""]


async def test_a_copy_hides_who_wrote_and_a_forward_names_them(
    call: CallMethod, emulator: Emulator, ada: Person
) -> None:
    ben = emulator.person("Ben")
    said = ada.say("secret /start")
    copied = await call("copyMessage", chat_id=ben.id, from_chat_id=ada.id, message_id=said.id)
    assert copied["result"] == {"message_id": ben.last.id}
    assert ben.last.text == "secret /start"
    forwarded = await call("forwardMessage", chat_id=ben.id, from_chat_id=ada.id, message_id=said.id)
    assert forwarded["result"]["forward_origin"]["sender_user"]["first_name"] == "Ada"
    missing = await call("copyMessage", chat_id=ben.id, from_chat_id=ada.id, message_id=99)
    assert missing["description"] == "Bad Request: message to copy not found"


async def test_a_place_outside_the_world_is_refused(call: CallMethod, ada: Person) -> None:
    assert (await call("sendLocation", chat_id=ada.id, latitude=51.3, longitude=1.4))["ok"]
    assert not (await call("sendLocation", chat_id=ada.id, latitude=91, longitude=1.4))["ok"]


async def test_a_load_test_may_write_to_anybody() -> None:
    async with Emulator(accept_any_chat=True) as emulator, aiohttp.ClientSession() as http:
        url = f"{emulator.url}/bot{emulator.token}/sendMessage"
        async with http.post(url, json={"chat_id": 777, "text": "x"}) as response:
            assert (await response.json())["result"]["chat"]["id"] == 777
