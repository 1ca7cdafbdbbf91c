"""Alerts in the console: only for those granted the kind, every look recorded, one answer away."""

from __future__ import annotations

from store.actions import alert, resident
from store.domain.alert import AlertKind
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.staff import Role
from tests.support.console import Console, Visitor
from tests.support.triage_factory import Town

WORDS = "i do not want to be here any more"


async def guardian(console: Console, *grants: Restriction) -> Visitor:
    browser = console.visitor()
    await browser.sign_in(await console.staff("guardian", Role.SUPERVISOR, *grants))
    return browser


async def raised(town: Town, kind: AlertKind = AlertKind.SUICIDE_SELFHARM) -> str:
    ada = await town.resident("Ada")
    return await town.write(alert.raise_alert, ada, kind, WORDS)


async def test_an_alert_is_listed_opened_and_ended(console: Console, town: Town) -> None:
    path = f"/console/alerts/{await raised(town)}"
    browser = await guardian(console, Restriction.SAFEGUARDING)
    assert path in (await browser.get("/console/alerts")).text
    assert WORDS in (await browser.get(path)).text
    assert await town.how_often(Action.ALERT_OPENED) == 1
    done = await browser.post(f"{path}/end", note="Rang: safe with her sister.")
    assert (done.status, done.location) == (303, f"{path}?done=alert-done")
    assert "Rang: safe" in (await browser.get(path)).text
    await browser.post(f"{path}/end", note="again")
    assert await town.how_often(Action.ALERT_DONE) == 1


async def test_an_answer_is_written_to_the_person(console: Console, town: Town) -> None:
    path = f"/console/alerts/{await raised(town)}"
    browser = await guardian(console, Restriction.SAFEGUARDING)
    empty = await browser.post(f"{path}/answer", text=" ")
    assert (empty.status, "Write something first" in empty.text) == (422, True)
    sent = await browser.post(f"{path}/answer", text="Can we ring you?")
    assert sent.location == f"{path}?done=alert-answered"
    assert await town.how_often(Action.ALERT_ANSWERED) == 1


async def test_who_must_not_be_written_to_is_not(console: Console, town: Town) -> None:
    ada = await town.resident("Ada")
    alert_id = await town.write(alert.raise_alert, ada, AlertKind.SUICIDE_SELFHARM, WORDS)
    await town.write(resident.set_do_not_contact, ada, True)
    browser = await guardian(console, Restriction.SAFEGUARDING)
    page = await browser.get(f"/console/alerts/{alert_id}")
    assert "Do not contact" in page.text
    refused = await browser.post(f"/console/alerts/{alert_id}/answer", text="Hello")
    assert "must not be written to" in refused.text


async def test_each_kind_opens_to_those_granted_it_alone(console: Console, town: Town) -> None:
    risk, threat = await raised(town), await raised(town, AlertKind.STAFF_THREAT)
    browser = await guardian(console, Restriction.STAFF_THREAT)
    assert (await browser.get(f"/console/alerts/{risk}")).status == 404
    assert (await browser.post(f"/console/alerts/{risk}/end", note="x")).status == 404
    assert (await browser.get(f"/console/alerts/{threat}")).status == 200


async def test_without_a_grant_the_list_says_so(console: Console, town: Town) -> None:
    await raised(town)
    browser = await guardian(console)
    assert "granted no kind of alert" in (await browser.get("/console/alerts")).text
