from __future__ import annotations

import csv
import io
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from store.domain.clock import FixedClock
from store.domain.reference import Ward
from store.engine import open_store
from tests.browser.test_console import THANET, Scene, a_morning, look, scene, sent, sign_in
from tests.support.console import running_console
from tests.support.databases import SqliteDatabases
from tests.support.triage_factory import MORNING, Town

__all__ = ["scene"]

WIDTHS = {"phone": 360, "desk": 1280}
RAMSGATE = {"words": "by the harbour", "lat": 51.3343, "lon": 1.4122, "ward": "E05005089", "area": "ramsgate"}


def with_outline(ward: Ward) -> Ward:
    """A ward as a diamond around its centre: no true outline is needed to see one drawn."""
    lat, lon = ward.lat, ward.lon
    ring = ((lat + 0.008, lon), (lat, lon + 0.013), (lat - 0.008, lon), (lat, lon - 0.013))
    return replace(ward, outline=(ring,))


@pytest.fixture
async def busy(sqlite_databases: SqliteDatabases) -> AsyncIterator[Scene]:
    """The same morning, with a dozen more reports from the harbour."""
    url = await sqlite_databases.migrated()
    clock = FixedClock(MORNING)
    outlined = replace(THANET, wards=tuple(map(with_outline, THANET.wards)))
    async with open_store(url, clock) as store:
        town = Town(store, clock)
        async with running_console(town, profile=outlined) as console:
            scene = await a_morning(town, console)
            for number in range(12):
                near = RAMSGATE | {"lat": 51.3343 + number / 2_000}
                what = f"Scooters race along the harbour wall, evening {number}."
                await sent(town, await town.resident(), "noise.domestic", what, where=near)
            yield scene
    await sqlite_databases.drop(url)


@pytest.fixture(params=list(WIDTHS.values()), ids=list(WIDTHS))
async def sized(request: pytest.FixtureRequest, browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={"width": request.param, "height": 800})
    page = await context.new_page()
    trouble: list[str] = []
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    yield page
    await context.close()
    assert [said for said in trouble if "status of 4" not in said] == []


async def filtered_and_saved(page: Page, scene: Scene) -> None:
    await page.get_by_label("Search reports and cases").fill("scooters harb")
    await page.get_by_role("button", name="Search", exact=True).click()
    await expect(page.get_by_role("heading", name="12 reports")).to_be_visible()
    await expect(page.locator("mark").first).to_have_text("Scooters")
    await look(page, "found-everywhere")
    await page.get_by_role("link", name="See them all in a list of reports").click()
    await expect(page.get_by_text("12 reports", exact=True)).to_be_visible()
    await look(page, "found")
    await page.get_by_text("Filter this list").click()
    await page.get_by_role("checkbox", name="P3", exact=True).check()
    await page.get_by_label("With", exact=True).select_option(label="Nobody")
    await look(page, "filters")
    await page.get_by_role("button", name="Show these").click()
    await expect(page.get_by_role("list", name="Filters that are on").get_by_role("listitem")).to_have_count(
        3
    )
    await page.get_by_text("Save this list as a view").click()
    await page.get_by_label("Name").fill("Scooters")
    await page.get_by_label("Share it with all").check()
    await look(page, "saving")
    await page.get_by_role("button", name="Save the view").click()
    await expect(page.get_by_role("status").first).to_have_text("The view is saved.")
    here = page.get_by_role("navigation", name="Views of reports").get_by_role("link", name="Scooters")
    await expect(here).to_have_attribute("aria-current", "true")


async def says_whether_it_scrolls(page: Page) -> None:
    """A map wider than the screen says so, and no other does."""
    frame = page.get_by_role("region", name="Map", exact=True)
    scrolls = await frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    said = page.get_by_text("This map is wider than your screen.")
    await (expect(said).to_be_visible() if scrolls else expect(said).to_be_hidden())
    sides = "part => [part.getBoundingClientRect().left, part.getBoundingClientRect().right]"
    (left, right), most = await frame.evaluate(sides), await frame.get_by_role("link").first.evaluate(sides)
    assert left <= most[0] < most[1] <= right, "it begins where most of it lies"
    assert scrolls == (page.viewport_size == {"width": WIDTHS["phone"], "height": 800})


