from __future__ import annotations

from typing import Any

import pytest

from store.actions import case as case_actions
from store.actions.hold import hold
from store.domain.actor import Channel
from store.domain.case import CaseState
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.staff import By, Role, Staff
from tests.support.case_file import a_case, another_report
from tests.support.console import Console, Visitor
from tests.support.triage_factory import Town

CASES = "/console/cases"


async def at_work(
    console: Console, name: str = "cleo", role: Role = Role.OFFICER, *grants: Restriction
) -> tuple[Visitor, By]:
    member: Staff = await console.staff(name, role, *grants)
    browser = console.visitor()
    await browser.sign_in(member)
    return browser, By(member, Channel.WEB)


async def test_two_cases_become_one_and_two_again(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    old, new = await a_case(town, cleo, what="The bins again"), await a_case(town, cleo)
    await browser.get(f"{CASES}/{old}")
    answer = await browser.post(f"{CASES}/{old}/merge", into=new.lower().replace("-", " "), version="1")
    assert (answer.status, answer.location) == (303, f"{CASES}/{new}?done=case-merged")
    text = (await browser.get(answer.location)).text
    assert "The cases are one." in text
    assert "The bins again" in text
    left = (await browser.get(f"{CASES}/{old}")).text
    assert f"Into {new}" in left
    assert "Undo the merge" in left
    assert "Open it again" not in left
    answer = await browser.post(f"{CASES}/{old}/unmerging")
    assert answer.location == f"{CASES}/{old}?done=case-unmerged"
    assert "The bins again" in (await browser.get(answer.location)).text
    assert "Undo the merge" not in (await browser.get(f"{CASES}/{old}")).text


async def test_chosen_reports_are_split_off(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    reference = await a_case(town, cleo)
    assert "Split the case" not in (await browser.get(f"{CASES}/{reference}")).text
    second = await another_report(town, cleo, reference, what="Another street")
    assert "Split the case" in (await browser.get(f"{CASES}/{reference}")).text
    chosen: dict[str, Any] = {f"report-{second}": "yes"}
    answer = await browser.post(f"{CASES}/{reference}/split", **chosen)
    assert answer.status == 303
    assert answer.location.endswith("?done=case-split")
    assert "Another street" in (await browser.get(answer.location)).text
    assert "Another street" not in (await browser.get(f"{CASES}/{reference}")).text


async def test_a_case_is_corrected_and_the_form_shows_how_it_is(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    path = f"{CASES}/{await a_case(town, cleo)}"
    page = await browser.get(path)
    for chosen in ("noise.domestic", "asb", "personal", "P3", "central-harbour", "ramsgate"):
        assert f'<option value="{chosen}" selected>' in page.text
    form: dict[str, Any] = {
        "category": "street.threats",
        "priority": "P1",
        "ward": "",
        "reason": "He said so.",
    }
    answer = await browser.post(f"{path}/reclassification", version="1", **form)
    assert answer.location == f"{path}?done=case-reclassified"
    text = (await browser.get(answer.location)).text
    assert "Priority: P3 → P1" in text
    assert '<option value="" selected>Not known</option>' in text


async def test_a_hold_is_shown_and_lifted_by_a_supervisor(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    boss, _sue = await at_work(console, "sue", Role.SUPERVISOR)
    path = f"{CASES}/{await a_case(town, cleo)}"
    await browser.get(path)
    answer = await browser.post(f"{path}/hold", reason="Court in May")
    assert answer.location == f"{path}?done=case-held"
    for visitor, may_lift in ((browser, False), (boss, True)):
        text = (await visitor.get(path)).text
        assert "Nothing of this case is deleted. Court in May" in text
        assert ("Lift the legal hold" in text) is may_lift
    refused = await browser.post(f"{path}/hold-lifting", reason="Over, I think")
    assert refused.status == 403
    assert "Over, I think</textarea>" in refused.text
    assert "Only a supervisor may do this." in refused.text
    answer = await boss.post(f"{path}/hold-lifting", reason="Over")
    assert answer.location == f"{path}?done=hold-lifted"
    assert await town.how_often(Action.CASE_HOLD_LIFTED) == 1


@pytest.mark.parametrize(
    ("deed", "form", "status", "said"),
    [
        ("merge", {"into": "kept words"}, 422, "Type the reference of the other case."),
        ("merge", {"into": "K7M-4XQ-9PC"}, 404, "There is no such other case"),
        ("unmerging", {}, 422, "This case did not go into another one."),
        ("split", {}, 422, "Choose the reports that become a case of their own."),
        ("reclassification", {"priority": "P1", "area": "margate"}, 422, "Write why."),
        ("reclassification", {"ward": "atlantis", "reason": "kept words"}, 422, "Ward: choose one"),
        ("restriction", {"reason": "kept words"}, 422, "Choose who may open it."),
        ("hold", {"reason": ""}, 422, "Write why."),
    ],
)
async def test_a_mistake_is_named_and_what_was_typed_is_kept(
    console: Console, town: Town, deed: str, form: dict[str, Any], status: int, said: str
) -> None:
    browser, hal = await at_work(console, "hal", Role.OFFICER, Restriction.HATE)
    path = f"{CASES}/{await a_case(town, hal)}"
    await browser.get(path)
    answer = await browser.post(f"{path}/{deed}", **form)
    assert answer.status == status
    assert said in answer.text
    for value in form.values():
        kept = (f'value="{value}"', f'value="{value}" selected', f">{value}</textarea>")
        assert value == "atlantis" or any(way in answer.text for way in kept)
    if "area" in form:
        assert '<option value="margate" selected>' in answer.text


async def test_chosen_reports_stay_chosen_when_somebody_was_quicker(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    _boss, sue = await at_work(console, "sue", Role.SUPERVISOR)
    reference = await a_case(town, cleo)
    second = await another_report(town, cleo, reference)
    await browser.get(f"{CASES}/{reference}")
    await town.write(case_actions.move, sue, reference, CaseState.INVESTIGATING)
    await town.write(hold, sue, reference, "Court")
    form: dict[str, Any] = {f"report-{second}": "yes", "version": "1"}
    answer = await browser.post(f"{CASES}/{reference}/split", **form)
    assert answer.status == 409
    assert f'name="report-{second}" value="yes" checked' in answer.text


async def test_a_report_moves_to_another_case_from_its_page(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    full, other = await a_case(town, cleo), await a_case(town, cleo)
    moving = await another_report(town, cleo, full, what="Shouting at night")
    assert "Move it to another case" in (await browser.get(f"/console/reports/{moving}")).text
    answer = await browser.post(f"/console/reports/{moving}/move", into="?")
    assert (answer.status, "Type the reference of the other case." in answer.text) == (422, True)
    answer = await browser.post(f"/console/reports/{moving}/move", into=other)
    assert answer.location == f"{CASES}/{other}?done=report-moved"
    assert "Shouting at night" in (await browser.get(answer.location)).text
