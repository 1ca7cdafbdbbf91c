"""The head of the console takes little of a phone's screen; its menu unfolds without any script."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.test_console import Scene, look, scene, sign_in

__all__ = ["scene"]
WIDTH, HEIGHT = 360, 740
MOST = 0.2
"""So much of the screen the head may take."""


async def head(page: Page) -> float:
    """Return how much of the screen lies above the page's own content."""
    height: float = await page.evaluate("document.querySelector('main').getBoundingClientRect().top")
    return height / HEIGHT


async def a_phone(browser: Browser, *, scripts: bool = True) -> Page:
    context = await browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, java_script_enabled=scripts
    )
    return await context.new_page()


async def test_the_head_leaves_a_phone_s_screen_to_the_page(browser: Browser, scene: Scene) -> None:
    page = await a_phone(browser)
    await sign_in(page, scene)
    for path in ("", "/reports", f"/reports/{scene.waiting}", f"/cases/{scene.case}", "/search?q=music"):
        await page.goto(scene.url(f"/console{path}"))
        assert await head(page) <= MOST, path
        await expect(page.get_by_role("link", name="My account")).to_be_hidden()
        await expect(page.get_by_role("searchbox")).to_be_visible()
    await page.get_by_role("button", name="Menu").click()
    await look(page, "menu")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("link", name="My account")).to_be_hidden()
    await page.context.close()


@pytest.mark.parametrize("scripts", [True, False])
async def test_the_menu_unfolds_by_keyboard_with_scripts_and_without(
    browser: Browser, scene: Scene, *, scripts: bool
) -> None:
    page = await a_phone(browser, scripts=scripts)
    await sign_in(page, scene)
    await page.get_by_role("button", name="Menu").press("Enter")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="My desk")).to_be_focused()
    await page.get_by_role("link", name="Cases", exact=True).press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("All cases")
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to the console")
    await page.context.close()


async def test_the_menu_stands_open_where_there_is_room(page: Page, scene: Scene) -> None:
    await page.set_viewport_size({"width": 1280, "height": HEIGHT})
    await sign_in(page, scene)
    await expect(page.get_by_role("button", name="Menu")).to_be_hidden()
    await page.get_by_role("link", name="My account").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("My account")
    assert await head(page) <= MOST
