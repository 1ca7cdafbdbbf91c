from __future__ import annotations

import html
import re

import pytest

from store.actions import message, triage
from store.domain.actor import Channel
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from store.queries import finding
from tests.support.console import Console, Visitor
from tests.support.triage_factory import Town, counted

REPORTS, CASES = "/console/reports", "/console/cases"


async def officer(console: Console, name: str = "cleo", *grants: Restriction) -> Visitor:
    browser = console.visitor()
    await browser.sign_in(await console.staff(name, Role.OFFICER, *grants))
    return browser


async def test_filters_combine_and_each_is_taken_off_by_a_link(console: Console, town: Town) -> None:
    browser = await officer(console)
    urgent, plain = await town.report(category="street.threats"), await town.report()
    path = f"{REPORTS}?view=all&priority=P1&area=ramsgate&officer=nobody&from=2026-11-23&uncontacted=1"
    text = (await browser.get(path)).text
    assert urgent in text
    assert plain not in text
    assert "1 report<" in text
    for chip in (
        "Priority: P1",
        "Area: Ramsgate",
        "With: Nobody",
        "Received from 23 November 2026",
        "Never contacted",
    ):
        assert f"</span>{chip} <span" in text, chip
    link = re.search(r'href="([^"]+)"><span class="sr">Take off: </span>Priority', text)
    assert link
    assert plain in (await browser.get(html.unescape(link.group(1)))).text


async def test_a_page_may_be_long_and_stays_so_from_page_to_page(
    console: Console, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "ONE_PAGE", 2)
    monkeypatch.setattr(finding, "LONG_PAGE", 4)
    browser = await officer(console)
    told = [await town.report() for _ in range(9)][::-1]

    async def follow(text: str, label: str) -> str:
        link = re.search(rf'href="([^"]+)">{label}</a>', text)
        assert link, label
        return (await browser.get(html.unescape(link.group(1)))).text

    def shown(text: str) -> list[str]:
        return [reference for reference in told if f"{REPORTS}/{reference}" in text]

    short = (await browser.get(f"{REPORTS}?priority=P3&priority=P2")).text
    assert shown(short) == told[:2]
    long = await follow(short, "4 on a page")
    assert shown(long) == told[:4]
    further = await follow(await follow(long, "Next page"), "Next page")
    assert shown(further) == told[8:]
    assert shown(await follow(further, "First page")) == told[:4]
    assert shown(await follow(further, "2 on a page")) == told[:2]


async def test_the_form_shows_what_is_on_also_what_is_no_longer_offered(console: Console, town: Town) -> None:
    browser = await officer(console)
    path = f"{REPORTS}?state=waiting&state=in_case&category=old.one&ward=eastcliff&unread=1&q=x"
    text = (await browser.get(path)).text
    for shown in (
        'value="waiting" checked',
        'value="in_case" checked',
        '<option value="old.one" selected>old.one',
        '<option value="eastcliff" selected>Eastcliff',
        'name="unread" value="1" checked',
        'name="q" value="x"',
        "No reports here. Take a filter off to see more.",
    ):
        assert shown in text


@pytest.mark.parametrize(
    ("query", "said"), [("state=sleeping", "state"), ("from=soon", "from"), ("after=1", "after")]
)
async def test_a_value_that_means_nothing_is_named_and_no_list_is_shown(
    console: Console, town: Town, query: str, said: str
) -> None:
    browser = await officer(console)
    reference = await town.report()
    answer = await browser.get(f"{REPORTS}?{query}")
    assert answer.status == 422
    assert answer.text.count(f"The filter “{said}” cannot be") == 2
    assert reference not in answer.text


async def test_a_search_is_one_event_its_pages_are_none(console: Console, town: Town) -> None:
    browser = await officer(console)
    for _ in range(21):
        await town.report(what="Loud music & <b>shouting</b>")
    text = (await browser.get(f"{REPORTS}?q=shouti")).text
    assert "<mark>shouting</mark>" in text
    assert "&lt;b&gt;" in text
    assert "21 reports" in text
    link = re.search(r'rel="next" href="([^"]+)"', text)
    assert link
    await browser.get(html.unescape(link.group(1)))
    assert await town.how_often(Action.SEARCH_MADE) == 1
    assert town.last(Action.SEARCH_MADE)["words"] == "shouti"


async def test_a_reference_in_the_search_box_opens_its_record(console: Console, town: Town) -> None:
    browser = await officer(console)
    dan = By(await console.staff("dan"), Channel.WEB)
    told, secret = await town.report(), await town.report(category="street.hate")
    opened = (await town.write(triage.open_case, dan, told)).reference
    assert (await browser.get(f"{CASES}?q={told.lower()}")).location == f"{REPORTS}/{told}"
    assert (await browser.get(f"{REPORTS}?q={opened}")).location == f"{CASES}/{opened}"
    assert "No reports here." in (await browser.get(f"{REPORTS}?q={secret}")).text
    assert 'role="search"' in (await browser.get("/console/account")).text


