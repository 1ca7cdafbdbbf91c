from __future__ import annotations

import pytest

from handlers.chat.staff.commands import COMMANDS, HELP
from store.actions import staff
from store.domain.actor import SYSTEM
from store.domain.staff import Role
from tests.handlers.chat.staff.conftest import STAFF_GROUP, Office

UNKNOWN = "I do not know that command. Send /help to see what I can do."


@pytest.mark.parametrize("command", [*COMMANDS, "nothing"])
async def test_to_a_stranger_staff_commands_do_not_exist(office: Office, command: str) -> None:
    dan = office.stranger()
    await dan.say(f"/{command}")
    assert dan.text == UNKNOWN


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER])
async def test_staff_who_work_no_reports_may_sign_in_and_no_more(office: Office, role: Role) -> None:
    _, phone = await office.colleague("Ann", role)
    for command in ("queue", "mine", "open"):
        await phone.say(f"/{command}")
        assert phone.text == UNKNOWN
    await phone.say("/signin")
    assert "/console/sign-in/link/" in phone.text
    await phone.say("/help")
    assert "/queue" not in phone.text
    assert "/signin" in phone.text


async def test_a_disabled_account_is_a_stranger_again(office: Office) -> None:
    await office.town.write(staff.disable, SYSTEM, office.cleo.staff.id)
    await office.phone.say("/queue")
    assert office.phone.text == UNKNOWN


async def test_a_forged_staff_button_does_nothing_and_says_nothing(office: Office) -> None:
    reference = await office.town.report()
    dan = office.stranger()
    for verb in ("take", "open", "reject", "close"):
        await dan.tap_data(f"s:{verb}:{reference}:")
        assert (dan.toast, dan.text) == ("Got it already.", "")
    for data in ("s:explode:x:", "s:take", f"s:queue:{reference}:x:y"):
        await office.phone.tap_data(data)
        assert (office.phone.toast, office.phone.text) == ("Got it already.", "")


async def test_in_the_staff_group_somebody_without_an_account_hears_what_is_missing(office: Office) -> None:
    dan = office.stranger()
    await dan.tap_data(f"s:take:{await office.town.report()}:", STAFF_GROUP)
    assert "linked" in dan.toast


async def test_help_shows_staff_their_commands_and_residents_only_theirs(office: Office) -> None:
    await office.phone.say("/help")
    assert HELP in office.phone.text
    dan = office.stranger()
    await dan.say("/help")
    assert "/queue" not in dan.text


async def test_a_link_from_the_console_makes_this_chat_a_member_of_staffs(office: Office) -> None:
    ben = await office.town.staff("Ben")
    code = await office.town.write(staff.start_link, ben.staff.id)
    phone = office.stranger(555)
    await phone.say(f"/start staff_{code}")
    assert "Ben" in phone.text
    menu = next(one.params for one in phone.heard if one.method == "setMyCommands")
    assert menu["scope"] == {"type": "chat", "chat_id": 555}
    assert "queue" in [command["command"] for command in menu["commands"]]
    await phone.say("/mine")
    assert "nothing in hand" in phone.text
    other = office.stranger(556)
    await other.say(f"/start staff_{code}")
    assert other.text == "That link does not work any more. Please ask for a new one."


async def test_start_without_a_code_greets(office: Office) -> None:
    await office.phone.say("/start")
    assert office.phone.text.startswith("Hello")


async def test_a_sign_in_link_is_not_previewed_forwarded_or_kept(office: Office) -> None:
    [letter] = await office.phone.say("/signin")
    assert letter.params["link_preview_options"] == {"is_disabled": True}
    assert letter.params["protect_content"] is True
    assert letter.kind == "staff.protected"
    assert "https://safety.example/console/sign-in/link/" in letter.text


async def test_staff_can_report_too_and_see_only_their_own(office: Office) -> None:
    await office.town.report()
    await office.phone.say("/myreports")
    assert "not sent us a report yet" in office.phone.text
    await office.phone.say("/report")
    assert "danger" in office.phone.text
