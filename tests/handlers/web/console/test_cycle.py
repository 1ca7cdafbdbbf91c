"""The plan's year in the console: on the desks of supervisors until one marks it done, for all to see."""

from __future__ import annotations

import pytest

from store.domain.event import Action
from store.domain.staff import Role
from tests.support.console import Console, Visitor
from tests.support.cycle import come_round
from tests.support.page_forms import forms_of
from tests.support.triage_factory import Town

PAGE = "/console/timetable"


async def at(console: Console, name: str, role: Role) -> Visitor:
    browser = console.visitor()
    await browser.sign_in(await console.staff(name, role))
    return browser


async def test_it_is_on_the_desks_of_supervisors_until_one_marks_it_done(
    console: Console, town: Town
) -> None:
    sue, gus = await at(console, "sue", Role.SUPERVISOR), await at(console, "gus", Role.SUPERVISOR)
    dan = await at(console, "dan", Role.OFFICER)
    assert "The plan's year" not in (await sue.get("/console")).text
    assert (await sue.get(PAGE)).text.count("Supervisors are told in the next office hours") == 2
    await town.write(come_round, "data_review", 2027)
    for browser in (sue, gus):
        text = (await browser.get("/console")).text
        assert "Look at the figures." in text
        assert "Fri 1 Jan 2027 to Sun 31 Jan 2027" in text
    assert "Look at the figures." not in (await dan.get("/console")).text
    answer = await sue.post(f"{PAGE}/completion", round="data_review:2027")
    assert (answer.status, answer.location) == (303, f"{PAGE}?done=cycle-done")
    text = (await sue.get(answer.location)).text
    assert "It is done for this year." in text
    assert "Look at the figures." not in (await gus.get("/console")).text
    shown = (await dan.get(PAGE)).text
    assert "by Sue, " in shown
    assert await town.how_often(Action.CYCLE_DONE) == 1


async def test_a_task_that_is_over_and_not_done_is_late_and_stays(console: Console, town: Town) -> None:
    await town.write(come_round, "data_review", 2026)
    sue = await at(console, "sue", Role.SUPERVISOR)
    for page in ("/console", PAGE):
        assert ">Late<" in (await sue.get(page)).text, page


async def test_a_mistake_is_taken_back(console: Console, town: Town) -> None:
    sue = await at(console, "sue", Role.SUPERVISOR)
    await town.write(come_round, "action_plan", 2026, await town.staff("Gus", Role.SUPERVISOR))
    text = (await sue.get(PAGE)).text
    assert "by Gus, " in text
    [form] = [one for one in forms_of(text) if one.action == f"{PAGE}/reopening"]
    assert form.fields["round"].offered == ["action_plan:2026"]
    answer = await sue.post(form.action, round="action_plan:2026")
    assert "It is to be done again." in (await sue.get(answer.location)).text
    assert "Agree who does what." in (await sue.get("/console")).text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
async def test_nobody_but_a_supervisor_marks_it(console: Console, town: Town, role: Role) -> None:
    await town.write(come_round, "data_review", 2027)
    browser = await at(console, "dan", role)
    await browser.get(PAGE)
    for deed in ("completion", "reopening"):
        assert (await browser.post(f"{PAGE}/{deed}", round="data_review:2027")).status == 403
    assert await town.how_often(Action.CYCLE_DONE) == 0


@pytest.mark.parametrize("key", ["", "data_review:2027", "sheep:2026", "data_review:x"])
async def test_what_has_not_come_round_is_answered_as_nothing(console: Console, town: Town, key: str) -> None:
    sue = await at(console, "sue", Role.SUPERVISOR)
    answer = await sue.post(f"{PAGE}/completion", round=key)
    assert answer.status == 404
    assert "There is no such task of the plan" in answer.text
