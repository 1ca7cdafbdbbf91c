"""The whole life of a campaign: what staff see in the console, and what people get on their phones."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from bot.emulator import Bubble, Person
from bot.emulator.faults import Fault, FaultKind
from notifications import sender
from notifications.timetable import send_campaigns
from store.domain.staff import Role
from tests.browser.test_console import look
from tests.support.databases import SqliteDatabases
from tests.support.desks import WITHIN_MS, Desk, at_desk
from tests.support.house import House, until
from tests.support.news import subscribe
from tests.support.pictures import jpeg

GAP = timedelta(minutes=10)
"""Between two messages of what goes to six people in an hour."""
SHEDS = "Lock your shed tonight.", "Zamknij szopę."
SPREAD = {"Spread over so many hours": "1"}
AT_TWENTY_PAST = {"Send it on": "2026-11-25", "At": "12:20"}
BIKES = "Mark your bike.", "Oznacz rower."

pytestmark = pytest.mark.timeout(150)  # half a minute each, where nothing else is at work


@dataclass(frozen=True, slots=True)
class Town:
    """Who hears of it: two read English, two Polish; and one lives elsewhere."""

    house: House
    ada: Person
    ben: Person
    ola: Person
    jan: Person
    eve: Person
    fay: Person
    gil: Person

    @property
    def people(self) -> Sequence[Person]:
        return (self.ada, self.ben, self.ola, self.jan, self.eve, self.fay, self.gil)

    def got(self, *words: str) -> int:
        """Return how many messages with any of these words lie on all phones."""
        return sum(len(heard(person, one)) for person in self.people for one in words)

    async def time(self, passes: timedelta = timedelta(0)) -> None:
        """Let time pass, and all go out that is due by then."""
        self.house.clock.advance(passes)
        await send_campaigns(self.house.app.store)
        await until(lambda: not self.house.app.sender.waiting)

    def troubles(self) -> None:
        """One has blocked us, one is not known for a moment, and the answer about one is lost."""
        blocked, unknown = "Forbidden: bot was blocked by the user", "Bad Request: chat not found"
        faults = (
            Fault(FaultKind.FAIL, "sendPhoto", code=403, description=blocked, chat_id=self.jan.id),
            Fault(FaultKind.FAIL, "sendPhoto", code=400, description=unknown, chat_id=self.eve.id),
            Fault(FaultKind.DROP_REPLY, "sendPhoto", chat_id=self.fay.id),
        )
        for fault in faults:
            self.house.emulator.faults.add(fault)


def heard(person: Person, words: str) -> list[Bubble]:
    return [one for one in person.messages if one.from_bot and words in one.text]


@pytest.fixture
async def town(
    sqlite_databases: SqliteDatabases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Town]:
    monkeypatch.setattr(sender, "READ_EVERY_SECONDS", 0.03)
    url = await sqlite_databases.migrated()
    async with House(url, tmp_path) as house:
        names = {"Ada": "en", "Ben": "en", "Ola": "pl", "Jan": "pl", "Eve": "en", "Fay": "en", "Gil": "en"}
        people = [house.emulator.person(name, language_code=code) for name, code in names.items()]
        far = {"Gil": ("ramsgate",)}
        await asyncio.gather(
            *(subscribe(one, "campaigns", where=far.get(one.name, ("margate",))) for one in people)
        )
        yield Town(house, *people)
    await sqlite_databases.drop(url)


async def writes(
    desk: Desk, title: str, english: str, polish: str, fields: Mapping[str, str] = SPREAD
) -> None:
    """Write a campaign for Margate with a button."""
    page = desk.page
    await desk.open("/console/campaigns")
    await page.get_by_role("link", name="New campaign").click()
    await page.get_by_label("Name of the campaign").fill(title)
    await page.get_by_label("What it says in English").fill(english)
    await page.get_by_label("What it says in Polish").fill(polish)
    await page.get_by_label("Margate", exact=True).check()
    await page.get_by_label("Find a meeting").check()
    for label, value in fields.items():
        await page.get_by_label(label, exact=True).fill(value)
    await desk.press("Make the draft", "The campaign is a draft.")


async def puts_a_picture(desk: Desk) -> None:
    picture: Any = {"name": "shed.jpg", "mimeType": "image/jpeg", "buffer": jpeg(size=(640, 480))}
    await desk.page.get_by_text("A picture or document").click()
    await desk.page.get_by_label("Picture or document").set_input_files(picture)
    await desk.page.get_by_label("What the picture shows").fill("A shed with a lock")
    await desk.press("Put it to the campaign", "It goes with the campaign.")


async def tries_it(desk: Desk) -> None:
    """See who would hear of it and in which words, and get it alone on one's own phone."""
    await expect(desk.page.get_by_text("6 people")).to_be_visible()
    sample = desk.page.get_by_role("table", name="Language")
    assert (await sample.inner_text()).split("\n")[-2:] == ["English\t4", "Polish\t2"]
    await desk.press("Send it to me alone", "It is on its way to your own chat.")
    for words in SHEDS:
        assert (await desk.phone.wait_for(words)).kind == "photo"


