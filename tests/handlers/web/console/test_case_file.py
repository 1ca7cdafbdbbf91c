from __future__ import annotations

import re
from typing import Any

import pytest

from store.actions import case_person, staff
from store.actions.restriction import restrict_case, restrict_report
from store.domain.actor import SYSTEM, Channel
from store.domain.case_file import PersonFacts, PersonRole
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from tests.handlers.web.console.test_cases import CASES, a_case, at_work
from tests.support.case_file import another_report
from tests.support.console import Console
from tests.support.triage_factory import Town

HATE, SAFEGUARDING = Restriction.HATE, Restriction.SAFEGUARDING


async def test_a_task_that_nobody_has_who_may_open_the_case_says_so(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    path, dan = f"{CASES}/{await a_case(town, cleo)}", await console.staff("dan")
    await browser.get(path)
    await browser.post(f"{path}/task", text="Ring the landlord", assignee=dan.id)
    said = "Nobody who may open this case has it"
    assert said not in (await browser.get(path)).text
    await town.write(staff.disable, SYSTEM, dan.id)
    assert said in (await browser.get(path)).text


async def test_a_report_warns_of_people_of_its_case_to_whoever_may_open_that(
    console: Console, town: Town
) -> None:
    hal = By(await console.staff("hal", Role.OFFICER, HATE, SAFEGUARDING), Channel.WEB)
    case = await a_case(town, hal.staff)
    told = await another_report(town, hal, case)
    await town.write(restrict_report, hal, told, SAFEGUARDING, "A child lives there")
    await town.write(restrict_case, hal, case, HATE, "Slurs")
    facts = PersonFacts(PersonRole.REPORTER, "Bea", warning="Not at work")
    await town.write(case_person.add, hal, case, facts)
    for name, grants, warned in (("ida", (HATE, SAFEGUARDING), True), ("ned", (SAFEGUARDING,), False)):
        browser = console.visitor()
        await browser.sign_in(await console.staff(name, Role.OFFICER, *grants))
        page = await browser.get(f"/console/reports/{told}")
        assert page.status == 200
        assert ("Contact warning, Bea:</strong> Not at work" in page.text) is warned


async def test_people_tasks_and_links_are_worked_from_the_page(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    other = await a_case(town, cleo)
    path = f"{CASES}/{await a_case(town, cleo)}"
    await browser.get(path)
    steps: tuple[tuple[str, dict[str, Any], str], ...] = (
        (
            "person",
            {"role": "victim", "name": "Bea", "warning": "Not at work", "under_18": "1"},
            "person-added",
        ),
        ("task", {"text": "Ring the landlord", "due": "2020-01-01"}, "task-set"),
        ("review", {"day": "2027-01-04", "version": "1"}, "review-set"),
        ("link", {"other": other.lower()}, "linked"),
    )
    for deed, form, done in steps:
        assert (await browser.post(f"{path}/{deed}", **form)).location == f"{path}?done={done}", deed
    text = (await browser.get(path)).text
    for shown in (
        "Contact warning, Bea:</strong> Not at work",
        "Under 18",
        "Late",
        "Mon 4 Jan 2027",
        other,
    ):
        assert shown in text, shown
    assert "1 task is not done: Ring the landlord (Cleo)." in text
    assert "The review on Mon 4 Jan 2027 will not come up once the case is closed." in text
    desk = (await browser.get("/console")).text
    assert "Ring the landlord" in desk
    person, task = (re.search(rf'name="{name}" value="(\w+)"', text)[1] for name in ("person", "task"))  # type: ignore[index]
    more: tuple[tuple[str, dict[str, Any]], ...] = (
        ("person-change", {"person": person, "role": "witness", "name": "Bea B"}),
        ("task-completion", {"task": task}),
        ("task-reopening", {"task": task}),
        ("person-removal", {"person": person}),
        ("unlinking", {"other": other}),
    )
    for deed, form in more:
        assert (await browser.post(f"{path}/{deed}", **form)).status == 303, deed
    assert await town.how_often(Action.PERSON_TAKEN_OFF) == 1


@pytest.mark.parametrize(
    ("deed", "form", "said"),
    [
        ("person", {"name": "Bea"}, "Choose what the person is to this case."),
        ("person", {"role": "victim"}, "Write a name, or how they are known."),
        ("person-removal", {"person": "x"}, "There is no such person in this case."),
        ("task", {"text": ""}, "Write what is to be done."),
        ("task", {"text": "Ring", "due": "soon"}, "Give the day as a date"),
        ("task-completion", {"task": "x"}, "There is no such task in this case."),
        ("link", {"other": ""}, "Choose a case, or type its reference."),
    ],
)
async def test_a_mistake_in_the_case_file_is_named(
    console: Console, town: Town, deed: str, form: dict[str, Any], said: str
) -> None:
    browser, cleo = await at_work(console)
    path = f"{CASES}/{await a_case(town, cleo)}"
    await browser.get(path)
    answer = await browser.post(f"{path}/{deed}", **form)
    assert answer.status in {404, 422}
    assert said in answer.text
