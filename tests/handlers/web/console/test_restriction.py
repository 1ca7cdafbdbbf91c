"""The form that says to whom a report or a case opens, and the page that follows where it closed."""

from __future__ import annotations

from typing import Any

import pytest

from store.actions import triage
from store.domain.actor import Channel
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.staff import By, Role, Staff
from tests.support.case_file import a_case, another_report
from tests.support.console import Console, Visitor
from tests.support.page_forms import form_of, forms_of
from tests.support.triage_factory import Town

REPORTS, CASES = "/console/reports", "/console/cases"
HATE = Restriction.HATE


async def at_work(
    console: Console, name: str = "cleo", role: Role = Role.OFFICER, *grants: Restriction
) -> tuple[Visitor, By]:
    member: Staff = await console.staff(name, role, *grants)
    browser = console.visitor()
    await browser.sign_in(member)
    return browser, By(member, Channel.WEB)


def kinds_on(page: str, path: str) -> list[str]:
    [form] = [form for form in forms_of(page) if form.action == f"{path}/restriction"]
    return form.fields["kind"].offered


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
async def test_a_report_is_restricted_to_a_kind_that_one_lacks_and_the_queue_says_so_kindly(
    console: Console, town: Town, role: Role
) -> None:
    browser, cleo = await at_work(console, "cleo", role)
    granted, _hana = await at_work(console, "hana", Role.OFFICER, HATE)
    reference = await town.report(what="Slurs on our door")
    await town.write(triage.take, cleo, reference)
    path = f"{REPORTS}/{reference}"
    page = (await browser.get(path)).text
    assert kinds_on(page, path) == [kind.value for kind in Restriction]
    assert page.count("You are not one of them: it closes to you.") == 4
    sent = form_of(page, f"{path}/restriction") | {"kind": "hate", "reason": "A hate crime"}
    away = f"{REPORTS}?done=report-restricted-away"
    for _tap in range(2):
        answer = await browser.post(f"{path}/restriction", **sent)
        assert (answer.status, answer.location) == (303, away)
    text = (await browser.get(away)).text
    assert '<div class="done" role="status"><p>The report is restricted, and is closed to you' in text
    assert reference not in text
    assert (await browser.get(path)).status == 404
    assert await town.how_often(Action.REPORT_RESTRICTED) == 1
    opened = (await granted.get(path)).text
    assert "not restricted → hate: A hate crime" in opened
    assert "Nobody yet" in opened


async def test_a_report_restricted_to_ones_own_kind_stays_on_the_page_and_is_lifted_there(
    console: Console, town: Town
) -> None:
    browser, _hal = await at_work(console, "hal", Role.OFFICER, HATE)
    other, _dan = await at_work(console, "dan")
    path = f"{REPORTS}/{await town.report()}"
    page = (await browser.get(path)).text
    assert page.count("it closes to you") == 3
    assert "Everybody who works reports" not in page
    answer = await browser.post(f"{path}/restriction", kind="hate", reason="Slurs")
    assert answer.location == f"{path}?done=report-restricted"
    shown = (await browser.get(answer.location)).text
    assert "Who may open this report has changed." in shown
    assert kinds_on(shown, path) == ["safeguarding", "hate", "intelligence", "none"]
    assert 'value="hate" checked' in shown
    assert (await other.get(path)).status == 404
    refused = await browser.post(f"{path}/restriction", kind="staff_threat", reason="He threatened us")
    assert (refused.status, "You were not granted this kind" in refused.text) == (403, True)
    assert "He threatened us</textarea>" in refused.text
    await browser.post(f"{path}/restriction", kind="none", reason="It was none")
    assert (await other.get(path)).status == 200


async def test_a_case_is_restricted_by_anybody_who_may_open_it(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    granted, _hana = await at_work(console, "hana", Role.OFFICER, HATE)
    reference = await a_case(town, cleo)
    path = f"{CASES}/{reference}"
    sent = form_of((await browser.get(path)).text, f"{path}/restriction")
    sent |= {"kind": "hate", "reason": "Slurs"}
    away = f"{CASES}?done=case-restricted-away"
    for _tap in range(2):
        answer = await browser.post(f"{path}/restriction", **sent)
        assert (answer.status, answer.location) == (303, away)
    text = (await browser.get(away)).text
    assert "The case is restricted, and is closed to you from now on" in text
    assert reference not in text
    assert (await browser.get(path)).status == 404
    shown = (await granted.get(path)).text
    assert 'value="hate" checked' in shown
    assert "Case has no officer any more" in shown
    await granted.post(f"{path}/restriction", kind="none", reason="It was none")
    assert (await browser.get(path)).status == 200


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"reason": "kept words"}, "Choose who may open it."),
        ({"kind": "secret", "reason": "kept words"}, "Choose who may open it."),
        ({"kind": "hate", "reason": " "}, "Write why."),
    ],
)
async def test_a_mistake_is_named_and_nothing_is_restricted(
    console: Console, town: Town, form: dict[str, Any], said: str
) -> None:
    browser, cleo = await at_work(console)
    for path in (f"{REPORTS}/{await town.report()}", f"{CASES}/{await a_case(town, cleo)}"):
        await browser.get(path)
        answer = await browser.post(f"{path}/restriction", **form)
        assert (answer.status, said in answer.text) == (422, True)
        assert f"{form['reason']}</textarea>" in answer.text
        assert (await browser.get(path)).status == 200
    assert await town.how_often(Action.REPORT_RESTRICTED) == await town.how_often(Action.CASE_RESTRICTED) == 0


async def test_a_report_of_a_restricted_case_is_not_opened_by_itself_and_the_page_says_what_to_do(
    console: Console, town: Town
) -> None:
    browser, hal = await at_work(console, "hal", Role.OFFICER, HATE)
    path = f"{REPORTS}/{await another_report(town, hal, await a_case(town, hal, category='street.hate'))}"
    answer = await browser.post(f"{path}/restriction", kind="none", reason="Nothing of it")
    assert answer.status == 422
    assert "First split it off, or lift the restriction of the case." in answer.text
    assert 'value="hate" checked' in (await browser.get(path)).text