async def test_what_has_no_point_is_one_link_away_from_the_map(sized: Page, busy: Scene) -> None:
    town = busy.console.town
    lost = await sent(
        town, await town.resident(), "fire.fireworks", "Rockets somewhere", where={"words": "?"}
    )
    await sign_in(sized, busy)
    await sized.goto(busy.url("/console/map?view=all"))
    await sized.get_by_role("link", name="1 has no point").click()
    await expect(sized.get_by_role("link", name="Take off: No point on the map")).to_be_visible()
    await expect(sized.get_by_role("link", name=re.compile("Fireworks", re.IGNORECASE)).first).to_be_visible()
    await expect(sized.get_by_text(lost)).to_be_visible()
    await look(sized, "no-point")


async def test_from_a_search_to_a_view_a_map_bulk_work_and_an_export(sized: Page, busy: Scene) -> None:
    await sign_in(sized, busy)
    await filtered_and_saved(sized, busy)
    await sized.get_by_role("link", name="On the map").click()
    await expect(sized.get_by_text("12 on this map")).to_be_visible()
    await says_whether_it_scrolls(sized)
    await look(sized, "map")
    await sized.get_by_role("link", name=re.compile("^Closer")).first.click()
    await look(sized, "map-closer")
    await sized.go_back()
    await sized.get_by_role("link", name=re.compile("^List")).first.click()
    await expect(sized.get_by_role("link", name="Take off: Part of the map")).to_be_visible()
    ticks = sized.get_by_role("checkbox", name=re.compile("^Tick report"))
    await sized.get_by_role("button", name="Tick all on this page", exact=True).click()
    await expect(sized.get_by_role("checkbox", name=re.compile("^Tick report"), checked=False)).to_have_count(
        0
    )
    await sized.get_by_role("button", name="Untick all on this page").click()
    await ticks.nth(0).check()
    await ticks.nth(1).check()
    await sized.get_by_label("Give them to").select_option(label="Me")
    await look(sized, "ticked")
    await sized.get_by_role("button", name="Give them").click()
    await expect(sized.get_by_role("status")).to_have_text("Done: 2 of 2")
    await look(sized, "bulk")
    await sized.get_by_role("link", name="Back to the list").click()
    async with sized.expect_download() as downloading:
        await sized.get_by_role("link", name="CSV", exact=True).click()
    text = Path(await (await downloading.value).path()).read_text("utf-8-sig")
    told = list(csv.DictReader(io.StringIO(text)))
    shown = await sized.get_by_role("checkbox", name=re.compile("^Tick report")).count()
    assert len(told) == shown > 0
    assert {row["With"] for row in told} == {""}
    await sized.goto(busy.url("/console/views"))
    await look(sized, "views")


async def test_a_case_is_drawn_without_any_outline_too(sized: Page, scene: Scene) -> None:
    await sign_in(sized, scene)
    await sized.goto(scene.url(f"/console/cases/{scene.case}"))
    drawn = sized.get_by_role("img", name=re.compile("^Map around this case. The scale bar is"))
    await expect(drawn).to_be_visible()
    await look(sized, "case-map")
    await sized.get_by_role("link", name="See it on the map of reports").click()
    await expect(sized.get_by_role("heading", level=1)).to_have_text("Map of reports")
    await sized.goto(scene.url("/console/map?from=soon"))
    await expect(sized.get_by_role("alert")).to_contain_text("The filter “from” cannot be “soon”.")
    await look(sized, "map-bad-filter")


async def test_cases_are_found_on_their_page_and_on_the_map(sized: Page, busy: Scene) -> None:
    await sign_in(sized, busy)
    await sized.goto(busy.url("/console/cases?q=landlord"))
    await expect(sized.locator("mark").first).to_have_text("landlord")
    await look(sized, "cases-found")
    await sized.goto(busy.url("/console/map?kind=cases"))
    await look(sized, "map-cases")
    await sized.goto(busy.url("/console/reports?from=soon"))
    await look(sized, "bad-filter")
    await sized.goto(busy.url("/console/reports?q=nothinglikeit"))
    await look(sized, "nothing-found")


async def test_ticks_stay_while_the_queue_refreshes_itself(page: Page, busy: Scene) -> None:
    await sign_in(page, busy)
    await page.clock.install()
    await page.goto(busy.url("/console/reports"))
    tick = page.get_by_role("checkbox", name=re.compile("^Tick report")).first
    await tick.check()
    town = busy.console.town
    await sent(town, await town.resident("Cass Hill"), "fire.fireworks", "Rockets in the park")
    await page.clock.fast_forward(61_000)
    await expect(page.get_by_text("16 reports", exact=True)).to_be_visible()
    await expect(tick).to_be_checked()
