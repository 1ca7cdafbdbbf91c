from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Browser, Page, expect

from store.domain.clock import FixedClock
from store.domain.meeting import MeetingKind
from store.domain.reference import LANGUAGES
from store.engine import open_store
from tests.browser.test_console import THANET, WIDTHS, look, sized
from tests.support.console import Console, running_console
from tests.support.databases import SqliteDatabases
from tests.support.meeting_factory import MARGATE, ONLINE, RAMSGATE, cancelled, published
from tests.support.triage_factory import MORNING, Town

__all__ = ["sized"]

TUESDAY = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Planned:
    console: Console
    hybrid: str
    off: str

    def url(self, path: str) -> str:
        return str(self.console.server.make_url(path))


@pytest.fixture
async def planned(sqlite_databases: SqliteDatabases) -> AsyncIterator[Planned]:
    """A winter's meetings, one of them cancelled, one in a hall and online."""
    url, clock = await sqlite_databases.migrated(), FixedClock(MORNING)
    hybrid = replace(
        RAMSGATE,
        kind=MeetingKind.HYBRID,
        about="Tell us what should be done first this winter.\nFirst we say what came of last time.",
        chair="Sergeant Example",
        capacity=40,
        doors_before=timedelta(minutes=15),
        join_link="https://meet.example/ramsgate",
        venue=replace(RAMSGATE.venue, access_note="The lift is on the left, behind the desk."),
    )
    async with open_store(url, clock) as store:
        town = Town(store, clock)
        by = await town.staff("Cleo")
        made = await town.write(published, by, TUESDAY, hybrid)
        off = await town.write(cancelled, by, TUESDAY + timedelta(days=2), MARGATE, "The hall is flooded.")
        await town.write(
            published, by, TUESDAY + timedelta(days=16), replace(MARGATE, kind=MeetingKind.DROP_IN)
        )
        await town.write(published, by, TUESDAY + timedelta(days=8), ONLINE)
        async with running_console(town, profile=THANET, bot="our_bot") as console:
            yield Planned(console, made.reference, off.reference)
    await sqlite_databases.drop(url)


async def test_every_public_page_reads_well_on_a_phone_and_on_a_desk(sized: Page, planned: Planned) -> None:
    paths = {
        "meetings": "/meetings",
        "meeting-hybrid": f"/meetings/{planned.hybrid}",
        "meeting-cancelled": f"/meetings/{planned.off}",
        "meeting-unknown": "/meetings/K7M-4XQ-9PC",
        "page-unknown": "/nowhere",
    }
    for name, path in paths.items():
        await sized.goto(planned.url(path))
        await look(sized, name)
    await sized.goto(planned.url(paths["meetings"]))
    await sized.emulate_media(media="print")
    await look(sized, "meetings-on-paper")


async def test_somebody_finds_a_meeting_and_takes_it_along(page: Page, planned: Planned) -> None:
    await page.goto(planned.url("/meetings"))
    await page.get_by_role("navigation", name="Areas").get_by_role("link", name="Ramsgate").click()
    await page.get_by_role("link", name="Ramsgate neighbourhood meeting").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Ramsgate neighbourhood meeting")
    await expect(page.get_by_role("img", name="Map around Ramsgate Library")).to_be_visible()
    link = page.get_by_role("link", name="Open it in Telegram")
    await expect(link).to_have_attribute(
        "href", f"https://t.me/our_bot?start=meeting_{planned.hybrid.replace('-', '')}"
    )
    async with page.expect_download() as taken:
        await page.get_by_role("link", name="Add to calendar").click()
    assert (await taken.value).suggested_filename == f"meeting-{planned.hybrid}.ics"


async def test_a_polish_browser_reads_polish_all_the_way(browser: Browser, planned: Planned) -> None:
    context = await browser.new_context(locale="pl-PL", viewport={"width": WIDTHS["phone"], "height": 800})
    page = await context.new_page()
    await page.goto(planned.url("/meetings"))
    await expect(page.get_by_role("heading", level=1)).to_have_text("Spotkania w pobliżu")
    await look(page, "meetings-pl")
    await page.get_by_role("link", name="Ramsgate neighbourhood meeting").click()
    await expect(page.get_by_text("wtorek 1 grudnia 2026, od 18:30 do 20:30")).to_be_visible()
    await look(page, "meeting-hybrid-pl")
    languages = page.get_by_role("navigation", name="Język")
    await expect(languages.get_by_role("link", name="Polski")).to_have_attribute("aria-current", "true")
    await languages.get_by_role("link", name="Українська").click()
    await expect(page.get_by_text("вівторок 1 грудня 2026 року, з 18:30 до 20:30")).to_be_visible()
    await look(page, "meeting-hybrid-uk")
    await page.get_by_role("link", name="Усі зустрічі").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Зустрічі біля Вас")
    await look(page, "meetings-uk")
    await page.get_by_role("link", name="Про що ми повідомляли").click()
    await expect(page.get_by_text("Тут поки що нічого немає.")).to_be_visible()
    await page.go_back()
    await page.get_by_role("link", name="Polski").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Spotkania w pobliżu")
    await context.close()


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
async def test_every_public_page_reads_well_in_every_language(
    browser: Browser, planned: Planned, language: str
) -> None:
    context = await browser.new_context(viewport={"width": WIDTHS["phone"], "height": 800})
    page = await context.new_page()
    paths = {
        "meetings": "/meetings",
        "meeting-hybrid": f"/meetings/{planned.hybrid}",
        "meeting-cancelled": f"/meetings/{planned.off}",
        "you-said": "/meetings/you-said/margate",
        "page-unknown": "/nowhere",
    }
    for name, path in paths.items():
        await page.goto(planned.url(f"{path}?lang={language}"))
        await look(page, f"{name}-{language}")
    await context.close()
