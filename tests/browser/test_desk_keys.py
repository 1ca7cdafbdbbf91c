"""The desk by keyboard, in a real browser; the page alone does it all too (see test_console)."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.test_console import Scene, look, scene, sent, sign_in, sized

__all__ = ["scene", "sized"]


@pytest.fixture
async def desk(sized: Page, scene: Scene) -> Page:
    await sign_in(sized, scene)
    await sized.goto(scene.url("/console/reports"))
    return sized


async def test_lists_are_walked_with_j_and_k_and_opened_with_o(desk: Page) -> None:
    links = desk.locator("table.cards a.strong")
    await desk.keyboard.press("j")
    await expect(links.nth(0)).to_be_focused()
    await desk.keyboard.press("j")
    await expect(links.nth(1)).to_be_focused()
    await desk.keyboard.press("k")
    await desk.keyboard.press("k")
    await expect(links.nth(0)).to_be_focused()
    await desk.keyboard.press("j")
    await desk.keyboard.press("o")
    await expect(desk.get_by_role("heading", level=1)).to_contain_text("Aggressive begging")
    await desk.keyboard.press("j")
    await expect(desk.get_by_role("heading", level=1)).to_contain_text("Noise from a home")
    await desk.keyboard.press("k")
    await expect(desk.get_by_role("heading", level=1)).to_contain_text("Aggressive begging")


async def test_the_keys_go_on_after_a_tick(desk: Page) -> None:
    box, links = desk.locator("input.pick").first, desk.locator("table.cards a.strong")
    await box.click()
    await expect(box).to_be_focused()
    await desk.keyboard.press("j")
    await expect(links.nth(0)).to_be_focused()
    await desk.keyboard.press("/")
    await desk.keyboard.type("jo")
    await expect(desk.locator("#find")).to_have_value("jo")


async def test_a_list_that_refreshes_itself_keeps_the_place(sized: Page, scene: Scene) -> None:
    await sign_in(sized, scene)
    await sized.clock.install()
    await sized.goto(scene.url("/console/reports"))
    links = sized.locator("table.cards a.strong")
    await sized.keyboard.press("j")
    await sized.keyboard.press("j")
    address = await links.nth(1).get_attribute("href")
    town = scene.console.town
    needles = {"danger": "yes", "identity": "anonymous"}
    await sent(town, await town.resident("Cass"), "fire.fireworks", "Rockets in the park", **needles)
    await sized.clock.fast_forward(61_000)
    await expect(links).to_have_count(4)
    await expect(sized.locator(f'a[href="{address}"]')).to_be_focused()


async def test_a_report_is_decided_and_the_next_one_comes(desk: Page, scene: Scene) -> None:
    await desk.goto(scene.url(f"/console/reports/{scene.waiting}"))
    await desk.keyboard.press("t")
    await expect(desk.get_by_role("status")).to_have_text("This report is yours to decide.")
    await desk.keyboard.press("r")
    await expect(desk.locator("#rejection-1")).to_be_focused()
    await desk.keyboard.press("s")  # in a field it is a letter, not a key
    await expect(desk.locator("#signposting")).not_to_have_attribute("open", "")
    await desk.keyboard.press("Escape")
    await expect(desk.locator("#rejection")).not_to_have_attribute("open", "")
    await desk.keyboard.press("s")
    await desk.keyboard.press("Space")
    await desk.keyboard.press("Tab")
    await desk.keyboard.type("Ask the council.")
    await look(desk, "deciding-by-keyboard")
    await desk.keyboard.press("Tab")
    await desk.keyboard.press("Enter")
    await expect(desk.get_by_role("status")).to_contain_text("Next: this report.")
    await look(desk, "decided-next")


@pytest.mark.parametrize(
    ("key", "focused"),
    [("q", "#question-text"), ("w", "#reply-text"), ("n", "#note-text"), ("a", "#suggested-1")],
)
async def test_keys_open_the_forms_of_a_report(desk: Page, scene: Scene, key: str, focused: str) -> None:
    await desk.goto(scene.url(f"/console/reports/{scene.waiting}"))
    await desk.keyboard.press(key)
    await expect(desk.locator(focused)).to_be_focused()


async def test_a_case_takes_a_key_and_enter(desk: Page, scene: Scene) -> None:
    address = scene.url(f"/console/reports/{scene.waiting}")
    await desk.goto(address)
    await desk.keyboard.press("c")
    await expect(desk.get_by_role("button", name="Open a case")).to_be_focused()
    assert desk.url == address
    await desk.keyboard.press("Enter")
    await expect(desk.get_by_role("status")).to_contain_text("The case is open and yours.")


async def test_the_list_of_cases_and_a_case_have_the_same_keys(desk: Page, scene: Scene) -> None:
    await desk.goto(scene.url("/console/cases"))
    await desk.keyboard.press("j")
    await expect(desk.locator("table.cards a.strong").first).to_be_focused()
    await desk.keyboard.press("o")
    await expect(desk.get_by_text(re.compile("^Case "), exact=False).first).to_be_visible()
    await desk.goto(scene.url(f"/console/cases/{scene.case}"))
    for key, focused in (
        ("q", "#question input[type=radio] >> nth=0"),
        ("w", "#reply input[type=radio] >> nth=0"),
        ("n", "#note-text"),
        ("e", "#closure-outcome"),
        ("g", "#assignment-officer"),
        ("m", "#state-1"),
    ):
        await desk.keyboard.press(key)
        await expect(desk.locator(focused)).to_be_focused()
        await desk.keyboard.press("Escape")
        await expect(desk.locator("details[open]")).to_have_count(0)
        await desk.evaluate("document.activeElement.blur()")
    await desk.keyboard.press("j")
    await expect(desk.locator("[data-walk]").first).to_be_focused()
    await desk.keyboard.press("o")
    await expect(desk.get_by_text("What they told us")).to_be_visible()


async def test_a_slash_goes_to_the_search_and_its_results_are_walked(desk: Page, scene: Scene) -> None:
    await desk.goto(scene.url(f"/console/cases/{scene.case}"))
    await desk.keyboard.press("/")
    await expect(desk.locator("#find")).to_be_focused()
    await desk.keyboard.type("the")
    await desk.keyboard.press("Enter")
    await expect(desk.get_by_role("heading", level=1)).to_have_text("Search")
    await expect(desk.locator("#find")).to_have_value("the")
    await look(desk, "search")
    await desk.keyboard.press("j")
    await expect(desk.locator("table.cards a.strong").first).to_be_focused()
    await desk.keyboard.press("/")
    await desk.keyboard.type("nothinglikeit")
    await desk.keyboard.press("Enter")
    await expect(desk.get_by_text("Nothing that is open to you has all of")).to_be_visible()
    await look(desk, "search-nothing")


async def test_a_record_is_given_and_tagged_without_scripts_too(
    browser: Browser, desk: Page, scene: Scene
) -> None:
    await scene.console.staff("dan")
    context = await browser.new_context(java_script_enabled=False)
    plain = await context.new_page()
    await sign_in(plain, scene)
    for page in (desk, plain):
        await page.goto(scene.url(f"/console/cases/{scene.case}"))
        await page.locator("#tag > summary").click()
        await page.get_by_label("A short word to find it by").fill("Market")
        if page is desk:
            await look(page, "tagging")
        await page.get_by_role("button", name="Put the tag on").click()
        await expect(page.get_by_role("status").first).to_have_text("The tag is on.")
        await page.locator("#tag > summary").click()
        await page.get_by_role("button", name=re.compile("^Take it off")).click()
        await expect(page.get_by_role("status").first).to_have_text("The tag is off.")
    await desk.goto(scene.url(f"/console/reports/{scene.waiting}"))
    await desk.keyboard.press("g")
    await look(desk, "giving")
    await plain.goto(scene.url(f"/console/reports/{scene.waiting}"))
    await plain.locator("#assignment > summary").click()
    await plain.get_by_label("Who works it from now on").select_option(label="Dan")
    await plain.get_by_role("button", name="Give the report").click()
    await expect(plain.get_by_role("status").first).to_have_text("The report is with them now.")
    await context.close()


async def test_the_keys_are_listed_and_can_be_turned_off(desk: Page) -> None:
    await desk.keyboard.press("?")
    await expect(desk.get_by_role("dialog")).to_be_visible()
    await look(desk, "keys")
    await desk.keyboard.press("Escape")
    await expect(desk.get_by_role("dialog")).to_be_hidden()
    await unfold_keys(desk)
    await desk.get_by_role("button", name="Turn the keys off").click()
    await desk.get_by_role("button", name="Close").click()
    await desk.reload()
    await desk.keyboard.press("?")
    await expect(desk.get_by_role("dialog")).to_be_hidden()
    await desk.keyboard.press("j")
    await expect(desk.locator("table.cards a.strong").first).not_to_be_focused()
    await unfold_keys(desk)
    await expect(desk.get_by_role("button", name="Turn the keys on")).to_be_visible()


async def unfold_keys(desk: Page) -> None:
    """Ask for the list of keys, on a phone out of the menu."""
    menu = desk.get_by_role("button", name="Menu")
    if await menu.is_visible():
        await menu.click()
    await desk.get_by_role("button", name="Keys").click()


async def test_what_is_pointed_out_can_be_seen_and_reached(sized: Page, scene: Scene) -> None:
    town = scene.console.town
    ada = await town.resident("Ada Marsh")
    story = "Rockets thrown at the bus stop by a crowd with a knife, it is getting worse"
    *_, reference = [
        await sent(town, ada, "fire.fireworks", story, danger="yes", often="daily") for _ in range(5)
    ]
    await sign_in(sized, scene)
    await sized.goto(scene.url(f"/console/reports/{reference}"))
    for words in ("somebody is in danger", "gets worse", "nearly the same", "repeat victim", "hot spot"):
        await expect(sized.get_by_text(re.compile(words)).first).to_be_visible()
    await look(sized, "pointed-out")


async def test_a_report_is_entered_for_somebody_without_scripts_too(
    browser: Browser, desk: Page, scene: Scene
) -> None:
    await desk.get_by_role("link", name="Enter a report for somebody").click()
    await look(desk, "entry-category")
    context = await browser.new_context(java_script_enabled=False)
    plain = await context.new_page()
    await sign_in(plain, scene)
    for page in (desk, plain):
        await page.goto(scene.url("/console/reports/new"))
        await page.get_by_label("Noise from a home").check()
        await page.get_by_role("button", name="Continue").click()
        await page.get_by_label("By phone").check()
        await page.get_by_label(re.compile("^Named")).check()
        await page.get_by_label("Name", exact=True).fill("Ada Marsh")
        await page.get_by_label("Phone number or address").fill("01843 000000")
        await page.get_by_label("Where", exact=True).fill("CT9 1EZ")
        await page.get_by_role("button", name="Enter the report").click()
        await expect(page.get_by_role("alert")).to_contain_text("Ask whether anybody is in danger now")
        await page.get_by_role("radio", name="No", exact=True).check()
        await page.get_by_role("button", name="Enter the report").click()
        await expect(page.get_by_role("alert")).to_contain_text("Write what happened.")
        if page is desk:
            await look(page, "entry-mistake")
        await page.get_by_label("What happened, in their words").fill("Loud music all night.")
        await page.get_by_role("button", name="Enter the report").click()
        await expect(page.get_by_role("status")).to_contain_text("The report is in")
    await look(desk, "entry-done")
    await context.close()
