"""One record is given to somebody, and tagged, from its own page; several at once: test_bulk_and_export."""

from __future__ import annotations

import re
from typing import Any

import pytest

from store.actions import case as case_actions
from store.actions import triage
from store.domain.actor import Channel
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.staff import By, Role, Staff
from tests.support.console import Console, Visitor
from tests.support.triage_factory import Town

REPORTS, CASES = "/console/reports", "/console/cases"


async def at_work(console: Console, name: str = "cleo", role: Role = Role.OFFICER) -> tuple[Visitor, Staff]:
    member = await console.staff(name, role)
    browser = console.visitor()
    await browser.sign_in(member)
    return browser, member


async def a_case(town: Town, member: Staff) -> str:
    return (await town.write(triage.open_case, By(member, Channel.WEB), await town.report())).reference


def version_on(page: str) -> str:
    found = re.search(r'/assignment">.*?name="version" value="(\d+)"', page, re.DOTALL)
    assert found
    return found.group(1)


async def test_a_case_is_given_to_a_colleague_from_its_page(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    dan = await console.staff("dan")
    path = f"{CASES}/{await a_case(town, cleo)}"
    page = (await browser.get(path)).text
    given = await browser.post(f"{path}/assignment", officer=dan.id, version=version_on(page))
    assert given.location == f"{path}?done=case-assigned"
    after = (await browser.get(given.location)).text
    assert "The case has a new officer." in after
    assert "<dt>Officer</dt><dd>Dan</dd>" in after
    assert 'id="assignment"' not in after, "what a colleague works is given away by a supervisor"
    boss, sue = await at_work(console, "sue", Role.SUPERVISOR)
    version = version_on((await boss.get(path)).text)
    assert (await boss.post(f"{path}/assignment", officer=sue.id, version=version)).status == 303
    assert await town.how_often(Action.CASE_ASSIGNED) == 2


async def test_a_report_that_waits_is_given_to_a_colleague_from_its_page(
    console: Console, town: Town
) -> None:
    browser, cleo = await at_work(console)
    dan = await console.staff("dan")
    path = f"{REPORTS}/{await town.report()}"
    version = version_on((await browser.get(path)).text)
    given = await browser.post(f"{path}/assignment", officer=dan.id, version=version)
    assert given.location == f"{path}?done=report-assigned"
    assert "Dan has taken this report." in (await browser.get(given.location)).text
    refused = await browser.post(f"{path}/assignment", officer=dan.id, version=version)
    assert refused.status == 303, "given twice is harmless"
    again = await browser.post(f"{path}/assignment", officer=cleo.id, version=version)
    assert (again.status, "Dan has taken this report." in again.text) == (403, True)


async def test_tags_go_on_and_off_on_the_page_of_a_case(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    path = f"{CASES}/{await a_case(town, cleo)}"
    version = version_on((await browser.get(path)).text)
    tagged = await browser.post(f"{path}/tag", tag="Market  Day", version=version)
    assert tagged.location == f"{path}?done=tagged"
    page = (await browser.get(tagged.location)).text
    assert '<span class="tag">#market day</span>' in page
    assert "1 case<" in (await browser.get(f"{CASES}?tag=market+day")).text
    off = await browser.post(f"{path}/tag-removal", tag="market day", version=version_on(page))
    assert off.location == f"{path}?done=untagged"
    assert "#market day" not in (await browser.get(path)).text


@pytest.mark.parametrize(
    ("deed", "form", "said"),
    [
        ("assignment", {}, "Choose who works it from now on."),
        ("tag", {"tag": " "}, "Type the tag."),
        ("tag", {"tag": "x" * 33}, "A tag has at most 32 characters."),
    ],
)
async def test_a_mistake_is_named_beside_the_form(
    console: Console, town: Town, deed: str, form: dict[str, Any], said: str
) -> None:
    browser, cleo = await at_work(console)
    path = f"{CASES}/{await a_case(town, cleo)}"
    await browser.get(path)
    answer = await browser.post(f"{path}/{deed}", **form)
    assert (answer.status, answer.text.count(said)) == (422, 2)


async def test_a_second_writer_is_told_what_changed_and_nothing_is_done(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    sue, dan = await console.staff("sue", Role.SUPERVISOR), await console.staff("dan")
    reference = await a_case(town, cleo)
    path = f"{CASES}/{reference}"
    version = version_on((await browser.get(path)).text)
    town.pass_time(minutes=1)
    await town.write(case_actions.take, By(sue, Channel.WEB), reference)
    late = await browser.post(f"{path}/tag", tag="market", version=version)
    assert late.status == 409
    assert "Sue changed this case" in late.text
    assert 'value="market"' in late.text
    waiting = f"{REPORTS}/{await town.report()}"
    seen = version_on((await browser.get(waiting)).text)
    await town.write(triage.take, By(cleo, Channel.WEB), waiting.rsplit("/", 1)[1])
    stale = await browser.post(f"{waiting}/assignment", officer=dan.id, version=seen)
    assert stale.status == 409
    assert "What changed since you opened this page" in stale.text


async def test_only_those_who_may_open_it_are_offered_and_accepted(console: Console, town: Town) -> None:
    hana = await console.staff("hana", Role.OFFICER, Restriction.HATE)
    ivy = await console.staff("ivy", Role.OFFICER, Restriction.HATE)
    dan = await console.staff("dan")
    browser = console.visitor()
    await browser.sign_in(hana)
    path = f"{REPORTS}/{await town.report(category='street.hate')}"
    page = (await browser.get(path)).text
    assert f'<option value="{ivy.id}">Ivy</option>' in page
    assert dan.id not in page
    refused = await browser.post(f"{path}/assignment", officer=dan.id, version=version_on(page))
    assert refused.status == 422
    assert "Dan may not open this record" in refused.text
    other, _ = await at_work(console, "eve")
    await other.get(REPORTS)
    assert (await other.post(f"{path}/assignment", officer=dan.id)).status == 404
