from __future__ import annotations

from typing import Any

import pytest

from bot.emulator import Emulator, Person
from tests.bot.emulator.conftest import CallMethod

YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes:1"}]]}


@pytest.fixture
def ada(emulator: Emulator) -> Person:
    return emulator.person("Ada")


@pytest.fixture
async def sent(call: CallMethod, ada: Person) -> dict[str, Any]:
    answer = await call("sendMessage", chat_id=ada.id, text="Sure?", reply_markup=YES)
    return {"chat_id": ada.id, "message_id": answer["result"]["message_id"]}


async def test_an_edit_changes_words_and_takes_the_keyboard(
    call: CallMethod, ada: Person, sent: dict[str, Any]
) -> None:
    answer = await call("editMessageText", **sent, text="Done")
    assert answer["result"]["edit_date"] >= answer["result"]["date"]
    assert (ada.last.text, ada.last.labels, ada.last.edited) == ("Done", [], True)


async def test_an_edit_that_changes_nothing_is_refused(call: CallMethod, sent: dict[str, Any]) -> None:
    same = (
        "Bad Request: message is not modified: specified new message content and reply markup are "
        "exactly the same as a current content and reply markup of the message"
    )
    assert (await call("editMessageText", **sent, text="Sure?", reply_markup=YES))["description"] == same
    assert (await call("editMessageReplyMarkup", **sent, reply_markup=YES))["description"] == same
    assert (await call("editMessageReplyMarkup", **sent))["ok"]
    assert (await call("editMessageText", **sent, text="Sure?"))["description"] == same


async def test_only_own_and_present_messages_can_be_edited(call: CallMethod, ada: Person) -> None:
    missing = await call("editMessageText", chat_id=ada.id, message_id=99, text="x")
    assert missing["description"] == "Bad Request: message to edit not found"
    foreign = await call("editMessageText", chat_id=ada.id, message_id=ada.say("mine").id, text="x")
    assert foreign["description"] == "Bad Request: message can't be edited"


async def test_a_caption_is_edited_by_its_own_method(call: CallMethod, ada: Person) -> None:
    photo = ada.send_photo(b"x").raw["photo"][-1]["file_id"]
    sent = (await call("sendPhoto", chat_id=ada.id, photo=photo, caption="a"))["result"]["message_id"]
    assert (await call("editMessageCaption", chat_id=ada.id, message_id=sent, caption="b"))["ok"]
    assert ada.last.text == "b"
    assert not (await call("editMessageText", chat_id=ada.id, message_id=sent, text="c"))["ok"]


async def test_deleting_works_for_two_days(call: CallMethod, emulator: Emulator, ada: Person) -> None:
    old = ada.say("old")
    emulator.advance(48 * 3600)
    young = ada.say("young")
    assert (await call("deleteMessage", chat_id=ada.id, message_id=young.id))["result"] is True
    refused = await call("deleteMessage", chat_id=ada.id, message_id=old.id)
    assert refused["description"] == "Bad Request: message can't be deleted"
    gone = await call("deleteMessage", chat_id=ada.id, message_id=young.id)
    assert gone["description"] == "Bad Request: message to delete not found"
    assert [bubble.id for bubble in ada.messages] == [old.id]


async def test_deleting_many_skips_what_is_not_there(call: CallMethod, ada: Person) -> None:
    ids = [ada.say(str(number)).id for number in range(3)]
    assert (await call("deleteMessages", chat_id=ada.id, message_ids=[*ids[:2], 99]))["result"] is True
    assert [bubble.id for bubble in ada.messages] == ids[2:]
    assert not (await call("deleteMessages", chat_id=ada.id, message_ids=[]))["ok"]


async def test_a_tap_comes_as_a_query_and_its_answer_is_seen(
    call: CallMethod, ada: Person, sent: dict[str, Any]
) -> None:
    tapped = ada.tap("Yes")
    query = (await call("getUpdates"))["result"][0]["callback_query"]
    assert (query["id"], query["data"]) == (tapped, "yes:1")
    assert query["message"]["message_id"] == sent["message_id"]
    await call("answerCallbackQuery", callback_query_id=tapped, text="Noted", show_alert=True)
    answer = await ada.wait_for_answer(tapped)
    assert (answer["text"], answer["show_alert"]) == ("Noted", True)
    assert ada.callback_answers == [answer]


async def test_a_query_lives_a_hundred_and_fifty_seconds(
    call: CallMethod, emulator: Emulator, ada: Person, sent: dict[str, Any]
) -> None:
    tapped = ada.tap("yes:")
    emulator.advance(149)
    assert (await call("answerCallbackQuery", callback_query_id=tapped))["ok"]
    emulator.advance(1)
    expired = await call("answerCallbackQuery", callback_query_id=tapped)
    unknown = await call("answerCallbackQuery", callback_query_id="7")
    reason = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert expired["description"] == unknown["description"] == reason


async def test_a_tap_on_what_is_not_there_names_what_is(ada: Person, sent: dict[str, Any]) -> None:
    with pytest.raises(AssertionError, match=r"(?s)sees no button 'No'.*\[\['Yes'\]\]"):
        ada.tap("No")


async def test_a_forged_tap_may_name_any_data_and_message(call: CallMethod, ada: Person) -> None:
    ada.tap_data("forged", 99)
    query = (await call("getUpdates"))["result"][0]["callback_query"]
    assert query["data"] == "forged"
    assert query["message"]["date"] == 0
