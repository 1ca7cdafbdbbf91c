"""The papers of a meeting and who came, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from playwright.async_api import Browser, FilePayload, Page, expect

from store.actions import attendance
from store.domain.actor import Channel
from store.domain.meeting import Meeting, MeetingKind
from store.domain.recurrence import local_of
from store.domain.staff import By
from tests.browser.test_console import Scene, look, scene, sign_in, sized
from tests.support.meetings import published
from tests.support.papers import PAPER

__all__ = ["scene", "sized"]

GOOD = FilePayload(name="Agenda of May.pdf", mimeType="application/pdf", buffer=PAPER)
BAD = FilePayload(name="agenda.pdf", mimeType="application/pdf", buffer=b"<html>")
Look = Callable[[Page, str], Awaitable[None]]


async def nothing(_page: Page, _name: str) -> None:
    """Where no script runs nothing looks."""


async def planned(scene: Scene) -> Meeting:
    """Return a meeting that begins in two hours; three people come, two of them are there early."""
    town, by = scene.console.town, By(scene.cleo, Channel.WEB)
    start = local_of(town.clock.now()).replace(minute=0, second=0, microsecond=0)
    made = await published(town, by, start.replace(hour=start.hour + 2), kind=MeetingKind.HYBRID)
    await town.write(attendance.come, await town.resident(), made.reference, 3, "A place at the front")
    return made


async def on_the_way(scene: Scene, made: Meeting) -> None:
    town = scene.console.town
    town.pass_time(seconds=(made.starts_at - town.clock.now()).total_seconds())
    for _ in range(2):
        await town.write(attendance.arrive, await town.resident(), made.reference)


async def attach(page: Page, what: str, file: FilePayload) -> None:
    await page.get_by_text(f"Attach the {what}", exact=True).click()
    await page.get_by_label(what.title(), exact=True).set_input_files(file)
    await page.get_by_role("button", name="Attach it").click()


async def work(page: Page, scene: Scene, look: Look) -> Meeting:
    """Attach an agenda, and afterwards the minutes and who came."""
    made = await planned(scene)
    await sign_in(page, scene)
    await page.goto(scene.url(f"/console/meetings/{made.reference}"))
    await attach(page, "agenda", GOOD)
    await expect(page.get_by_role("status").first).to_contain_text("The agenda is attached.")
    await page.get_by_text("Poster for the door").click()
    await look(page, "meeting-agenda")
    await on_the_way(scene, made)
    await sign_in(page, scene)
    await page.goto(scene.url(f"/console/meetings/{made.reference}"))
    await page.get_by_label("Online", exact=True).fill("6")
    await expect(page.get_by_label("In person", exact=True)).to_have_value("2")
    await page.get_by_label("In person", exact=True).fill("18")
    await page.get_by_label("Partners who were there").fill("Kent Police and the council")
    await look(page, "meeting-turnout")
    await page.get_by_role("button", name="Keep it").click()
    await expect(page.get_by_role("region", name="Who came")).to_contain_text("24 people came")
    await attach(page, "minutes", GOOD)
    await expect(page.get_by_role("status").first).to_contain_text("The minutes are attached.")
    await look(page, "meeting-after")
    return made


async def test_a_meeting_has_its_papers_and_who_came(sized: Page, scene: Scene) -> None:
    made = await work(sized, scene, look)
    await sized.goto(scene.url(f"/meetings/{made.reference}"))
    await look(sized, "meeting-papers-public")
    async with sized.expect_download() as taken:
        await sized.get_by_role("link", name="Minutes").click()
    assert (await taken.value).suggested_filename == f"minutes-{made.reference}.pdf"
    town = scene.console.town
    soon = local_of(town.clock.now()) + timedelta(minutes=5)
    await published(town, By(scene.cleo, Channel.WEB), soon)
    town.pass_time(minutes=240)
    await sign_in(sized, scene)
    await sized.goto(scene.url("/console/meetings/year"))
    await look(sized, "meetings-year-who-came")
    await sized.get_by_role("link", name="Record who came").click()
    await expect(sized.get_by_label("In person", exact=True)).to_be_visible()


async def test_a_file_that_is_no_paper_is_said_and_another_is_taken(sized: Page, scene: Scene) -> None:
    made = await planned(scene)
    await sign_in(sized, scene)
    await sized.goto(scene.url(f"/console/meetings/{made.reference}"))
    await attach(sized, "agenda", BAD)
    await expect(sized.get_by_role("alert")).to_contain_text("Choose a PDF")
    await look(sized, "meeting-paper-mistake")
    await sized.get_by_label("Agenda", exact=True).set_input_files(GOOD)
    await sized.get_by_role("button", name="Attach it").click()
    await expect(sized.get_by_role("status").first).to_contain_text("The agenda is attached.")


async def test_papers_and_who_came_need_no_scripts(browser: Browser, scene: Scene) -> None:
    context = await browser.new_context(java_script_enabled=False)
    await work(await context.new_page(), scene, nothing)
    await context.close()
