from __future__ import annotations

import asyncio
import re

import pytest

from bot.emulator import Attachment, Emulator
from tests.bot.emulator.conftest import CallMethod


async def test_waiting_sees_only_what_came_after_the_last_action(
    call: CallMethod, emulator: Emulator
) -> None:
    ada = emulator.person("Ada")
    await call("sendMessage", chat_id=ada.id, text="Welcome")
    assert (await ada.wait_for("Welcome")).text == "Welcome"
    assert (await ada.wait_for(re.compile("^Wel"))).text == "Welcome"
    ada.say("hello")
    with pytest.raises(AssertionError, match=r"(?s)no message with 'Welcome' within 0.05 s.*Ada: hello"):
        await ada.wait_for("Welcome", timeout=0.05)
    await ada.stays_silent(0.05)


async def test_waiting_ends_when_the_message_arrives_or_is_edited(
    call: CallMethod, emulator: Emulator
) -> None:
    ada = emulator.person("Ada")
    waiting = asyncio.gather(ada.wait_for("Done"), call("sendMessage", chat_id=ada.id, text="Done"))
    bubble, _ = await waiting
    ada.mark()
    editing = call("editMessageText", chat_id=ada.id, message_id=bubble.id, text="Done again")
    edited, _ = await asyncio.gather(ada.wait_for(lambda b: b.edited), editing)
    assert edited.text == "Done again"


async def test_silence_that_is_broken_says_by_what(call: CallMethod, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    await call("sendMessage", chat_id=ada.id, text="Surprise")
    with pytest.raises(AssertionError, match="Surprise"):
        await ada.stays_silent(0.05)


async def test_a_transcript_reads_like_the_chat(call: CallMethod, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    ada.say("/start")
    keyboard = {
        "inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"}]]
    }
    await call("sendMessage", chat_id=ada.id, text="Hello\nSure?", reply_markup=keyboard)
    ada.send_photo(b"x", caption="here")
    assert ada.transcript() == (
        "Ada: /start\n"
        "Community bot: Hello\n"
        "               Sure?\n"
        "               [Yes] [No]\n"
        "Ada: [photo] here"
    )


async def test_a_person_edits_their_own_words_only(call: CallMethod, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    said = ada.say("helo")
    ada.edit(said.id, "hello")
    updates = (await call("getUpdates"))["result"]
    assert updates[1]["edited_message"]["text"] == "hello"
    assert ada.messages[0].edited
    answer = await call("sendMessage", chat_id=ada.id, text="x")
    with pytest.raises(AssertionError, match="no message"):
        ada.edit(answer["result"]["message_id"], "y")


async def test_an_album_is_several_updates_with_one_group(call: CallMethod, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    ada.send_album([b"1", Attachment(b"2", "video")], caption="both")
    first, second = [update["message"] for update in (await call("getUpdates"))["result"]]
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("both", False)
    assert "video" in second


async def test_in_a_group_the_bot_hears_what_is_meant_for_it(call: CallMethod, emulator: Emulator) -> None:
    ada, ben = emulator.person("Ada"), emulator.person("Ben")
    group = emulator.group("Desk", members=[ada, ben])
    group.say(ada, "just talking")
    group.say(ada, "/queue")
    group.say(ben, f"hey @{emulator.bot_username}")
    asked = await call("sendMessage", chat_id=group.chat_id, text="Which?")
    group.say(ben, "this one", reply_to=asked["result"]["message_id"])
    heard = [update["message"]["text"] for update in (await call("getUpdates"))["result"]]
    assert heard == ["/queue", "hey @emulated_bot", "this one"]
    assert len(group.messages) == 5


async def test_an_administrator_hears_everything(call: CallMethod, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    group = emulator.group("Desk", members=[ada], administrator=True)
    group.say(ada, "just talking")
    assert len((await call("getUpdates"))["result"]) == 1


async def test_members_tap_and_strangers_do_not_write(call: CallMethod, emulator: Emulator) -> None:
    ada, ben = emulator.person("Ada"), emulator.person("Ben")
    group = emulator.group("Desk", members=[ada])
    keyboard = {"inline_keyboard": [[{"text": "Take it", "callback_data": "take:1"}]]}
    await call("sendMessage", chat_id=group.chat_id, text="New report", reply_markup=keyboard)
    group.tap(ada, "Take it")
    query = (await call("getUpdates"))["result"][0]["callback_query"]
    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (ada.id, group.chat_id)
    with pytest.raises(AssertionError, match="not in this chat"):
        group.say(ben, "/queue")
    assert (await call("getChatMember", chat_id=group.chat_id, user_id=ben.id))["result"]["status"] == "left"
    assert (await call("getChatMember", chat_id=group.chat_id, user_id=ada.id))["result"][
        "status"
    ] == "member"


async def test_who_blocked_the_bot_must_unblock_it_to_write(emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    ada.block()
    with pytest.raises(AssertionError, match="unblock"):
        ada.say("hello")


async def test_a_chat_keeps_its_newest_five_hundred_messages(emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    for number in range(510):
        ada.say(str(number))
    assert [ada.messages[0].text, ada.messages[-1].text, len(ada.messages)] == ["10", "509", 500]


async def test_two_people_cannot_have_one_id(emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    with pytest.raises(ValueError, match="already"):
        emulator.person("Ben", user_id=ada.id)
    assert emulator.person("Ada").key == "ada2"


async def test_persons_may_be_named_at_the_start() -> None:
    emulator = Emulator(persons={"a": "Ada", "b": "Ben"})
    assert [person.name for person in emulator.persons.values()] == ["Ada", "Ben"]


async def test_a_link_button_is_read_not_tapped(call: CallMethod, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    keyboard = {"inline_keyboard": [[{"text": "Open", "url": "https://example.org/x"}]]}
    await call("sendMessage", chat_id=ada.id, text="x", reply_markup=keyboard)
    assert ada.link("Open") == "https://example.org/x"
    with pytest.raises(AssertionError, match="is a link"):
        ada.tap("Open")
