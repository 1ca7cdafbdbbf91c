from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import obstore
import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from handlers.web.site import SITE
from store.actions import alert, case, evidence_desk, inbox, message, report, triage
from store.domain.actor import Channel
from store.domain.alert import AlertKind
from store.domain.case import CaseState
from store.domain.clock import FixedClock
from store.domain.evidence_file import copy_key
from store.domain.inbox import RawUpdate
from store.domain.reference import Restriction
from store.domain.resident import Resident
from store.domain.staff import By, Role, Staff
from store.engine import open_store
from store.profile.load import load
from store.queries.inbox import waiting as waiting_updates
from tests.support.console import PASSWORD, Console, running_console
from tests.support.databases import SqliteDatabases
from tests.support.evidence_factory import VIDEO, kept_file
from tests.support.pictures import jpeg
from tests.support.triage_factory import MORNING, Town

WIDTHS = {"phone": 360, "desk": 1280}
SHOTS = os.environ.get("SHOTS")  # a folder: look at the pages with your own eyes
THANET = load("thanet")
MARGATE = {
    "words": "behind the flats in Athelstan Road",
    "lat": 51.3893,
    "lon": 1.3951,
    "ward": "E05005088",
    "area": "margate",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """A morning in the office: reports that wait, one case under way."""

    console: Console
    cleo: Staff
    waiting: str
    asked: str
    case: str
    files: dict[str, str]
    alert: str

    def url(self, path: str) -> str:
        return str(self.console.server.make_url(path))


@pytest.fixture
async def scene(sqlite_databases: SqliteDatabases) -> AsyncIterator[Scene]:
    url = await sqlite_databases.migrated()
    clock = FixedClock(MORNING)
    async with open_store(url, clock) as store:
        town = Town(store, clock)
        async with running_console(town, profile=THANET) as console:
            yield await a_morning(town, console)
    await sqlite_databases.drop(url)


async def sent(town: Town, who: Resident, category: str, what: str, **answers: Any) -> str:
    town.pass_time(minutes=7)
    told = {"category": category, "identity": "named", "what": what, "where": MARGATE, "when": "last_night"}
    return (await town.write(report.send, who, THANET, told | answers)).reference


async def a_morning(town: Town, console: Console) -> Scene:
    cleo = await console.staff("cleo", Role.SUPERVISOR, Restriction.SAFEGUARDING)
    ada, ben = await town.resident("Ada Marsh"), await town.resident("Ben Reed")
    music = {"still": "yes", "often": "weekly", "extra.noise_type": "music", "extra.diary": "yes"}
    told = (
        "Loud music until 3 in the morning, every Friday. My children cannot sleep.\nIt shakes the windows."
    )
    first = await sent(town, ada, "noise.domestic", told, **music)
    by = By(cleo, Channel.WEB)
    opened = await town.write(triage.open_case, by, first)
    await town.write(case.move, by, opened.reference, CaseState.INVESTIGATING)
    asked = await town.write(message.ask, by, first, "Which flat does it come from?")
    town.pass_time(hours=3)
    await town.write(message.answer, ada, asked.id, "The top one, number 12.")
    await town.write(message.note, by, opened.reference, "The landlord has known of it since October.")
    begging = "A man follows people to the cash machine and shouts at them."
    await sent(town, ada, "street.begging", begging, when={"words": "yesterday after the market"})
    town.pass_time(hours=90)
    waiting = await sent(town, ben, "noise.domestic", "They are at it again, all are awake.", **music)
    needles = {"identity": "anonymous", "danger": "yes", "extra.needle": "yes", "extra.how_many": "3"}
    await sent(town, ben, "substance.paraphernalia", "Needles beside the slide in the playground.", **needles)
    town.pass_time(minutes=25)
    await town.write(inbox.add, [RawUpdate(1, 7, 5, "{}")])
    [item] = await town.read(waiting_updates)
    await town.write(inbox.park, item.id, "ValueError")
    words = "I do not want to be here any more. Nobody would miss me."
    alarm = await town.write(alert.raise_alert, ada, AlertKind.SUICIDE_SELFHARM, words)
    files = await some_files(town, by, waiting)
    return Scene(console, cleo, waiting, first, opened.reference, files, alarm)


async def some_files(town: Town, by: By, reference: str) -> dict[str, str]:
    """A photo, a video and a photo in quarantine, by what they are; with their ids."""
    named = VIDEO | {"name": "a-rather-long-name-of-a-video-as-telephones-like-to-make-them.mp4"}
    photo = await kept_file(town, reference)
    town.pass_time(seconds=1)  # files are listed in the order they came
    video = await kept_file(town, reference, named)
    town.pass_time(seconds=1)
    locked = await kept_file(town, reference)
    await town.write(evidence_desk.mark, by, photo, "For the court")
    await town.write(evidence_desk.quarantine, by, locked, "It shows a child")
    return {"photo": photo, "video": video, "locked": locked}


async def sign_in(page: Page, scene: Scene, member: Staff | None = None) -> None:
    who = member or scene.cleo
    await page.goto(scene.url("/console"))
    await page.get_by_label("Username").fill(who.name.lower())
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_label("Code").fill(await scene.console.code_of(who))
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(
        "My desk" if who is scene.cleo else f"Welcome, {who.name}"
    )


async def look(page: Page, name: str) -> None:
    """Nothing for axe to find, nothing wider than the window, nothing the policy stops."""
    results = await Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await page.evaluate(wider) == 0, name
    if SHOTS:
        width = await page.evaluate("window.innerWidth")
        await page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)


