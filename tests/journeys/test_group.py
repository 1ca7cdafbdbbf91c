"""Groups and channels that somebody puts the bot into."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from sqlalchemy import select

from bot.emulator import Group
from store.engine import Session
from store.queries import chat
from store.tables.delivery import DeliveryRow
from store.tables.inbox import InboxRow
from tests.support.house import DESK_ID
from tests.support.town import Town

PRIVATE_ONLY = "I work in private chats only. Please write to me there: https://t.me/"
_updates = itertools.count(900_000_000)
_chats = itertools.count(1)


def group_of(town: Town) -> Group:
    """A group of neighbours that the bot is not in yet."""
    group = town.emulator.group("Neighbours", members=[town.dan])
    group.kick_bot(town.dan)
    return group


def said_in(group: Group) -> list[str]:
    return [shown.text for shown in group.messages if shown.from_bot]


async def handed(town: Town, **update: Any) -> None:
    """Hand the bot an update as the messenger would send it."""
    await town.house.app.take_in({"update_id": next(_updates), **update})
    await town.settled()


def _calls(session: Session, chat_id: int) -> list[tuple[str, str]]:
    rows = session.execute(
        select(DeliveryRow.method, DeliveryRow.kind)
        .where(DeliveryRow.chat_id == chat_id)
        .order_by(DeliveryRow.id)
    )
    return [(method, kind) for method, kind in rows]


async def methods(town: Town, chat_id: int) -> list[str]:
    return [method for method, _ in await town.house.read(_calls, chat_id)]


def _payloads(session: Session) -> list[str | None]:
    return list(session.scalars(select(InboxRow.payload).where(InboxRow.chat_id < DESK_ID)))


def message(town: Town, chat_id: int, date: int, **content: Any) -> dict[str, Any]:
    return {
        "message_id": next(_updates),
        "date": date,
        "chat": {"id": chat_id, "type": "supergroup", "title": "x"},
        "from": {"id": town.dan.id, "is_bot": False, "first_name": "Dan"},
        **content,
    }


def joined(
    town: Town, chat_id: int, date: int, kind: str = "supergroup", old: str = "left"
) -> dict[str, Any]:
    bot = {"id": town.house.app.bot.id, "is_bot": True, "first_name": "Bot"}
    return {
        "chat": {"id": chat_id, "type": kind, "title": "x"},
        "from": {"id": town.dan.id, "is_bot": False, "first_name": "Dan"},
        "date": date,
        "old_chat_member": {"user": bot, "status": old},
        "new_chat_member": {"user": bot, "status": "member"},
    }


async def test_put_into_a_group_it_says_once_where_it_works_and_goes(town: Town) -> None:
    group = group_of(town)
    group.add_bot(town.dan)
    shown = await group.wait_for()
    assert shown.text == PRIVATE_ONLY + str(town.emulator.bot_username)
    await town.settled()
    assert group.chat.bot_status == "left"
    assert len(said_in(group)) == 1


async def test_spoken_to_right_after_it_has_answered_already(town: Town) -> None:
    group = group_of(town)
    group.add_bot(town.dan, administrator=True)
    group.say(town.dan, "/report they shout at number nine")
    group.say(town.dan, "/start")
    await town.settled()
    assert said_in(group) == [PRIVATE_ONLY + str(town.emulator.bot_username)]
    assert group.chat.bot_status == "left"


async def test_let_in_again_it_answers_again(town: Town) -> None:
    chat_id = -3_000_000 - next(_chats)
    await handed(town, my_chat_member=joined(town, chat_id, 1_000_000))
    await handed(town, my_chat_member=joined(town, chat_id, 1_000_600))
    assert await methods(town, chat_id) == ["sendMessage", "leaveChat"] * 2


async def test_let_in_a_moment_later_it_goes_without_a_second_word(town: Town) -> None:
    chat_id = -3_000_000 - next(_chats)
    await handed(town, message=message(town, chat_id, 1_000_000, text="/report"))
    await handed(town, my_chat_member=joined(town, chat_id, 1_000_005))
    assert await methods(town, chat_id) == ["sendMessage", "leaveChat", "leaveChat"]


async def test_a_new_role_in_a_group_is_no_news(town: Town) -> None:
    chat_id = -3_000_000 - next(_chats)
    await handed(town, my_chat_member=joined(town, chat_id, 1_000_000, old="administrator"))
    assert await methods(town, chat_id) == []


async def test_a_channel_is_left_like_a_group(town: Town) -> None:
    chat_id = -3_000_000 - next(_chats)
    await handed(town, my_chat_member=joined(town, chat_id, 1_000_000, "channel"))
    assert await methods(town, chat_id) == ["sendMessage", "leaveChat"]


@pytest.mark.parametrize("text", ["/report@{bot} they shout at number nine", "hello @{bot}!", "@{bot}"])
async def test_the_name_of_this_bot_is_understood_whatever_its_case(town: Town, text: str) -> None:
    chat_id = -3_000_000 - next(_chats)
    said = text.format(bot=str(town.emulator.bot_username).upper())
    await handed(town, message=message(town, chat_id, 1_000_000, text=said))
    assert await methods(town, chat_id) == ["sendMessage", "leaveChat"]


async def test_an_answer_to_what_it_said_is_for_the_bot(town: Town) -> None:
    chat_id = -3_000_000 - next(_chats)
    bot = {"id": town.house.app.bot.id, "is_bot": True, "first_name": "Bot"}
    other = {"id": town.ben.id, "is_bot": False, "first_name": "Ben"}
    for author in (other, bot):
        before = message(town, chat_id, 999_000, text="x") | {"from": author}
        await handed(town, message=message(town, chat_id, 1_000_000, text="why?", reply_to_message=before))
    assert await methods(town, chat_id) == ["sendMessage", "leaveChat"]


@pytest.mark.parametrize("text", ["/report@another_bot", "Good morning", "mail me@example.org"])
async def test_what_is_not_said_to_it_is_left_alone(town: Town, text: str) -> None:
    chat_id = -3_000_000 - next(_chats)
    await handed(town, message=message(town, chat_id, 1_000_000, text=text))
    await handed(town, edited_message=message(town, chat_id, 1_000_000, text="/report"))
    await handed(town, message=message(town, chat_id, 1_000_000, new_chat_title="Tea"))
    assert await methods(town, chat_id) == []


async def test_nothing_of_a_group_is_kept_or_quoted(town: Town) -> None:
    group = group_of(town)
    group.add_bot(town.dan, administrator=True)
    group.say(town.dan, "/report Mrs Example shouts at number nine")
    await town.settled()
    assert await town.draft(town.dan) is None
    assert set(await town.house.read(_payloads)) == {None}
    assert not any("Example" in text for text in said_in(group))


@pytest.mark.parametrize("staff_group", [True, False])
async def test_who_blocked_the_bot_and_speaks_in_a_group_is_still_not_written_to(
    town: Town, staff_group: bool
) -> None:
    town.dan.say("/start")
    await town.dan.wait_for("Hello")
    town.dan.block()
    await town.settled()
    chat_id = DESK_ID if staff_group else -3_000_000 - next(_chats)
    await handed(town, message=message(town, chat_id, 1_000_000, text="/report"))
    assert await is_blocked(town)
    town.dan.unblock()
    await town.settled()
    assert not await is_blocked(town)


async def is_blocked(town: Town) -> bool:
    dan = (await town.house.read(chat.who, town.dan.id)).resident
    assert dan is not None
    return dan.blocked_at is not None


async def test_the_staff_group_is_quiet_and_stays(town: Town) -> None:
    before = len(town.desk.messages)
    town.desk.say(town.cleo, "/queue")
    await town.settled()
    await handed(town, my_chat_member=joined(town, DESK_ID, 1_000_000))
    assert [shown.text for shown in town.desk.messages[before:]] == ["/queue"]
    assert town.desk.chat.bot_status != "left"


@pytest.mark.parametrize("told_in", ["old", "new"])
async def test_the_staff_group_stays_when_it_gets_a_new_number(town: Town, told_in: str) -> None:
    fresh = -3_000_000 - next(_chats)
    if told_in == "old":
        await handed(town, message=message(town, DESK_ID, 1_000_000, migrate_to_chat_id=fresh))
    await handed(town, message=message(town, fresh, 1_000_000, migrate_from_chat_id=DESK_ID))
    await handed(town, my_chat_member=joined(town, fresh, 1_000_000))
    await handed(town, message=message(town, fresh, 1_000_000, text="/queue"))
    assert await town.house.read(_calls, fresh) == [("sendMessage", "staff.group_moved")]


async def test_a_strange_group_that_gets_a_new_number_is_still_strange(town: Town) -> None:
    fresh = -3_000_000 - next(_chats)
    await handed(town, message=message(town, fresh, 1_000_000, migrate_from_chat_id=-5))
    await handed(town, message=message(town, fresh, 1_000_000, text="/start"))
    assert await methods(town, fresh) == ["sendMessage", "leaveChat"]
