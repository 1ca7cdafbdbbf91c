"""What was told, for everybody: read on a phone and on a desk, in each language."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import obstore
import pytest
from playwright.async_api import Browser, Page, expect

from handlers.web.site import SITE
from store.domain.clock import FixedClock
from store.domain.staff import Role
from store.engine import open_store
from tests.browser.test_console import THANET, WIDTHS, look, sized
from tests.support.campaign_files import attached
from tests.support.campaigns import a_draft, send_it, sending
from tests.support.console import Console, running_console
from tests.support.databases import SqliteDatabases
from tests.support.pictures import jpeg
from tests.support.triage_factory import MORNING, Town

__all__ = ["sized"]

LINK = "https://safety.example/sheds"


@dataclass(frozen=True, slots=True)
class Told:
    console: Console
    reference: str

    def url(self, path: str) -> str:
        return str(self.console.server.make_url(path))


@pytest.fixture
async def told(sqlite_databases: SqliteDatabases) -> AsyncIterator[Told]:
    """Two campaigns that went out, one with a picture."""
    url, clock = await sqlite_databases.migrated(), FixedClock(MORNING)
    async with open_store(url, clock) as store:
        town = Town(store, clock)
        sam, hal = await town.staff("Sam"), await town.staff("Hal", Role.SUPERVISOR)
        await sending(town, sam, hal)
        town.pass_time(hours=1)
        reference = await a_draft(town, sam, link=LINK)
        async with running_console(town, profile=THANET, bot="our_bot") as console:
            body = jpeg(size=(1200, 600))
            key = await town.write(attached, sam, reference, body)
            await obstore.put_async(console.server.app[SITE].media, key, body)
            await send_it(town, sam, hal, reference)
            yield Told(console, reference)
    await sqlite_databases.drop(url)


async def test_everybody_reads_what_was_told(sized: Page, told: Told) -> None:
    await sized.goto(told.url("/meetings"))
    await sized.get_by_role("link", name="What we told people").click()
    await expect(sized.get_by_role("heading", level=1)).to_have_text("What we told people")
    await expect(sized.get_by_role("img", name="A shed with a lock")).to_be_visible()
    await sized.get_by_text("Polski").first.click()
    await expect(sized.get_by_text("Zamknij szopę.").first).to_be_visible()
    await look(sized, "public-campaigns")
    await sized.get_by_role("heading", level=2).first.get_by_role("link").click()
    await expect(sized.get_by_role("link", name="Czytaj więcej")).to_have_attribute("href", LINK)
    await look(sized, "public-campaign")


@pytest.mark.parametrize("language", ["pl", "uk"])
async def test_everybody_reads_it_in_their_own_language_first(
    browser: Browser, told: Told, language: str
) -> None:
    context = await browser.new_context(locale=language, viewport={"width": WIDTHS["phone"], "height": 800})
    page = await context.new_page()
    first = {"pl": "Zamknij szopę.", "uk": "Lock your shed."}[language]
    for name, path in {"campaigns": "/campaigns", "campaign": f"/campaigns/{told.reference}"}.items():
        await page.goto(told.url(path))
        await expect(page.locator("main .words").first).to_contain_text(first)
        await look(page, f"public-{name}-{language}")
    await context.close()
