"""Every form of the console: whoever sends it second is told, keeps what they typed, and can send again."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.web.app import Extras, all_routes
from handlers.web.metrics import Metrics
from store.actions import bulk as actions
from store.actions import case, case_person, hold, message, triage
from store.domain.actor import Channel
from store.domain.bulk import Pick
from store.domain.case import Outcome
from store.domain.case_file import PersonFacts, PersonRole
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from tests.handlers.web.console.test_bulk_and_export import bulk
from tests.support.case_file import a_case
from tests.support.console import Console
from tests.support.page_forms import form_of
from tests.support.triage_factory import Town
from tests.support.two_after_meetings import SCENES as AFTER_MEETINGS
from tests.support.two_at_campaigns import CAMPAIGN
from tests.support.two_at_campaigns import SCENES as AT_CAMPAIGNS
from tests.support.two_at_meetings import MEETING
from tests.support.two_at_meetings import SCENES as AT_MEETINGS
from tests.support.two_at_patterns import SCENES as AT_PATTERNS
from tests.support.two_at_urgent import SCENES as AT_URGENT
from tests.support.two_at_urgent import URGENT
from tests.support.two_writers import BEA, CASE, REPORT, Desk
from tests.support.two_writers import SCENES as AT_THE_DESK

ADDS = {
    "/console/reports/new": "a report of its own",
    f"{REPORT}/note": "a note stands beside all others",
    f"{CASE}/note": "a note stands beside all others",
    f"{CASE}/person": "a person more; the same again is one",
    f"{CASE}/task": "a task more; the same again is one",
    f"{CASE}/link": "a related case more; the same again is one",
    "/console/views": "a view of one's own; its name is used again",
    "/console/meetings/new": "a meeting of its own",
    "/console/campaigns/new": "a campaign of its own",
    "/console/campaigns/recurring/new": "a recurring campaign of its own",
    "/console/campaigns/recurring/draft": "nothing is written",
    "/console/campaigns/recurring/calendar": "recurring campaigns more; the same again is one",
    f"{CAMPAIGN}/test": "it goes to oneself alone",
    "/console/urgent/new": "an alert of its own",
    "/console/urgent/new/draft": "it writes nothing",
    f"{URGENT}/draft": "it writes nothing",
    f"{URGENT}/follow-up": "another alert",
    f"{URGENT}/test": "it goes to oneself alone",
    "/console/meetings/series/new": "a series of its own",
    "/console/meetings/series/draft": "nothing is written",
    f"{MEETING}/draft": "nothing is written",
    f"{MEETING}/copies": "drafts of their own",
    f"{MEETING}/agenda-point": "a point more on the agenda",
    f"{REPORT}/draft": "nothing is written",
    f"{CASE}/draft": "nothing is written",
    "/console/timetable/completion": "done is done: who said so first is kept",
    "/console/timetable/reopening": "to be done again; the same again is one",
    "/console/timetable/run": "a wish; the same again is one",
    "/console/sign-out": "one's own session",
    "/console/sign-out-elsewhere": "one's own sessions",
    "/console/sign-in": "one's own session",
    "/console/sign-in/link": "one's own session",
    "/console/sign-in/code": "one's own session",
}
"""What can overwrite nothing, and so is never refused for what somebody else did; and why."""
SCENES = AT_THE_DESK | AT_MEETINGS | AFTER_MEETINGS | AT_CAMPAIGNS | AT_PATTERNS | AT_URGENT
BULK: dict[str, dict[str, Any]] = {
    "/console/reports/bulk-assignment": {"officer": "me"},
    "/console/cases/bulk-assignment": {"officer": "me"},
    "/console/cases/bulk-state": {"state": "investigating"},
    "/console/cases/bulk-tag": {"tag": "market"},
    "/console/cases/bulk-untag": {"tag": "fair"},
}


@pytest.fixture
async def desk(console: Console, town: Town) -> Desk:
    cleo = await console.staff("cleo", Role.SUPERVISOR, *Restriction)
    dan = await console.staff("dan", Role.OFFICER, *Restriction)
    browser = console.visitor()
    await browser.sign_in(cleo)
    return Desk(town, browser, By(cleo, Channel.WEB), By(dan, Channel.WEB))


def test_every_write_of_the_console_is_known_to_add_or_to_be_checked(town: Town) -> None:
    routes = all_routes(town.store, Metrics(()), Extras())
    writes = {route.path for route in routes if route.method == "POST" and "/console" in route.path}
    assert writes == ADDS.keys() | SCENES.keys() | BULK.keys()


async def test_the_second_writer_sees_what_changed_keeps_what_was_typed_and_can_send_again(
    desk: Desk,
) -> None:
    for route, made in SCENES.items():
        scene = await made(desk)
        view = scene.holding.get("id", "")
        base = f"{scene.page}/{view}" if view else scene.page
        action = f"{base.removesuffix('/agenda')}/{route.rpartition('/')[2]}"
        holding = {} if view else scene.holding
        form = form_of((await desk.browser.get(scene.page + scene.shown_on)).text, action, **holding)
        desk.town.pass_time(minutes=1)
        await scene.meanwhile()
        sent = form | scene.typed | scene.chosen()
        refused = await desk.browser.post(action, **sent)
        assert (refused.status, " changed this" in refused.text) == (409, True), route
        changes = refused.text.partition('id="changes-title"')[2].partition("</section>")[0]
        assert scene.told in changes, route
        kept = form_of(refused.text, action, **holding, **scene.typed)
        assert kept["version"] != sent["version"], route
        again = await desk.browser.post(action, **kept | scene.chosen())
        assert (again.status, "done=" in again.location or "about=" in again.location) == (303, True), route


async def test_of_several_at_once_those_that_changed_can_be_sent_again(desk: Desk) -> None:
    for route, form in BULK.items():
        if "/reports/" in route:
            ada = await desk.town.resident()
            reference = await desk.town.report(ada)
            await desk.town.write(message.add, ada, reference, "Again today")
        else:
            reference = await a_case(desk.town, desk.dan)
            if "untag" in route:
                await desk.town.write(actions.tagging(form["tag"], on=True), desk.dan, Pick(reference, None))
            await desk.town.write(hold.hold, desk.dan, reference, "The court asks")
        refused = await bulk(desk.browser, route, [f"{reference}:1"], **form)
        assert "Not done: 1" in refused.text, route
        assert " changed this" in refused.text, route
        kept = form_of(refused.text, route, **form)
        again = await desk.browser.post(route, **kept)
        assert "Done: 1 of 1" in again.text, route


async def test_what_only_adds_is_never_refused_for_what_somebody_else_did(desk: Desk) -> None:
    scene = await desk.of_case()
    other = await a_case(desk.town, desk.dan)
    page = (await desk.browser.get(scene.page)).text
    await scene.meanwhile()
    for deed, typed in (
        ("note", {"text": "Rang Bea"}),
        ("person", {"role": "witness", "name": "Bea"}),
        ("task", {"text": "Ring Bea"}),
        ("link", {"other": other}),
    ):
        form = form_of(page, f"{scene.page}/{deed}") | typed
        assert (await desk.browser.post(f"{scene.page}/{deed}", **form)).status == 303, deed


async def test_a_refused_form_is_told_of_a_change_though_it_was_wrong_first(desk: Desk) -> None:
    scene = await desk.of_case(words="All is quiet")
    action = f"{scene.page}/closure"
    form = form_of((await desk.browser.get(scene.page)).text, action) | scene.typed
    desk.town.pass_time(minutes=1)
    await scene.meanwhile()
    wrong = await desk.browser.post(action, **form)
    assert (wrong.status, "Choose how the case ended." in wrong.text) == (422, True)
    kept = form_of(wrong.text, action) | {"outcome": "resolved"}
    told = await desk.browser.post(action, **kept)
    assert (told.status, "Legal hold set" in told.text) == (409, True)
    again = await desk.browser.post(action, **form_of(told.text, action))
    assert again.status == 303


async def test_words_are_kept_where_the_first_writer_ended_it(desk: Desk) -> None:
    report, reference = await desk.town.report(), await a_case(desk.town, desk.dan)
    person = await desk.town.write(case_person.add, desk.dan, reference, BEA)
    page = (await desk.browser.get(f"/console/reports/{report}")).text
    of_case = (await desk.browser.get(f"/console/cases/{reference}")).text
    await desk.town.write(case_person.take_off, desk.dan, reference, person)
    await desk.town.write(case.close, desk.dan, reference, Outcome.RESOLVED, "All quiet.")
    await desk.town.write(triage.open_case, desk.dan, report)
    for text, action, typed in (
        (page, f"/console/reports/{report}/rejection", {"reason": "duplicate", "words": "We know"}),
        (page, f"/console/reports/{report}/signposting", {"reason": "other_service", "words": "Ask"}),
        (page, f"/console/reports/{report}/case-addition", {"other": reference}),
        (of_case, f"/console/cases/{reference}/closure", {"outcome": "warning_given", "words": "Warned"}),
        (of_case, f"/console/cases/{reference}/merge", {"into": reference}),
    ):
        answer = await desk.browser.post(action, **form_of(text, action) | typed)
        assert answer.status == 409, action
        assert form_of(answer.text, action).items() >= typed.items(), action
    action = f"/console/cases/{reference}/person-change"
    form = form_of(of_case, action, person=person) | {"note": "Ring her at noon"}
    answer = await desk.browser.post(action, **form)
    assert (answer.status, "Person taken off the case" in answer.text) == (409, True)
    added = form_of(answer.text, f"/console/cases/{reference}/person")
    assert (added["name"], added["note"]) == ("Bea", "Ring her at noon")


async def test_a_change_of_a_person_says_what_was_there_before(desk: Desk) -> None:
    reference = await a_case(desk.town, desk.dan)
    person = await desk.town.write(case_person.add, desk.dan, reference, BEA)
    facts = PersonFacts(PersonRole.WITNESS, "Bea", "01843 000000", "Deaf", "Not at work", under_18=True)
    for _tap in range(2):
        await desk.town.write(case_person.change, desk.cleo, reference, person, facts, 1)
    assert await desk.town.how_often(Action.PERSON_CHANGED) == 1
    before = desk.town.last(Action.PERSON_CHANGED)["person_before"]
    assert before == {
        "role": "witness",
        "name": "Bea",
        "contact": "01843 000000",
        "note": None,
        "warning": None,
        "under_18": False,
    }
