from __future__ import annotations

import pytest
from playwright.async_api import Error, Page


async def test_a_page_opens(page: Page) -> None:
    await page.set_content("<h1>Report a problem</h1>")
    assert await page.get_by_role("heading").inner_text() == "Report a problem"


async def test_the_browser_reaches_nothing_beyond_this_machine(page: Page) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        await page.goto("http://meetings.example/")
