"""Groups that somebody puts the bot into."""

from __future__ import annotations

import pytest

from tests.support.town import Town

PRIVATE_ONLY = "I work in private chats only. Please write to me there."


async def test_in_a_strange_group_it_says_once_where_it_works_and_goes(town: Town) -> None:
    group = town.emulator.group("Neighbours", members=[town.dan])
    group.say(town.dan, "/report they shout at number nine")
    assert (await group.wait_for()).text == PRIVATE_ONLY
    await town.settled()
    assert group.chat.bot_status == "left"


@pytest.mark.parametrize("text", ["/report@another_bot", "Good morning"])
async def test_what_is_not_said_to_it_is_left_alone(town: Town, text: str) -> None:
    group = town.emulator.group("Neighbours", members=[town.dan])
    group.add_bot(town.dan, administrator=True)
    seat = town.dan.at(group)
    bubble = seat.say("/report@another_bot")
    await town.settled()
    seat.edit(bubble.id, text if text.startswith("/") else "/report")
    seat.say(text)
    await town.settled()
    assert [shown.text for shown in group.messages if shown.from_bot] == []
    assert group.chat.bot_status == "administrator"


async def test_the_name_of_this_bot_is_understood_whatever_its_case(town: Town) -> None:
    group = town.emulator.group("Neighbours", members=[town.dan])
    name = str(town.emulator.bot_username).upper()
    group.say(town.dan, f"/report@{name}")
    assert (await group.wait_for()).text == PRIVATE_ONLY


async def test_the_staff_group_is_quiet_and_stays(town: Town) -> None:
    before = len(town.desk.messages)
    town.desk.say(town.cleo, "/queue")
    await town.settled()
    assert [shown.text for shown in town.desk.messages[before:]] == ["/queue"]
    assert town.desk.chat.bot_status != "left"
