from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from store.actions import triage
from store.domain.actor import Channel
from store.domain.report import ReportView
from store.domain.staff import By
from store.profile.load import load
from tests.support.console import Console, Visitor, running_console
from tests.support.triage_factory import Town

NEW = "/console/reports/new"
THANET = load("thanet")
TOLD: dict[str, Any] = {
    "category": "noise.domestic",
    "source": "phone",
    "identity": "named",
    "name": "Ada Marsh",
    "contact": "01843 000000",
    "language": "en",
    "may_message": "yes",
    "danger": "no",
    "what": "Loud music\r\nuntil three",
    "where": "CT9 1EZ",
    "when": "last_night",
    "often": "weekly",
    "extra.noise_type": "music",
}


@pytest.fixture
async def browser(town: Town) -> AsyncIterator[Visitor]:
    async with running_console(town, profile=THANET) as console:
        visitor = console.visitor()
        await visitor.sign_in(await console.staff("cleo"))
        yield visitor


async def kept(browser: Visitor, location: str) -> ReportView:
    reference = location.split("?", maxsplit=1)[0].rsplit("/", 1)[1]
    member = await browser.desk.staff(f"reader{len(reference)}")
    page = await browser.desk.town.write(triage.open_report, By(member, Channel.WEB), reference)
    return page.report


async def test_first_the_category_then_one_page_with_its_own_questions(browser: Visitor) -> None:
    first = (await browser.get(NEW)).text
    assert first.count('name="category"') == len(THANET.categories)
    page = (await browser.get(f"{NEW}?category=noise.domestic")).text
    assert "What kind of noise is it?" in page
    assert 'name="category" value="noise.domestic"' in page
    other = (await browser.get(f"{NEW}?category=fire.fireworks")).text
    assert "What kind of noise is it?" not in other
    assert "What is it about?" in (await browser.get(f"{NEW}?category=nothing")).text


async def test_what_was_told_is_on_the_report_that_comes_of_it(browser: Visitor) -> None:
    await browser.get(f"{NEW}?category=noise.domestic")
    done = await browser.post(NEW, **TOLD)
    assert re.fullmatch(r"/console/reports/[0-9A-Z-]{11}\?done=entered", done.location)
    page = (await browser.get(done.location)).text
    for shown in (
        "The report is in",
        "Loud music\nuntil three",
        "Ada Marsh",
        "01843 000000",
        "Phone, entered by staff",
        "Music or TV",
        "Nothing can be sent",
    ):
        assert shown in page, shown
    assert "Ask the reporter" not in page
    report = await kept(browser, done.location)
    assert report.place.lat is not None
    assert report.place.ward is not None


async def test_a_mistake_gives_the_page_again_with_what_was_typed(browser: Visitor) -> None:
    await browser.get(f"{NEW}?category=noise.domestic")
    answer = await browser.post(NEW, **TOLD | {"what": "", "often": "daily"})
    assert answer.status == 422
    assert answer.text.count("Write what happened.") == 2
    for typed in ('value="Ada Marsh"', 'value="CT9 1EZ"', '<option value="daily" selected>', "checked"):
        assert typed in answer.text
    unknown = await browser.post(NEW, **TOLD | {"category": "nothing"})
    assert (unknown.status, "Choose what it is about." in unknown.text) == (422, True)


async def test_a_concern_can_close_it_to_who_wrote_it_down(browser: Visitor) -> None:
    await browser.get(f"{NEW}?category=noise.domestic")
    done = await browser.post(NEW, **TOLD | {"concern": "child_at_risk"})
    assert done.location == "/console/reports?done=entered-restricted"
    assert "It is restricted" in (await browser.get(done.location)).text


async def test_words_and_a_chosen_ward_place_it_too(browser: Visitor) -> None:
    await browser.get(f"{NEW}?category=noise.domestic")
    ward = THANET.wards[0]
    told = TOLD | {"where": "behind the old cinema", "ward": ward.code, "when_words": "each Friday"}
    report = await kept(browser, (await browser.post(NEW, **told)).location)
    assert (report.place.words, report.place.ward) == ("behind the old cinema", ward.code)
    assert report.occurred == "each Friday"


async def test_the_way_in_is_on_the_list(console: Console) -> None:
    visitor = console.visitor()
    await visitor.sign_in(await console.staff("cleo"))
    assert f'href="{NEW}"' in (await visitor.get("/console/reports")).text
