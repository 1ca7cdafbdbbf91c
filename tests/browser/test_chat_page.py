"""The chat page as a person uses it, with a small bot of our own on the other side."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from bot.emulator import Emulator, Limits, Place

KEYBOARD = {"inline_keyboard": [[{"text": "Report a problem", "callback_data": "report"}]]}


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    places = [Place("Harbour", 51.33, 1.42)]
    async with Emulator(limits=Limits.off(), persons=["Ada", "Cleo"], places=places) as running:
        running.group("Safety desk", members=[running.persons["cleo"]])
        yield running


@pytest.fixture
async def bot(emulator: Emulator) -> AsyncIterator[Any]:
    """Call a method of the Bot API."""
    async with aiohttp.ClientSession() as http:

        async def call(method: str, **params: Any) -> Any:
            async with http.post(f"{emulator.url}/bot{emulator.token}/{method}", json=params) as response:
                answer = await response.json()
                assert answer["ok"], answer
                return answer["result"]

        yield call


async def accessible(page: Page) -> None:
    """See that axe finds nothing, once what fades in has its own colours."""
    await page.evaluate("Promise.all(document.getAnimations().map(one => one.finished.catch(() => null)))")
    found = await Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


async def test_a_conversation(page: Page, emulator: Emulator, bot: Any) -> None:
    ada = emulator.persons["ada"]
    await page.goto(f"{emulator.url}/?as=ada")
    await page.get_by_role("button", name="Start").click()
    await expect(page.get_by_text("/start", exact=True)).to_be_visible()
    sent = await bot(
        "sendMessage", chat_id=ada.id, text="<b>Hello</b> Ada", parse_mode="HTML", reply_markup=KEYBOARD
    )
    await page.get_by_role("button", name="Report a problem").click()
    query = (await bot("getUpdates", timeout=5))[-1]["callback_query"]
    await bot("answerCallbackQuery", callback_query_id=query["id"], text="One moment")
    await expect(page.get_by_text("One moment")).to_be_visible()
    await bot("editMessageText", chat_id=ada.id, message_id=sent["message_id"], text="What happened?")
    await expect(page.get_by_text("What happened?")).to_be_visible()
    await expect(page.get_by_role("button", name="Report a problem")).to_have_count(0)
    await page.get_by_label("Message as Ada").fill("Noise")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Noise")).to_be_visible()
    assert ada.messages[-1].text == "Noise"
    await accessible(page)


async def test_delivery_is_shown(page: Page, emulator: Emulator, bot: Any) -> None:
    emulator.persons["ada"].say("hello")
    await page.goto(f"{emulator.url}/?as=ada")
    await expect(page.get_by_role("img", name="sent")).to_be_visible()
    (update,) = await bot("getUpdates")
    await bot("getUpdates", offset=update["update_id"] + 1)
    await expect(page.get_by_role("img", name="delivered")).to_be_visible()


async def test_a_location_is_shared_from_a_list(page: Page, emulator: Emulator, bot: Any) -> None:
    ada = emulator.persons["ada"]
    keyboard = {"keyboard": [[{"text": "Share location", "request_location": True}]]}
    await bot("sendMessage", chat_id=ada.id, text="Where?", reply_markup=keyboard)
    await page.goto(f"{emulator.url}/?as=ada")
    await page.get_by_role("button", name="Share location").click()
    await page.get_by_role("button", name="Harbour").click()
    await accessible(page)
    await page.get_by_role("button", name="Send location").click()
    await expect(page.get_by_text("51.33000, 1.42000")).to_be_visible()
    assert ada.messages[-1].raw["location"] == {"latitude": 51.33, "longitude": 1.42}


async def test_two_photos_are_an_album(page: Page, emulator: Emulator, tmp_path: Path) -> None:
    ada = emulator.persons["ada"]
    ada.say("hello")
    files = [tmp_path / "one.jpg", tmp_path / "two.jpg"]
    for file in files:
        file.write_bytes(b"\xff\xd8\xff\xd9")
    await page.goto(f"{emulator.url}/?as=ada")
    await page.get_by_role("button", name="Attach").click()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Photos").click()
    await (await chooser.value).set_files(files)
    await page.get_by_label("Message as Ada").fill("Both of them")
    await page.keyboard.press("Enter")
    await expect(page.locator("img.photo")).to_have_count(2)
    assert [b.kind for b in ada.messages] == ["text", "photo", "photo"]
    assert ada.messages[1].text == "Both of them"


async def test_commands_come_from_the_bot(page: Page, emulator: Emulator, bot: Any) -> None:
    await page.goto(f"{emulator.url}/?as=ada")
    await bot("setMyCommands", commands=[{"command": "meetings", "description": "Meetings near you"}])
    await page.get_by_role("button", name="Commands").click()
    await page.get_by_role("button", name="/meetings Meetings near you").click()
    await expect(page.get_by_role("article")).to_have_count(1)
    assert emulator.persons["ada"].messages[-1].text == "/meetings"


async def test_words_are_changed_afterwards(page: Page, emulator: Emulator) -> None:
    emulator.persons["ada"].say("Nois")
    await page.goto(f"{emulator.url}/?as=ada")
    await page.get_by_role("article").hover()
    await page.get_by_role("button", name="Edit").click()
    await page.get_by_label("Message as Ada").fill("Noise")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_text("edited")).to_be_visible()
    assert emulator.persons["ada"].messages[0].text == "Noise"


async def test_the_bot_is_blocked_and_taken_back(page: Page, emulator: Emulator) -> None:
    ada = emulator.persons["ada"]
    ada.say("hello")
    await page.goto(f"{emulator.url}/?as=ada")
    await page.get_by_role("button", name="Block").click()
    await expect(page.get_by_label("Message as Ada")).to_be_hidden()
    blocked = [ada.blocked]
    await page.get_by_role("button", name="Unblock and start again").click()
    await expect(page.get_by_label("Message as Ada")).to_be_visible()
    assert [*blocked, ada.blocked] == [True, False]
    assert ada.messages[-1].text == "/start"


async def test_two_phones_side_by_side_and_a_group(page: Page, emulator: Emulator, bot: Any) -> None:
    await page.goto(f"{emulator.url}/?as=ada,cleo")
    cleo = page.get_by_role("region", name="Cleo's phone")
    await cleo.get_by_label("Chat with").select_option(label="Safety desk")
    group = next(iter(emulator.groups.values()))
    await bot("sendMessage", chat_id=group.chat_id, text="A new report")
    await expect(cleo.get_by_text("A new report")).to_be_visible()
    await expect(page.get_by_role("region", name="Ada's phone").get_by_text("A new report")).to_have_count(0)
    await accessible(page)


async def test_the_words_of_a_message_never_become_markup(page: Page, emulator: Emulator, bot: Any) -> None:
    ada = emulator.persons["ada"]
    await bot("sendMessage", chat_id=ada.id, text="<img src=x onerror=alert(1)>")
    await bot(
        "sendMessage",
        chat_id=ada.id,
        text="link",
        entities=[{"type": "text_link", "offset": 0, "length": 4, "url": "javascript:alert(1)"}],
    )
    await page.goto(f"{emulator.url}/?as=ada")
    await expect(page.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    assert await page.locator("a[href^=javascript]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_small_screen_is_enough(page: Page, emulator: Emulator, bot: Any, scheme: Any) -> None:
    ada = emulator.persons["ada"]
    ada.say("x" * 200)
    await bot("sendMessage", chat_id=ada.id, text="Hello https://example.org /help", reply_markup=KEYBOARD)
    await page.emulate_media(color_scheme=scheme)
    await page.set_viewport_size({"width": 320, "height": 600})
    await page.goto(f"{emulator.url}/?as=ada")
    await expect(page.get_by_role("button", name="Report a problem")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320
    await accessible(page)