async def test_restricted_records_are_in_no_list_count_search_map_or_export(
    console: Console, town: Town
) -> None:
    other, hal = await officer(console), await officer(console, "hal", Restriction.HATE)
    secret = await town.report(category="street.hate", what="A secret symbol")
    by = By(await console.staff("hana", Role.OFFICER, Restriction.HATE), Channel.WEB)
    opened = (await town.write(triage.open_case, by, secret)).reference
    await town.write(message.note, by, opened, "A secret witness")
    for path, shown in (
        (f"{REPORTS}?view=all", secret),
        (f"{REPORTS}?q=secret", secret),
        (f"{CASES}?q=secret", opened),
        (CASES, opened),
        (f"{REPORTS}/export.csv?view=all", secret),
        (f"{CASES}/export.json", opened),
        (f"{REPORTS}/export.geojson?q=secret", secret),
        ("/console/map?view=all", "1 report:"),
        ("/console/map?kind=cases", "1 case:"),
    ):
        assert shown in (await hal.get(path)).text, path
        hidden = (await other.get(path)).text
        assert shown not in hidden, path
        assert "1 report<" not in hidden
        assert "1 case<" not in hidden


async def test_a_list_asks_the_database_a_known_number_of_times(console: Console, town: Town) -> None:
    browser = await officer(console)
    for _ in range(4):
        await town.report()
    await browser.get(REPORTS)
    expected = {
        f"{REPORTS}?view=all&unread=1&officer=me": 3,
        f"{REPORTS}?q=music": 6,
        f"{CASES}?q=music": 6,
        "/console/views": 2,
        "/console/map?view=all": 4,
    }
    for path, most in expected.items():
        with counted() as sent:
            assert (await browser.get(path)).status == 200
        assert len(sent) <= most, (path, sent)


async def test_views_are_saved_shared_renamed_and_deleted_by_their_owner(
    console: Console, town: Town
) -> None:
    cleo, dan = await officer(console), await officer(console, "dan")
    saved = await cleo.post(
        "/console/views", kind="reports", query="priority=P1&view=all&junk=1", name=" Urgent  ones "
    )
    assert saved.location == f"{REPORTS}?priority=P1&view=all&junk=1&done=view-saved"
    text = (await cleo.get(saved.location)).text
    assert "The view is saved." in text
    assert f'href="{REPORTS}?priority=P1" aria-current="true">Urgent ones</a>' in text
    view = re.search(r'id="view-(\w+)"', (await cleo.get("/console/views")).text)
    assert view
    path = f"/console/views/{view.group(1)}"
    assert "Urgent ones" not in (await dan.get(REPORTS)).text
    assert (await cleo.post(f"{path}/sharing", shared="1")).status == 303
    assert 'Urgent ones</a> <span class="hint">by Cleo' in (await dan.get(REPORTS)).text
    assert "Urgent ones" not in (await dan.get(CASES)).text
    for deed in ("name", "sharing", "deletion"):
        assert (await dan.post(f"{path}/{deed}", name="Mine")).status == 404
    refused = await cleo.post(f"{path}/name", name="x" * 61)
    assert (refused.status, "at most 60 characters" in refused.text) == (422, True)
    await cleo.post(f"{path}/name", name="Very urgent")
    assert "Very urgent" in (await dan.get("/console/views")).text
    await cleo.post(f"{path}/deletion")
    assert "Very urgent" not in (await dan.get(REPORTS)).text
    done = (Action.VIEW_SAVED, Action.VIEW_SHARED, Action.VIEW_RENAMED, Action.VIEW_DELETED)
    assert [await town.how_often(action) for action in done] == [1, 1, 1, 1]


async def test_a_view_without_a_name_or_of_nonsense_is_refused_with_what_was_typed(
    console: Console, town: Town
) -> None:
    browser = await officer(console)
    await browser.get(REPORTS)
    answer = await browser.post("/console/views", kind="cases", query="tag=market", name=" ", shared="1")
    assert answer.status == 422
    assert answer.text.count("Give the view a name.") == 2
    assert 'name="query" value="tag=market"' in answer.text
    again = await browser.post("/console/views", kind="cases", query="state=sleeping", name="Odd")
    assert again.status == 422
    assert 'value="Odd"' in again.text


async def test_the_same_name_is_saved_over_and_fifty_are_enough(console: Console, town: Town) -> None:
    browser = await officer(console)
    await browser.get(REPORTS)
    for number in range(50):
        await browser.post("/console/views", kind="reports", query=f"q=word{number}", name=f"View {number}")
    answer = await browser.post("/console/views", kind="reports", query="", name="One more")
    assert (answer.status, "You have 50 views." in answer.text) == (422, True)
    assert (await browser.post("/console/views", kind="reports", query="q=new", name="View 7")).status == 303
    text = (await browser.get("/console/views")).text
    assert f"{REPORTS}?q=new" in text
    assert "q=word7&" not in text
