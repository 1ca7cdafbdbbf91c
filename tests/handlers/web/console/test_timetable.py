"""The timetable in the console: what ran, what came of it, what is next; and run now, for administrators."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notifications.clockwork import Clockwork
from notifications.timetable import TIMETABLE
from store.actions import campaign_trouble, job
from store.domain.event import Action
from store.domain.job import Run
from store.domain.staff import Role
from store.queries import campaigns, jobs
from tests.support.campaigns import a_draft
from tests.support.console import Console, Visitor
from tests.support.page_forms import forms_of
from tests.support.triage_factory import Town

PATH = "/console/timetable"
FORGET = "delete-what-is-past-its-time"
SEND = "send-campaigns-that-are-due"
REMIND = "remind-people-of-meetings"


async def at(console: Console, role: Role) -> Visitor:
    browser = console.visitor()
    await browser.sign_in(await console.staff("ann", role))
    return browser


async def test_the_page_says_what_ran_what_came_of_it_and_what_is_next(console: Console, town: Town) -> None:
    ann = await at(console, Role.ADMINISTRATOR)
    fresh = (await ann.get(PATH)).text
    assert fresh.count("Not yet") == len(TIMETABLE)
    assert "24 November 2026, 3:40am" in fresh
    began = town.clock.now()
    await town.write(job.finish, REMIND, Run(began, 3_200, "3 reminders queued"))
    await town.write(job.finish, FORGET, Run(began, 40, error="OSError"))
    town.pass_time(minutes=5)
    await town.write(job.finish, REMIND, Run(began + timedelta(minutes=5), 20))
    text = (await ann.get(PATH)).text
    for shown in (
        "nothing to do",
        "Before: 3 reminders queued",
        "Failed",
        "OSError",
        "took less than a second",
    ):
        assert shown in text, shown
    assert "Every day at 3:40am" in text


async def test_what_makes_a_run_fail_is_named_with_where_to_look_at_it(console: Console, town: Town) -> None:
    sam = await town.staff("Sam")
    broken = await a_draft(town, sam, title="Broken")
    [known] = await town.read(campaigns.listing, sam.staff)
    await town.write(campaign_trouble.note, [known.id])
    officer = await at(console, Role.OFFICER)
    assert "Broken" not in (await officer.get(PATH)).text
    await town.write(job.finish, SEND, Run(town.clock.now(), 40, error="Unreadable"))
    linked = f'Campaign <a href="/console/campaigns/{broken}">Broken</a> ({broken})'
    assert linked in (await officer.get(PATH)).text


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR])
async def test_whoever_opens_no_records_reads_only_what_it_is_that_fails(
    console: Console, town: Town, role: Role
) -> None:
    broken = await a_draft(town, await town.staff("Sam"), title="Broken")
    [known] = await town.read(campaigns.listing, (await town.staff("Sue")).staff)
    await town.write(campaign_trouble.note, [known.id])
    await town.write(job.finish, SEND, Run(town.clock.now(), 40, error="Unreadable"))
    text = (await (await at(console, role)).get(PATH)).text
    assert "<li>Campaign</li>" in text
    assert not [told for told in ("Broken", broken, known.id) if told in text]


async def test_a_missed_run_is_said_to_be_next_at_once(console: Console, town: Town) -> None:
    await town.write(job.learn, [FORGET])
    town.pass_time(days=2)
    browser = await at(console, Role.OFFICER)
    assert (await town.read(jobs.standing))[FORGET].last is None
    assert "25 November 2026, 9:" in (await browser.get(PATH)).text


async def test_run_now_is_done_by_whoever_has_the_scheduler_and_is_recorded(
    console: Console, town: Town
) -> None:
    ann = await at(console, Role.ADMINISTRATOR)
    await ann.get(PATH)
    for _tap in range(2):
        answer = await ann.post(f"{PATH}/run", job=FORGET)
        assert (answer.status, answer.location) == (303, f"{PATH}?done=job-asked")
    text = (await ann.get(f"{PATH}?done=job-asked")).text
    assert "It begins within seconds." in text
    assert "Asked for by Ann" in text
    assert await town.how_often(Action.JOB_ASKED) == 1
    await Clockwork(town.store, "https://safety.example").look()
    text = (await ann.get(PATH)).text
    assert "Asked for by" not in text
    assert text.count("Not yet") == len(TIMETABLE) - 1


async def test_an_administrator_sees_at_the_start_what_fails_until_it_works_again(
    console: Console, town: Town
) -> None:
    ann, analyst = await at(console, Role.ADMINISTRATOR), console.visitor()
    await analyst.sign_in(await console.staff("nora", Role.ANALYST))
    await town.write(job.finish, FORGET, Run(town.clock.now(), 40, error="OSError"))
    said = "This fails: delete what is past its time."
    assert said in (await ann.get("/console")).text
    assert said not in (await analyst.get("/console")).text
    await town.write(job.finish, FORGET, Run(town.clock.now(), 40))
    assert "This fails" not in (await ann.get("/console")).text


@pytest.mark.parametrize("name", ["", "drop everything"])
async def test_only_what_the_timetable_holds_is_run(console: Console, town: Town, name: str) -> None:
    ann = await at(console, Role.ADMINISTRATOR)
    await ann.get(PATH)
    assert (await ann.post(f"{PATH}/run", job=name)).status == 404
    assert await town.read(jobs.standing) == {}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR, Role.ANALYST])
async def test_others_read_it_and_run_nothing(console: Console, town: Town, role: Role) -> None:
    browser = await at(console, role)
    assert not any(form.action.startswith(PATH) for form in forms_of((await browser.get(PATH)).text))
    assert (await browser.post(f"{PATH}/run", job=FORGET)).status == 403
    assert await town.read(jobs.standing) == {}


async def test_it_is_found_from_where_each_looks(console: Console) -> None:
    for role, page in (
        (Role.ADMINISTRATOR, "/console"),
        (Role.ANALYST, "/console"),
        (Role.OFFICER, "/console/system"),
    ):
        browser = console.visitor()
        await browser.sign_in(await console.staff(role.value, role))
        assert f'href="{PATH}"' in (await browser.get(page)).text, role
