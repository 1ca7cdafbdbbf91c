"""The real client library against the emulator: what we send must be what it understands."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    BotCommand,
    ChatMemberBanned,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from bot.emulator import Emulator, Limits


@pytest.fixture
async def ptb(emulator: Emulator) -> AsyncIterator[Bot]:
    bot = Bot(emulator.token, base_url=f"{emulator.url}/bot", base_file_url=f"{emulator.url}/file/bot")
    async with bot:
        yield bot


async def test_every_kind_of_update_is_understood(ptb: Bot, emulator: Emulator) -> None:
    ada = emulator.person("Ada", username="ada_l")
    ada.say("/start abc https://example.org")
    ada.send_photo(b"x", caption="c")
    ada.send_album([b"1", b"2"])
    ada.send_document(b"x", "a.pdf", "application/pdf")
    ada.send_video()
    ada.send_voice()
    ada.send_sticker()
    ada.send_location(51.3, 1.4)
    ada.send_venue(51.3, 1.4, "Harbour", "Pier")
    ada.send_contact()
    ada.send_poll()
    ada.edit(1, "changed")
    ada.tap_data("data", 1)
    ada.block()
    updates = await ptb.get_updates()
    assert len(updates) == 15
    assert updates[0].message
    assert updates[0].message.text
    assert [entity.type for entity in updates[0].message.entities] == ["bot_command", "url"]
    assert updates[-1].my_chat_member
    assert isinstance(updates[-1].my_chat_member.new_chat_member, ChatMemberBanned)
    assert all(update.effective_user and update.effective_user.username == "ada_l" for update in updates)


async def test_an_answer_with_everything(ptb: Bot, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    said = ada.say("hello")
    sent = await ptb.send_message(
        ada.id,
        "<b>Hi</b>",
        parse_mode="HTML",
        protect_content=True,
        reply_parameters=ReplyParameters(said.id),
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]]),
    )
    assert sent.reply_to_message
    assert sent.reply_to_message.message_id == said.id
    ada.tap("Yes")
    query = (await ptb.get_updates())[-1].callback_query
    assert query
    await query.answer("Noted")
    await query.edit_message_text("Done")
    assert (ada.last.text, ada.callback_answers[0]["text"]) == ("Done", "Noted")


async def test_files_go_both_ways(ptb: Bot, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    await ptb.send_document(ada.id, b"report", filename="r.txt")
    await ptb.send_media_group(ada.id, [InputMediaPhoto(b"1"), InputMediaPhoto(b"2")], caption="two")
    assert [bubble.kind for bubble in ada.messages] == ["document", "photo", "photo"]
    ada.send_photo(b"evidence")
    message = (await ptb.get_updates())[-1].message
    assert message
    file = await message.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()) == b"evidence"


async def test_refusals_become_the_right_exceptions(
    ptb: Bot, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    ada = emulator.person("Ada")
    with pytest.raises(BadRequest, match="Chat not found"):
        await ptb.send_message(42, "x")
    with pytest.raises(BadRequest, match="parse entities"):
        await ptb.send_message(ada.id, "<b>", parse_mode="HTML")
    emulator.limits = Limits()
    await ptb.send_message(ada.id, "x")
    with pytest.raises(RetryAfter):
        await ptb.send_message(ada.id, "x")
    ada.block()
    with pytest.raises(Forbidden, match="blocked"):
        await ptb.send_message(ada.id, "x")


async def test_a_wrong_token_is_an_invalid_token(emulator: Emulator) -> None:
    bot = Bot("1:WRONG", base_url=f"{emulator.url}/bot")
    with pytest.raises(InvalidToken):
        await bot.initialize()
    await bot.shutdown()


async def test_chats_members_and_commands_are_understood(ptb: Bot, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    group = emulator.group("Desk", members=[ada], administrator=True)
    assert (await ptb.get_chat(group.chat_id)).title == "Desk"
    assert (await ptb.get_chat_member(group.chat_id, ada.id)).status == "member"
    await ptb.set_my_commands([BotCommand("start", "Begin")])
    assert [command.command for command in await ptb.get_my_commands()] == ["start"]
    assert (await ptb.get_webhook_info()).pending_update_count == 0
    assert await ptb.send_chat_action(ada.id, "typing")
    assert await ptb.set_message_reaction(ada.id, ada.say("x").id, "👍")
    assert await ptb.delete_message(ada.id, ada.messages[0].id)