@pytest.fixture(params=list(WIDTHS.values()), ids=list(WIDTHS))
async def sized(request: pytest.FixtureRequest, browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={"width": request.param, "height": 800})
    page = await context.new_page()
    trouble: list[str] = []
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    yield page
    await context.close()
    refused = [said for said in trouble if "status of 4" not in said]  # pages that say what is wrong
    assert refused == []


async def test_every_page_reads_well_on_a_phone_and_on_a_desk(sized: Page, scene: Scene) -> None:
    await sized.goto(scene.url("/console"))
    await look(sized, "sign-in")
    await sign_in(sized, scene)
    await look(sized, "desk")
    paths = {
        "reports": "/console/reports",
        "reports-all": "/console/reports?view=all",
        "report-waiting": f"/console/reports/{scene.waiting}",
        "report-in-case": f"/console/reports/{scene.asked}",
        "cases": "/console/cases",
        "case": f"/console/cases/{scene.case}",
        "alerts": "/console/alerts",
        "alert": f"/console/alerts/{scene.alert}",
        "system": "/console/system",
        "account": "/console/account",
        "unknown": "/console/reports/nothing",
        **{f"file-{name}": f"/console/evidence/{file_id}" for name, file_id in scene.files.items()},
    }
    for name, path in paths.items():
        await sized.goto(scene.url(path))
        await look(sized, name)


async def test_a_picture_shows_after_a_click_and_not_before(page: Page, scene: Scene) -> None:
    app = scene.console.server.app
    await obstore.put_async(app[SITE].media, copy_key(scene.files["photo"]), jpeg())
    await sign_in(page, scene)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    await page.goto(scene.url(f"/console/reports/{scene.waiting}"))
    await page.get_by_role("link", name="Photo").first.click()
    await expect(page.get_by_role("link", name="Show the picture")).to_be_visible()
    assert not any(url.endswith("/copy") for url in loaded)
    await page.get_by_role("link", name="Show the picture").click()
    await page.wait_for_url("**/copy")
    assert await page.evaluate("document.images[0].naturalWidth") == 64


async def test_wrong_sign_ins_say_so_accessibly(sized: Page, scene: Scene) -> None:
    await sized.goto(scene.url("/console/sign-in"))
    await sized.get_by_role("button", name="Continue").click()
    await expect(sized.get_by_role("alert")).to_contain_text("That did not match")
    await look(sized, "sign-in-wrong")
    await sized.get_by_label("Username").fill("cleo")
    await sized.get_by_label("Password").fill(PASSWORD)
    await sized.get_by_role("button", name="Continue").click()
    await look(sized, "code")
    await sized.get_by_label("Code").fill("000000")
    await sized.get_by_role("button", name="Sign in").click()
    await expect(sized.get_by_role("alert")).to_contain_text("That code did not match")
    await look(sized, "code-wrong")


async def work_a_report(page: Page, scene: Scene) -> None:
    """Take, be told of a mistake, open the case, close it."""
    await sign_in(page, scene)
    await page.goto(scene.url(f"/console/reports/{scene.waiting}"))
    await page.get_by_role("button", name="Take this report").click()
    await expect(page.get_by_role("status")).to_have_text("This report is yours to decide.")
    await page.get_by_text("Reject", exact=True).first.click()
    await page.get_by_label("Words for the reporter").fill("We looked into it.")
    await page.get_by_role("button", name="Close the report").click()
    await expect(page.get_by_role("alert")).to_contain_text("Choose a reason.")
    await expect(page.get_by_label("Words for the reporter")).to_have_value("We looked into it.")
    await look(page, "report-mistake")
    await page.get_by_label(re.compile(scene.case)).check()
    await page.get_by_role("button", name="Add to the case").click()
    await expect(page.get_by_role("status")).to_contain_text("The report is part of this case now.")
    await page.get_by_role("status").get_by_role("link").click()
    await page.get_by_text("Close it", exact=True).click()
    await page.get_by_label("How it ended").select_option(label="Warning given")
    await page.get_by_label("Words for the reporters").fill("The landlord has warned the tenant.")
    await look(page, "case-closing")
    await page.get_by_role("button", name="Close the case").click()
    await expect(page.get_by_role("status")).to_contain_text("The case is closed.")
    await look(page, "case-closed")


async def test_a_report_is_worked_to_its_end(sized: Page, scene: Scene) -> None:
    await work_a_report(sized, scene)


async def test_everything_works_without_scripts(browser: Browser, scene: Scene) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await sign_in(page, scene)
    await page.goto(scene.url(f"/console/reports/{scene.waiting}"))
    await page.get_by_text("Ask the reporter").click()
    await page.get_by_label("Your question").fill("Which house is it?")
    await page.get_by_role("button", name="Send the question").click()
    await expect(page.get_by_role("status")).to_contain_text("The question is on its way.")
    await page.get_by_role("button", name="Open a case").click()
    await expect(page.get_by_role("status")).to_contain_text("The case is open and yours.")
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to the console")
    await context.close()


async def test_the_keyboard_alone_reaches_the_content_first(page: Page, scene: Scene) -> None:
    await sign_in(page, scene)
    await page.keyboard.press("Tab")
    await expect(page.get_by_text("Skip to the content")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("main")).to_be_focused()


async def test_the_queue_refreshes_itself_while_it_is_open(page: Page, scene: Scene) -> None:
    await sign_in(page, scene)
    await page.clock.install()
    await page.goto(scene.url("/console/reports"))
    await expect(page.get_by_role("row")).to_have_count(4)
    town = scene.console.town
    await sent(town, await town.resident("Cass Hill"), "fire.fireworks", "Rockets in the park")
    await page.clock.fast_forward(61_000)
    await expect(page.get_by_role("row")).to_have_count(5)
