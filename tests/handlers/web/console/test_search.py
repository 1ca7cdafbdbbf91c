"""One search from one box on every page; lists keep their own filters: test_finding."""

from __future__ import annotations

import html
import re

import pytest

from handlers.web.console import search
from store.actions import case_person, message, task, triage
from store.domain.actor import Channel
from store.domain.case_file import PersonFacts, PersonRole
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from tests.support.console import Console, Visitor
from tests.support.triage_factory import Town, counted

SEARCH = "/console/search"


async def officer(console: Console, name: str = "cleo", *grants: Restriction) -> Visitor:
    browser = console.visitor()
    await browser.sign_in(await console.staff(name, Role.OFFICER, *grants))
    return browser


async def test_every_page_of_the_console_has_the_box(console: Console, town: Town) -> None:
    browser = await officer(console)
    reference = await town.report()
    for path in ("/console", "/console/cases", f"/console/reports/{reference}", "/console/map", SEARCH):
        assert f'role="search" class="find" action="{SEARCH}"' in (await browser.get(path)).text, path


async def test_one_search_finds_reports_and_cases_in_groups_with_their_numbers(
    console: Console, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "FIRST", 2)
    browser = await officer(console)
    dan = By(await console.staff("dan"), Channel.WEB)
    told = [await town.report(what=f"A green mattress, number {n}") for n in range(3)]
    opened = (await town.write(triage.open_case, dan, await town.report(what="Dumped"))).reference
    await town.write(message.note, dan, opened, "The mattress is gone.")
    text = (await browser.get(f"{SEARCH}?q=mattr")).text
    assert '<h2 id="reports-title">3 reports</h2>' in text
    assert '<h2 id="cases-title">1 case</h2>' in text
    reports, cases = text.split('id="cases-title"')
    assert [each in reports for each in told] == [False, True, True]
    assert opened in cases
    assert reports.count("<mark>mattress</mark>") == 2
    assert cases.count("<mark>mattress</mark>") == 1
    whole = re.search(r'<a href="([^"]+)">See them all in a list', reports)
    assert whole
    assert "3 reports<" in (await browser.get(html.unescape(whole.group(1)))).text
    assert await town.how_often(Action.SEARCH_MADE) == 2, "the list is a search of its own"


async def test_counts_and_results_are_those_of_the_viewer(console: Console, town: Town) -> None:
    other, hal = await officer(console), await officer(console, "hal", Restriction.HATE)
    secret = await town.report(category="street.hate", what="A secret mattress")
    by = By(await console.staff("hana", Role.OFFICER, Restriction.HATE), Channel.WEB)
    opened = (await town.write(triage.open_case, by, secret)).reference
    seen = (await hal.get(f"{SEARCH}?q=mattress")).text
    assert [each in seen for each in (secret, opened, "1 report<", "1 case<")] == [True] * 4
    hidden = (await other.get(f"{SEARCH}?q=mattress")).text
    assert "Nothing that is open to you has all of" in hidden
    assert [each in hidden for each in (secret, opened)] == [False] * 2
    for reference in (secret, opened):
        assert (await other.get(f"{SEARCH}?q={reference}")).status == 200
        assert (await hal.get(f"{SEARCH}?q={reference}")).status == 303


async def test_a_reference_opens_its_record_and_a_search_is_one_event(console: Console, town: Town) -> None:
    browser = await officer(console)
    dan = By(await console.staff("dan"), Channel.WEB)
    told = await town.report()
    opened = (await town.write(triage.open_case, dan, told)).reference
    assert (await browser.get(f"{SEARCH}?q={told.lower()}")).location == f"/console/reports/{told}"
    assert (await browser.get(f"{SEARCH}?q={opened}")).location == f"/console/cases/{opened}"
    assert await town.how_often(Action.SEARCH_MADE) == 2
    assert town.last(Action.SEARCH_MADE)["words"] == opened


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ("", 200, "Type words or a reference into the box above."),
        ("%3F", 200, "Nothing that is open to you has all of “?” in it."),
        ("<b>x", 200, "“&lt;b&gt;x”"),
        ("x" * 201, 422, "The filter “q” cannot be"),
    ],
)
async def test_what_finds_nothing_says_so_in_plain_words(
    console: Console, town: Town, typed: str, status: int, said: str
) -> None:
    browser = await officer(console)
    answer = await browser.get(f"{SEARCH}?q={typed}")
    assert answer.status == status
    assert said in answer.text


async def test_a_search_asks_the_database_six_times_however_much_it_finds(
    console: Console, town: Town
) -> None:
    browser = await officer(console)
    dan = By(await console.staff("dan"), Channel.WEB)
    for _ in range(3):
        await town.write(triage.open_case, dan, await town.report(what="Mattress"))
        await browser.get(SEARCH)  # the session is seen anew as time passes
        with counted() as sent:
            assert "case" in (await browser.get(f"{SEARCH}?q=mattress")).text
        assert len(sent) <= 6, sent


async def test_each_piece_says_in_which_text_the_words_stand(console: Console, town: Town) -> None:
    browser = await officer(console)
    dan = By(await console.staff("dan"), Channel.WEB)
    told = await town.report(what="A green mattress")
    await town.write(message.note, dan, told, "The landlord rang")
    opened = (await town.write(triage.open_case, dan, told)).reference
    await town.write(case_person.add, dan, opened, PersonFacts(PersonRole.VICTIM, "Eve", "07700 900123"))
    await town.write(task.add, dan, opened, "Ring the housing office", dan.staff.id, None)
    text = (await browser.get(f"{SEARCH}?q=mattress+landlord")).text
    assert "<strong>Report:</strong> A green <mark>mattress</mark>" in text
    assert "<strong>Note:</strong> The <mark>landlord</mark> rang" in text
    text = (await browser.get(f"{SEARCH}?q=07700900123+housing")).text
    assert "<strong>Person:</strong> Eve, <mark>07700 900123</mark>" in text
    assert "<strong>Task:</strong> Ring the <mark>housing</mark> office" in text


async def test_what_was_searched_for_stands_in_no_log(
    console: Console, town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "bot")
    caplog.set_level("DEBUG", "handlers")
    browser = await officer(console)
    await browser.get(f"{SEARCH}?q=07700900123")
    assert await town.how_often(Action.SEARCH_MADE) == 1
    assert town.last(Action.SEARCH_MADE)["words"] == "07700900123"
    assert "07700900123" not in caplog.text
