"""Who came to a meeting, at the desk: written down, corrected, counted at the door, seen over the year."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from store.actions import attendance
from store.domain.actor import Channel
from store.domain.meeting import Meeting, MeetingKind
from store.domain.staff import By
from tests.support.console import Answer, Console, Visitor, running_console
from tests.support.meetings import a_meeting, published
from tests.support.page_forms import form_of
from tests.support.triage_factory import Town

SOON = datetime(2026, 11, 23, 10)
YEAR = "/console/meetings/year?from=2026"


@pytest.fixture
async def desk(town: Town) -> AsyncIterator[Console]:
    async with running_console(town, bot="our_bot") as console:
        yield console


@pytest.fixture
async def cleo(desk: Console) -> By:
    return By(await desk.staff("cleo"), Channel.WEB)


@pytest.fixture
async def browser(desk: Console, cleo: By) -> Visitor:
    visitor = desk.visitor()
    await visitor.sign_in(cleo.staff)
    return visitor


def path_of(made: Meeting) -> str:
    return f"/console/meetings/{made.reference}"


async def later(browser: Visitor, town: Town, by: By, minutes: int) -> None:
    """Let time go by; whoever is at the desk signs in again."""
    town.pass_time(minutes=minutes)
    await browser.sign_in(by.staff)


async def record(browser: Visitor, made: Meeting, **typed: str) -> Answer:
    form = form_of((await browser.get(path_of(made))).text, f"{path_of(made)}/turnout")
    return await browser.post(f"{path_of(made)}/turnout", **form | typed)


async def test_who_came_is_written_down_and_corrected(browser: Visitor, town: Town, cleo: By) -> None:
    made = await published(town, cleo, SOON, kind=MeetingKind.HYBRID)
    assert "Record who came" not in (await browser.get(path_of(made))).text
    await later(browser, town, cleo, 60)
    page = (await browser.get(path_of(made))).text
    assert ("Record who came" in page, "Nobody has written down who came." in page) == (True, True)
    answer = await record(browser, made, in_person="18", online="6", partners="The council, Kent Police")
    assert answer.location == f"{path_of(made)}?done=turnout-kept"
    page = (await browser.get(answer.location)).text
    for said in (
        "Who came is written down.",
        "24 people came: 18 in person, 6 online.",
        "Partners: The council, Kent Police",
        "Correct who came",
    ):
        assert said in page
    await record(browser, made, in_person="19")
    page = (await browser.get(path_of(made))).text
    assert "25 people came: 19 in person, 6 online." in page
    assert "In person: 18 → 19" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"in_person": "many"}, "Give a whole number from 0 to 10000."),
        ({"in_person": ""}, "Give a whole number from 0 to 10000."),
        ({"in_person": "10001"}, "Give a whole number from 0 to 10000."),
        ({"in_person": "-1"}, "Give a whole number from 0 to 10000."),
        ({"partners": "x" * 1001}, "at most 1000 characters"),
    ],
)
async def test_what_is_wrong_comes_back_with_what_was_typed(
    browser: Visitor, town: Town, cleo: By, typed: dict[str, str], said: str
) -> None:
    made = await published(town, cleo, SOON)
    await later(browser, town, cleo, 60)
    sent = {"in_person": "18", "online": "6", "partners": "The council"} | typed
    answer = await record(browser, made, **sent)
    assert (answer.status, said in answer.text) == (422, True)
    kept = form_of(answer.text, f"{path_of(made)}/turnout")
    assert kept.items() >= sent.items()
    assert "Nobody has written down who came." in answer.text


async def test_of_a_draft_and_before_the_start_nothing_is_written_down(
    browser: Visitor, town: Town, cleo: By
) -> None:
    made, draft = await published(town, cleo, SOON), await a_meeting(town, cleo, SOON)
    await browser.get(path_of(made))
    for one in (made, draft):
        answer = await browser.post(f"{path_of(one)}/turnout", in_person="1", online="0")
        assert (answer.status, "once it has begun" in answer.text) == (422, True)


async def test_the_poster_for_the_door_is_offered_and_who_checked_in_is_counted_never_named(
    browser: Visitor, town: Town, cleo: By
) -> None:
    made, ada = await published(town, cleo, SOON), await town.resident("Ada Marsh")
    payload = f"here_{made.reference.replace('-', '')}"
    page = (await browser.get(path_of(made))).text
    assert f"python -m bot qr {payload} door-{made.reference}.svg" in page
    assert f"https://t.me/our_bot?start={payload}" in page
    assert "checked in" not in page
    await later(browser, town, cleo, 60)
    await town.write(attendance.come, ada, made.reference, 3)
    await town.write(attendance.arrive, ada, made.reference)
    page = (await browser.get(path_of(made))).text
    assert "3 people are coming." in page
    assert "1 person checked in at the door." in page
    assert ("Ada" in page, ada.id in page) == (False, False)
    assert form_of(page, f"{path_of(made)}/turnout")["in_person"] == "1"
    await later(browser, town, cleo, 90)
    page = (await browser.get(path_of(made))).text
    assert "Poster for the door" not in page
    assert "3 people said so." in page


async def test_an_online_meeting_has_no_door(browser: Visitor, town: Town, cleo: By) -> None:
    made = await published(town, cleo, SOON, kind=MeetingKind.ONLINE, join_link="https://meet.example/1")
    assert "Poster for the door" not in (await browser.get(path_of(made))).text
    await later(browser, town, cleo, 60)
    form = form_of((await browser.get(path_of(made))).text, f"{path_of(made)}/turnout")
    assert (form["in_person"], form["online"]) == ("0", "")


async def test_the_year_says_who_came_and_asks_where_nobody_wrote_it_down(
    browser: Visitor, town: Town, cleo: By
) -> None:
    assert "Who came" not in (await browser.get(YEAR)).text
    told = await published(town, cleo, SOON, title="Told meeting")
    untold = await published(town, cleo, SOON, title="Untold meeting")
    await town.write(attendance.come, await town.resident(), told.reference, 4)
    await later(browser, town, cleo, 60)
    await record(browser, told, in_person="18", online="6")
    await later(browser, town, cleo, 120)
    page = (await browser.get(YEAR)).text
    assert '<span class="tag warn">1</span> held meeting has nothing written down' in page
    assert '<td role="cell" data-label="Had said so">4</td>' in page
    assert '24 <span class="hint">18 in person, 6 online</span>' in page
    assert page.count("Record who came") == 1
    assert f'href="{path_of(untold)}#turnout"' in page