async def asks_for_approval(desk: Desk) -> None:
    await desk.press("Send it for approval", "It waits for a supervisor to approve it.")
    await expect(desk.page.get_by_role("button", name="Approve it")).to_have_count(0)


async def approves(desk: Desk, title: str) -> None:
    """Find what waits, read it and agree."""
    await desk.open("/console/campaigns")
    await desk.page.get_by_role("link", name=title).click()
    await desk.press("Approve it", "It is approved")


async def changes(desk: Desk, fields: dict[str, str]) -> None:
    """Change what was written; whoever agreed to it before agreed to something else."""
    await desk.page.reload()
    await desk.page.get_by_text("Change it", exact=True).click()
    for label, value in fields.items():
        await desk.page.get_by_label(label).fill(value)
    await desk.press("Keep the change", "The change is kept.")
    await expect(desk.page.locator("#standing")).to_have_text("Draft")
    await expect(desk.page.get_by_role("term").filter(has_text="Approved by")).to_have_count(0)


async def watches_and_pauses(desk: Desk, town: Town) -> None:
    """Follow it on a page that stays open, hold it for a while, and follow it to its end."""
    await town.time()
    await desk.page.reload()
    await desk.page.evaluate("window.stays = true")
    await desk.sees("1 of 6")
    await town.time(GAP)
    await desk.sees("2 of 6")
    await expect(desk.page.locator("#standing")).to_have_text("Going out")
    assert await desk.page.evaluate("window.stays")
    await desk.press("Pause it", "It is paused.")
    had = town.got(*SHEDS)
    await town.time(2 * GAP)
    await desk.page.reload()
    await expect(desk.page.locator("#standing")).to_have_text("Paused")
    assert ((await desk.numbers())["Paused"], town.got(*SHEDS)) == ("4", had)
    await desk.press("Let it go on", "It goes on.")
    await town.time()
    await desk.sees("4 of 6")
    await town.time(2 * GAP)
    await expect_sent(desk)


async def expect_sent(desk: Desk) -> None:
    await desk.sees("6 of 6")
    await expect(desk.page.locator("#standing")).to_have_text("Sent", timeout=WITHIN_MS)


async def reads_the_results(desk: Desk, town: Town) -> None:
    """Read what became of it, with the reasons and what people did."""
    town.ada.tap("Find a meeting", heard(town.ada, SHEDS[0])[0])
    await town.ada.wait_for()
    town.ben.say("/stop")
    await town.ben.wait_for()
    await desk.page.reload()
    assert await desk.numbers() == {
        "Sent": "3",
        "Blocked us": "1",
        "Failed": "1",
        "Not known whether it arrived": "1",
        "Tapped “Find a meeting”": "1",
        "Wanted no more of it within 72 hours": "1",
    }
    reasons = desk.page.get_by_role("table", name="Why some did not get through")
    for what, why in (
        ("Failed", "The messenger does not know this chat any more"),
        ("Not known whether it arrived", "The connection broke before an answer came"),
    ):
        await expect(reasons.get_by_role("row").filter(has_text=what)).to_contain_text(why)
    await look(desk.page, "campaign-life-results")


