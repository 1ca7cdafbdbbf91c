from __future__ import annotations

from bot.emulator import Emulator
from tests.bot.emulator.conftest import CallMethod


async def test_commands_are_kept_for_each_scope_and_language(call: CallMethod) -> None:
    commands = [{"command": "start", "description": "Begin"}]
    scope = {"type": "all_group_chats"}
    await call("setMyCommands", commands=commands)
    await call("setMyCommands", commands=[], scope=scope)
    await call("setMyCommands", commands=[{"command": "start", "description": "Zacznij"}], language_code="pl")
    assert (await call("getMyCommands"))["result"] == commands
    assert (await call("getMyCommands", scope=scope))["result"] == []
    assert (await call("getMyCommands", language_code="pl"))["result"][0]["description"] == "Zacznij"
    await call("deleteMyCommands")
    assert (await call("getMyCommands"))["result"] == []


async def test_a_command_must_be_small_letters(call: CallMethod) -> None:
    refused = await call("setMyCommands", commands=[{"command": "Start!", "description": "x"}])
    assert refused["description"] == "Bad Request: BOT_COMMAND_INVALID"


async def test_descriptions_have_their_lengths(call: CallMethod) -> None:
    assert (await call("setMyDescription", description="x" * 512))["ok"]
    assert not (await call("setMyDescription", description="x" * 513))["ok"]
    assert (await call("setMyShortDescription", short_description="x" * 120))["ok"]
    assert not (await call("setMyShortDescription", short_description="x" * 121))["ok"]
    assert (await call("getMyDescription", language_code="pl"))["result"]["description"] == "x" * 512


async def test_a_group_says_who_is_in_it(call: CallMethod, emulator: Emulator) -> None:
    ada, ben = emulator.person("Ada"), emulator.person("Ben")
    group = emulator.group("Desk", chat_id=-1_001_000_000_001, members=[ada])
    group.add(ben, "administrator")
    assert (await call("getChat", chat_id=group.chat_id))["result"]["type"] == "supergroup"
    assert (await call("getChatMemberCount", chat_id=group.chat_id))["result"] == 3
    (administrator,) = (await call("getChatAdministrators", chat_id=group.chat_id))["result"]
    assert administrator["user"]["id"] == ben.id
    group.remove(ben)
    assert (await call("getChatMemberCount", chat_id=group.chat_id))["result"] == 2


async def test_a_reaction_needs_its_message(call: CallMethod, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    said = ada.say("thanks")
    reaction = [{"type": "emoji", "emoji": "👍"}]
    assert (await call("setMessageReaction", chat_id=ada.id, message_id=said.id, reaction=reaction))["ok"]
    assert not (await call("setMessageReaction", chat_id=ada.id, message_id=99, reaction=reaction))["ok"]
    assert (await call("sendChatAction", chat_id=ada.id, action="typing"))["result"] is True
