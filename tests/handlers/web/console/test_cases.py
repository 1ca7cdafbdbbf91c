from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from store.actions import case as case_actions
from store.actions import triage
from store.domain.actor import Channel
from store.domain.case import CaseState
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.staff import By, Role, Staff
from tests.support.case_file import another_report
from tests.support.console import Console, Visitor
from tests.support.triage_factory import Town, counted

CASES = "/console/cases"


async def at_work(console: Console, name: str = "cleo", role: Role = Role.OFFICER) -> tuple[Visitor, Staff]:
    member = await console.staff(name, role)
    browser = console.visitor()
    await browser.sign_in(member)
    return browser, member


async def a_case(town: Town, member: Staff, **answers: Any) -> str:
    reference = await town.report(**answers)
    return (await town.write(triage.open_case, By(member, Channel.WEB), reference)).reference


async def test_a_case_shows_its_reports_messages_and_story(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    reference = await a_case(town, cleo, what="Shouting at night")
    page = await browser.get(f"{CASES}/{reference}")
    for shown in (reference, "Shouting at night", "Case opened", "Report received", "Ask or reply", "Ada"):
        assert shown in page.text
    assert await town.how_often(Action.CASE_VIEWED) == 1
    assert (await browser.get(f"{CASES}/K7M-4XQ-9PC")).status == 404


async def test_cases_are_listed_by_state_and_by_whose_they_are(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    dan = await console.staff("dan")
    mine, other = await a_case(town, cleo), await a_case(town, dan)
    await town.write(case_actions.move, By(dan, Channel.WEB), other, CaseState.INVESTIGATING)
    for view, shown in (("", {mine, other}), ("mine", {mine}), ("investigating", {other}), ("closed", set())):
        text = (await browser.get(f"{CASES}?view={view}")).text
        assert {reference for reference in (mine, other) if reference in text} == shown, view


async def test_a_note_that_names_somebody_in_vain_is_kept_and_says_so(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    await console.staff("ann", Role.ANALYST)
    await console.staff("dan")
    reference = await town.report()
    case = await town.write(triage.open_case, By(cleo, Channel.WEB), await town.report())
    for path in (f"/console/reports/{reference}", f"{CASES}/{case.reference}"):
        answer = await browser.post(f"{path}/note", text="@nobody @ann @dan: bins <again>")
        text = unescape((await browser.get(answer.location)).text)
        assert "@nobody was not told: there is no such account." in text
        assert "@ann was not told: it is not open to them." in text
        assert "@dan was not" not in text
        assert "bins <again>" in text
    typed = await browser.get(f"{path}?done=noted&unknown=<b>ring</b>+01843+@x&closed=&seen=1")
    assert "01843" not in typed.text
    assert "@x was not told" in typed.text


async def test_a_case_moves_closes_and_opens_again(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    path = f"{CASES}/{await a_case(town, cleo)}"
    await browser.get(path)
    steps: tuple[tuple[str, dict[str, Any], str], ...] = (
        ("state", {"state": "investigating", "version": "1"}, "state-changed"),
        ("note", {"text": "The landlord was told."}, "noted"),
        ("closure", {"outcome": "warning_given", "words": "A warning was given."}, "case-closed"),
        ("reopening", {"reason": "It began again."}, "case-reopened"),
    )
    for deed, form, done in steps:
        assert (await browser.post(f"{path}/{deed}", **form)).location == f"{path}?done={done}"
    text = (await browser.get(f"{path}?done=case-reopened")).text
    for shown in ("The case is open again.", "Reopened", "A warning was given.", "The landlord was told."):
        assert shown in text


@pytest.mark.parametrize(
    ("deed", "form", "said"),
    [
        ("state", {}, "Choose where the case goes."),
        ("state", {"state": "monitoring"}, "A case cannot go there from where it is now."),
        ("closure", {"words": "kept words"}, "Choose how the case ended."),
        ("closure", {"outcome": "resolved"}, "Write what the people who reported it should be told."),
        ("note", {"text": ""}, "Write something first."),
    ],
)
async def test_a_mistake_is_named_beside_the_form_and_nothing_typed_is_lost(
    console: Console, town: Town, deed: str, form: dict[str, Any], said: str
) -> None:
    browser, cleo = await at_work(console)
    path = f"{CASES}/{await a_case(town, cleo)}"
    await browser.get(path)
    answer = await browser.post(f"{path}/{deed}", **form)
    assert answer.status == 422
    assert answer.text.count(said) == 2
    assert form.get("words", "") in answer.text
    assert ('<option value="resolved" selected>' in answer.text) is (form.get("outcome") == "resolved")


async def test_a_second_writer_is_told_and_nothing_is_lost(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    reference = await a_case(town, cleo)
    sue = await console.staff("sue", Role.SUPERVISOR)
    await browser.get(f"{CASES}/{reference}")
    town.pass_time(minutes=1)
    await town.write(case_actions.take, By(sue, Channel.WEB), reference)
    answer = await browser.post(
        f"{CASES}/{reference}/closure", version="1", outcome="resolved", words="All is quiet now."
    )
    assert answer.status == 409
    assert "Sue changed this case" in answer.text
    assert "All is quiet now.</textarea>" in answer.text
    assert "What changed since you opened this page" in answer.text
    assert (
        "<strong>Case taken</strong> by Sue"
        in answer.text.partition("changes-title")[2].partition("</section>")[0]
    )
    assert await town.how_often(Action.CASE_CLOSED) == 0


async def test_a_case_of_a_colleague_is_taken_by_a_supervisor_only(console: Console, town: Town) -> None:
    browser, _dan = await at_work(console, "dan")
    boss, _sue = await at_work(console, "sue", Role.SUPERVISOR)
    path = f"{CASES}/{await a_case(town, await console.staff('cleo'))}"
    for visitor, status in ((browser, 403), (boss, 303)):
        await visitor.get(path)
        assert (await visitor.post(f"{path}/taking")).status == status


async def test_a_restricted_case_is_not_there_for_others(console: Console, town: Town) -> None:
    browser, _cleo = await at_work(console)
    granted = await console.staff("hana", Role.OFFICER, Restriction.HATE)
    reference = await a_case(town, granted, category="street.hate")
    assert (await browser.get(f"{CASES}/{reference}")).status == 404
    assert (await browser.post(f"{CASES}/{reference}/note", text="x")).status == 404
    assert reference not in (await browser.get(CASES)).text


async def test_pages_ask_the_database_a_known_number_of_times(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    reference = await a_case(town, cleo)
    await browser.get(CASES)
    with counted() as sent:
        await browser.get(CASES)
    assert len(sent) == 3, sent
    with counted() as sent:
        await browser.get(f"{CASES}/{reference}")
    assert len(sent) <= 16, sent


async def test_reporters_are_written_to_from_the_case(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    by = By(cleo, Channel.WEB)
    reference = await a_case(town, cleo)
    page = (await browser.get(f"{CASES}/{reference}")).text
    assert "Everybody who can be written to" not in page
    second = await another_report(town, by, reference)
    page = (await browser.get(f"{CASES}/{reference}")).text
    assert "Everybody who can be written to (2)" in page
    answer = await browser.post(f"{CASES}/{reference}/reply", text="We met the landlord.")
    assert answer.status == 422
    assert "Choose to whom it goes." in answer.text
    assert "We met the landlord." in answer.text
    answer = await browser.post(f"{CASES}/{reference}/reply", report="everybody", text="We met the landlord.")
    assert answer.location == f"{CASES}/{reference}?done=replied"
    assert await town.how_often(Action.REPLY_SENT) == 2
    answer = await browser.post(f"{CASES}/{reference}/question", report=second, text="Which nights?")
    assert answer.location == f"{CASES}/{reference}?done=question-sent"
    assert "Waiting for the reporter" in (await browser.get(answer.location)).text


async def test_cases_like_it_are_one_link_away(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    one, alike = await a_case(town, cleo), await a_case(town, cleo)
    other = await a_case(town, cleo, category="street.threats")
    page = (await browser.get(f"{CASES}/{one}")).text
    link = unescape(page.split("Look for cases like it")[0].rsplit('href="', 1)[1].split('"')[0])
    found = (await browser.get(link)).text
    assert alike in found
    assert other not in found


async def test_the_story_is_read_in_parts(console: Console, town: Town) -> None:
    browser, cleo = await at_work(console)
    reference = await a_case(town, cleo)
    await browser.post(f"{CASES}/{reference}/note", text="Phoned the school")

    async def story(only: str) -> str:
        page = await browser.get(f"{CASES}/{reference}?only={only}")
        return page.text.split('id="timeline-title"')[1]

    assert "Note added" in await story("words")
    assert "Case opened" not in await story("words")
    assert "Nothing of this kind yet." in await story("people")
    for every in ("", "nonsense"):
        assert "Note added" in await story(every)
        assert "Case opened" in await story(every)
