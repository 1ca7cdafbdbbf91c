"""Who is not staff: staff commands, buttons and pages do not exist for them."""

from __future__ import annotations

import re

import aiohttp
import pytest

from handlers.chat.staff.commands import COMMANDS, VERBS
from handlers.web.console import ROUTES
from handlers.web.guards import Signed
from notifications.buttons import StaffTap
from store.actions import triage
from store.domain.report import ReportState
from tests.support.form import say
from tests.support.town import Town


async def unknown(town: Town) -> str:
    """What a command that does not exist is answered with."""
    await say(town.dan, "/start")
    return (await say(town.dan, "/nonsense")).text


async def test_every_staff_command_is_to_a_stranger_as_if_it_did_not_exist(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    nothing = await unknown(town)
    before = await town.events()
    for command in COMMANDS:
        for text in (f"/{command}", f"/{command} {reference}"):
            assert (await say(town.dan, text)).text == nothing
    await town.settled()
    assert await town.events() == before
    assert reference not in "\n".join(bubble.text for bubble in town.dan.messages if bubble.from_bot)


async def test_every_staff_button_forged_by_a_stranger_does_nothing(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    shown = await say(town.dan, "/start")
    await town.settled()
    before = await town.events()
    garbage = await town.dan.wait_for_answer(town.dan.tap_data("z:nonsense", shown.id))
    said = len(town.dan.messages)
    for verb in VERBS:
        query = town.dan.tap_data(StaffTap(verb, reference, "closed").data(), shown.id)
        assert (await town.dan.wait_for_answer(query)).get("text") == garbage.get("text")
    await town.settled()
    assert await town.events() == before
    assert len(town.dan.messages) == said
    kept = await town.kept(reference)
    assert (kept.state, kept.taken_by) == (ReportState.WAITING, None)


async def test_a_stranger_in_the_staff_group_takes_and_opens_nothing(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    card = await town.desk.wait_for(lambda bubble: reference in bubble.text)
    await town.settled()
    seat = town.desk.add(town.dan)
    before = await town.events()
    for label in ("Take it", "Open in private"):
        await seat.wait_for_answer(seat.tap(label, card))
    await town.settled()
    assert await town.events() == before
    assert reference not in "\n".join(bubble.text for bubble in town.dan.messages)


async def test_a_wrong_link_code_makes_nobody_staff(town: Town) -> None:
    nothing = await unknown(town)
    shown = await say(town.dan, "/start staff_made-up")
    assert "Cleo" not in shown.text
    assert (await say(town.dan, "/queue")).text == nothing


async def test_a_command_in_a_strange_group_says_nothing_of_anybody(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    group = town.emulator.group("Neighbours", members=[town.dan])
    group.say(town.dan, f"/open {reference}")
    assert (await group.wait_for()).text.startswith("I work in private chats only. Please write to me there")


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_no_page_of_the_console_opens_to_who_is_not_signed_in(town: Town, method: str) -> None:
    reference = await town.report(town.ada, group="other")
    case = await town.staff_does(triage.open_case, reference)
    before = await town.events()
    async with aiohttp.ClientSession(base_url=town.house.web_url) as browser:
        for route in ROUTES:
            if route.method != method:
                continue
            thing = case.reference if "/cases" in route.path else reference
            path = re.sub(r"\{[^}]+\}", thing, route.path)
            async with browser.request(method, path, allow_redirects=False) as answer:
                body = await answer.text()
                assert reference not in body.replace(path, "")
                if isinstance(route.who, Signed):
                    refused = answer.status in {401, 403, 404}
                    to_door = answer.status == 303 and answer.headers["Location"].startswith(
                        "/console/sign-in"
                    )
                    assert refused or to_door, (path, answer.status)
                elif method == "POST":
                    assert answer.status == 403, (path, answer.status)
    assert await town.events() == before
