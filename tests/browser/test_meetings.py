"""Meetings on a phone and on a desk: a series is made, published, one moved, one called off."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from playwright.async_api import Browser, Page, expect

from store.actions import agenda
from tests.browser.test_console import Scene, look, scene, sign_in, sized
from tests.support.meetings import published

__all__ = ["scene", "sized"]


async def fill_in(page: Page) -> None:
    await page.get_by_label("First date").fill("2026-12-01")
    await page.get_by_label("It comes back").select_option(
        label="By months, on a weekday such as the third Tuesday"
    )
    await page.get_by_label("Every how many").fill("3")
    await page.get_by_label("Which in the month").select_option(label="second")
    await page.get_by_label("Which weekday").select_option(label="Wednesday")
    await page.get_by_label("Title").fill("Ramsgate neighbourhood meeting")
    await page.get_by_label("Area", exact=True).select_option(label="Ramsgate")
    await page.get_by_label("Venue", exact=True).fill("St George's Hall")
    await page.get_by_label("Address").fill("Broad Street, Ramsgate CT11 8QX")
    await page.get_by_label("Step-free").check()


async def nothing(_page: Page, _name: str) -> None:
    """Where no script runs nothing looks."""


async def make_a_series(
    page: Page, scene: Scene, look: Callable[[Page, str], Awaitable[None]] = look
) -> None:
    await page.goto(scene.url("/console/meetings"))
    await page.get_by_role("link", name="New series").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("New series of meetings")
    await look(page, "series-new")
    await fill_in(page)
    await page.get_by_role("button", name="Show the next dates").click()
    dates = page.get_by_role("heading", name="The next dates: every 3 months on the second Wednesday")
    await expect(dates).to_be_visible()
    await expect(page.get_by_text("Wed 9 Dec 2026, 18:30")).to_be_visible()
    await expect(page.get_by_label("Title")).to_have_value("Ramsgate neighbourhood meeting")
    await look(page, "series-dates")
    await page.get_by_role("button", name="Make the series").click()
    await expect(page.get_by_role("status").first).to_contain_text("The series is made, as drafts.")


async def move_this_one(page: Page) -> None:
    await page.get_by_text("Change this one", exact=True).click()
    form = page.locator("#change")
    await form.get_by_label("Day", exact=True).fill("2026-12-10")
    await form.get_by_label("Title").fill("")
    await form.get_by_role("button", name="Keep the change").click()
    await expect(page.get_by_role("alert")).to_contain_text("Give the meeting a title.")
    form = page.locator("#change")
    await expect(form.get_by_label("Day", exact=True)).to_have_value("2026-12-10")
    await look(page, "meeting-mistake")
    await form.get_by_label("Title").fill("Ramsgate neighbourhood meeting")
    await form.get_by_role("button", name="Keep the change").click()
    await expect(page.get_by_text("Not as the others of its series")).to_be_visible()


async def work(page: Page, scene: Scene) -> None:
    await sign_in(page, scene)
    await make_a_series(page, scene)
    await look(page, "meeting-draft")
    await page.get_by_role("button", name="Publish the whole series").click()
    await expect(page.get_by_role("status").first).to_contain_text("All meetings of the series are published")
    await move_this_one(page)
    await look(page, "meeting-moved")
    await page.get_by_role("region", name="Its series").get_by_role("link").first.click()
    await page.get_by_text("Cancel this one", exact=True).click()
    await page.get_by_label("Why it does not take place").fill("The hall is being painted.")
    await page.get_by_role("button", name="Cancel the meeting").click()
    await expect(page.get_by_text("It does not take place.")).to_be_visible()
    await look(page, "meeting-cancelled")


async def test_a_series_is_made_published_moved_and_called_off(sized: Page, scene: Scene) -> None:
    await work(sized, scene)
    for name, path in {
        "meetings": "/console/meetings?when=all",
        "meetings-month": "/console/meetings/calendar?month=2026-12",
        "meetings-year": "/console/meetings/year",
        "meeting-new": "/console/meetings/new",
    }.items():
        await sized.goto(scene.url(path))
        await look(sized, name)
    await expect(sized.locator("nav[aria-label=Console] a", has_text="Meetings")).to_have_attribute(
        "aria-current", "page"
    )


async def test_the_rest_of_a_series_is_changed_after_a_look_at_its_dates(sized: Page, scene: Scene) -> None:
    await sign_in(sized, scene)
    await make_a_series(sized, scene)
    await sized.get_by_text("Change this and all later ones").click()
    form = sized.locator("#rest")
    await form.get_by_label("Starts at").fill("19:00")
    await form.get_by_role("button", name="Show the next dates").click()
    await expect(sized.get_by_text("Wed 9 Dec 2026, 19:00")).to_be_visible()
    await look(sized, "meeting-rest")
    await sized.locator("#rest").get_by_role("button", name="Change them all").click()
    await expect(sized.get_by_role("status").first).to_contain_text("This meeting and all later ones")


async def test_meetings_need_no_scripts(browser: Browser, scene: Scene) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await sign_in(page, scene)
    await make_a_series(page, scene, nothing)
    await page.get_by_role("button", name="Publish it").click()
    await expect(page.get_by_role("status").first).to_contain_text("The meeting is published.")
    await context.close()


async def test_the_agenda_is_made_of_what_people_sent(sized: Page, scene: Scene) -> None:
    town, by = scene.console.town, await scene.console.town.staff("Dan")
    there = await published(town, by)
    for words in ("Why is the lamp in the alley out?", "Lamps are out", "Dogs on the beach"):
        await town.write(agenda.ask, await town.resident(), there.reference, words)
    await sign_in(sized, scene)
    await sized.goto(scene.url(f"/console/meetings/{there.reference}"))
    await sized.get_by_role("link", name="3 questions wait for a look").click()
    await look(sized, "agenda-waiting")
    for words in ("Lamps are out", "Dogs on the beach"):
        await put_on(sized, words)
    await expect(sized.get_by_role("status").first).to_contain_text("The question is on the agenda.")
    first = sized.locator("li", has_text="Why is the lamp").first
    await first.get_by_text("Make it part of another").click()
    await first.get_by_label("The other question").select_option(label="Lamps are out")
    await first.get_by_role("button", name="Make them one").click()
    await expect(sized.get_by_text("2 people want to talk about it")).to_be_visible()
    await sized.get_by_role("button", name="Sooner").click()
    dogs = sized.locator("li", has_text="Dogs on the beach").first
    await dogs.get_by_text("Answer it").click()
    await dogs.get_by_label("Answer that everybody reads").fill("From May to September they are not.")
    await dogs.get_by_role("button", name="Give the answer").click()
    await look(sized, "agenda")
    await sized.goto(scene.url(f"/meetings/{there.reference}"))
    await expect(sized.get_by_role("listitem").filter(has_text="Dogs")).to_contain_text("From May")
    await look(sized, "agenda-public")


async def put_on(page: Page, words: str) -> None:
    item = page.locator("li", has_text=words).first
    await item.get_by_text("Put it on the agenda").first.click()
    await item.get_by_role("button", name="Put it on the agenda").click()