async def tries_again_and_takes_it_away(desk: Desk, town: Town, folder: Path) -> None:
    await desk.press("Try again what failed", "What failed is tried again")
    await town.time()
    await town.eve.wait_for(SHEDS[0])
    await desk.page.reload()
    await expect_sent(desk)
    async with desk.page.expect_download() as given:
        await desk.page.get_by_role("link", name="What became of each message (CSV)").click()
    await (await given.value).save_as(folder / "export.csv")
    with (folder / "export.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    states = sorted((row["State"], row["Areas"]) for row in rows)
    told = ["Blocked us", "Not known whether it arrived", *["Sent"] * 4]
    assert states == [(state, "Margate") for state in told]


async def cancels_the_second(desk: Desk, town: Town) -> None:
    """Let it begin, and stop it: who had not got it by then never will."""
    await approves(desk, "Bikes")
    await town.time()
    await desk.page.reload()
    await desk.sees("1 of 4")
    await desk.press("Cancel it", "It is cancelled. Nothing more of it goes out.")
    await town.time(2 * GAP)
    await desk.page.reload()
    await expect(desk.page.locator("#standing")).to_have_text("Cancelled")
    assert await desk.numbers() == {"Sent": "1", "Cancelled, or not wanted any more": "3"}


async def everybody_reads(page: Page, house: House) -> None:
    """What was sent stands on the public page in both languages; what was cancelled does not."""
    await page.goto(f"{house.web_url}/campaigns")
    told = page.get_by_role("article")
    await expect(told).to_have_count(1)
    await expect(told.get_by_role("img", name="A shed with a lock")).to_be_visible()
    await expect(told.get_by_text(SHEDS[0]).last).to_be_visible()
    await told.get_by_text("Polski").click()
    await expect(told.get_by_text(SHEDS[1])).to_be_visible()


async def test_a_campaign_from_the_first_word_to_the_archive(
    browser: Browser, page: Page, town: Town, tmp_path: Path
) -> None:
    house = town.house
    async with (
        at_desk(browser, house, "Olive", Role.OFFICER) as olive,
        at_desk(browser, house, "Sue", Role.SUPERVISOR) as sue,
    ):
        await writes(olive, "Bikes", *BIKES)
        await asks_for_approval(olive)
        await writes(olive, "Sheds", *SHEDS)
        await puts_a_picture(olive)
        await tries_it(olive)
        await asks_for_approval(olive)
        town.troubles()
        await approves(sue, "Sheds")
        await watches_and_pauses(sue, town)
        await reads_the_results(sue, town)
        await tries_again_and_takes_it_away(sue, town, tmp_path)
        await cancels_the_second(sue, town)
    got = {person.name: [len(heard(person, words)) for words in SHEDS] for person in town.people}
    english = {name: [1, 0] for name in ("Ada", "Ben", "Eve", "Fay")}
    assert got == {**english, "Ola": [0, 1], "Jan": [0, 0], "Gil": [0, 0]}
    assert town.got(*BIKES) == 1
    await everybody_reads(page, house)


async def test_a_change_after_the_approval_takes_it_back_and_only_the_new_words_go_out(
    browser: Browser, town: Town
) -> None:
    house, new = town.house, "Lock your shed, and tell your neighbour."
    async with (
        at_desk(browser, house, "Olive", Role.OFFICER) as olive,
        at_desk(browser, house, "Sue", Role.SUPERVISOR) as sue,
    ):
        await writes(olive, "Sheds", *SHEDS, AT_TWENTY_PAST)
        await asks_for_approval(olive)
        await approves(sue, "Sheds")
        await changes(olive, {"What it says in English": new})
        await town.time(2 * GAP)
        await olive.press_in_vain("Send it for approval", "Its time is past.")
        await changes(olive, {"Send it on": ""})
        await asks_for_approval(olive)
        await approves(sue, "Sheds")
        await expect(sue.page.get_by_text(new).first).to_be_visible()
        await town.time()
        await sue.page.reload()
        await expect_sent(sue)
    got = [len(heard(person, new)) + len(heard(person, SHEDS[1])) for person in town.people]
    assert got == [1, 1, 1, 1, 1, 1, 0]
    assert town.got(SHEDS[0]) == 0
