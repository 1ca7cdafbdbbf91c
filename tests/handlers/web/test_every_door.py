"""Every route with every role and with somebody else's identifiers: each gets what is theirs and no more.

Paths and the fields of forms are filled in alike: with what the walker may open, and with what is
restricted, private, unknown, of another kind or of another record. Where the walk does not know a
field or finds no form, it says so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web

from handlers.web import console as pages
from handlers.web.guards import Route, Signed
from handlers.web.visit import Visit
from notifications.outbox import Outbox
from store.actions import staff
from store.domain.actor import Channel
from store.domain.clock import FixedClock
from store.domain.reference import Restriction
from store.domain.staff import By, Role, Staff
from store.engine import Session, open_store
from tests.support import whole
from tests.support.console import Answer, Console, Visitor, running_console
from tests.support.databases import Databases
from tests.support.triage_factory import MORNING, PROFILE, Town
from tests.support.walk import (
    BYSTANDERS,
    NOT_ASKED,
    QUERIES,
    Noted,
    Walk,
    kind_in,
    kind_of,
    of_staff,
    path_of,
)
from tests.support.walk_town import WALKERS_GRANT, Kind, Why, settle

ACCESS = Path(__file__).parents[3] / "docs" / "access.md"
STAFF_GROUP = -100200300
BYTES = ("/copy", "/original", "/agenda-file", "/minutes-file", "/file")
"""They give a file that no store holds here, or a paper that is not attached."""
WORKERS = (Role.OFFICER, Role.SUPERVISOR)
OTHERS = [role for role in Role if role not in WORKERS]
DATABASES = {"sqlite": "sqlite_databases", "postgresql": "postgres_databases"}
BY_A_SUPERVISOR = pytest.mark.parametrize(
    "walk", [(kind, Role.SUPERVISOR) for kind in DATABASES], indirect=True, scope="module"
)
CAMPAIGN, URGENT = "/console/campaigns/{reference}", "/console/urgent/{reference}"
PATTERN = "/console/campaigns/recurring/{reference}"
FOR_SUPERVISORS = frozenset(
    {
        "/console/cases/{reference}/hold-lifting",
        *(f"{path}/{deed}" for path in (CAMPAIGN, URGENT) for deed in ("approval", "return")),
        f"{PATTERN}/approval",
        "/console/campaigns/recurring/calendar",
    }
)
"""Deeds whose form an officer is not shown."""
EMPTY = {"/console/timetable/run": 404}
"""What an empty form is answered where it names nothing."""
OPEN_TO_ALL = frozenset({Kind.VIEW, Kind.MEETING, Kind.CAMPAIGN, Kind.PATTERN, Kind.URGENT})
"""Of these none is restricted."""
REFUSED = {Why.ELSEWHERE: {404, 422}, Why.NOT_FOR_THEM: {403, 422}, Why.CLOSED: {403, 422}}
"""How it is refused where that is not as if there were nothing (404)."""
BULK = "/bulk-"
"""Such a deed says of each record whether it was done (200)."""


@pytest.fixture(scope="module", params=[(kind, role) for kind in DATABASES for role in WORKERS])
async def walk(request: pytest.FixtureRequest) -> AsyncIterator[Walk]:
    """Somebody in a town where much is theirs and much is not, after a look around.

    The tests share it: what they change they put back.
    """
    kind, role = request.param
    databases: Databases = request.getfixturevalue(DATABASES[kind])
    url, clock = await databases.migrated(), FixedClock(MORNING)
    read: dict[Route, set[str]] = defaultdict(set)
    async with open_store(url, clock) as store:
        store.before_commit = Outbox(STAFF_GROUP, "https://safety.example", lambda: PROFILE).publish
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pages, "ROUTES", tuple(noting(route, read) for route in pages.ROUTES))
            async with running_console(Town(store, clock)) as console:
                yield await setting_out(console, role, read)
    await databases.drop(url)


def is_for(role: Role, route: Route) -> bool:
    """Tell whether this role is shown the form of a route."""
    assert isinstance(route.who, Signed)
    return role in route.who.roles and not (route.path in FOR_SUPERVISORS and role is Role.OFFICER)


def noting(route: Route, read: dict[Route, set[str]]) -> Route:
    """Return the route with a handler that notes which fields it reads, shown in a form or not."""

    async def answer(visit: Visit) -> web.StreamResponse:
        visit.form = Noted(visit.form, read[noted])
        return await route.handler(visit)

    noted = replace(route, handler=answer)
    return noted


async def setting_out(console: Console, role: Role, read: dict[Route, set[str]]) -> Walk:
    browser, me = await entered(console, "somebody", role, WALKERS_GRANT)
    hal = await console.staff("hal", Role.SUPERVISOR, *Restriction)
    await console.town.write(_link, me)
    known = await settle(console.town, By(me, Channel.WEB), By(hal, Channel.WEB))
    theirs = [
        route for route in of_staff(console) if isinstance(route.who, Signed) and role in route.who.roles
    ]
    routes = [route for route in theirs if not route.path.endswith(BYTES)]
    walk = Walk(console, me, browser, known, routes, read)
    await walk.look_around()
    return walk


def _link(session: Session, member: Staff) -> None:
    """Let them have a chat, so that something can be sent there."""
    staff.link(session, staff.start_link(session, member.id), 4_711)


async def entered(console: Console, name: str, role: Role, *grants: Restriction) -> tuple[Visitor, Staff]:
    member = await console.staff(name, role, *grants)
    browser = console.visitor()
    await browser.sign_in(member)
    return browser, member


def test_no_page_tells_of_what_is_not_open_to_its_reader(walk: Walk) -> None:
    for path, answer in walk.seen:
        assert answer.status in {200, 303}, (path, answer.status)
        assert walk.told_of(answer) == [], path


async def test_every_form_does_its_deed_with_what_is_ones_own(walk: Walk) -> None:
    before = await whole.rows(walk.town, *BYSTANDERS)
    for route in walk.posts():
        if not is_for(walk.me.role, route):
            continue
        assert route in walk.forms, f"no page of the walk's town shows the form of POST {route.path}"
        answer = await walk.browser.post(walk.forms[route].action, **walk.filled(route))
        done = whole.changed(before, await whole.rows(walk.town, *BYSTANDERS))
        assert done, (route.path, walk.filled(route), answer.text)
        assert answer.status == (200 if BULK in route.path else 303), (route.path, answer.status)
        assert answer.location == "" or (await walk.browser.get(answer.location)).status == 200, route.path
        await whole.put_back(walk.town, before, done)
        for name in walk.read[route]:
            kind_of(route, name)
            assert (route.path, name) not in NOT_ASKED, f"POST {route.path} does ask for {name!r}"


async def test_a_form_about_what_is_not_theirs_is_refused_and_changes_nothing(walk: Walk) -> None:
    before = await whole.rows(walk.town, *BYSTANDERS)
    for route, form in walk.forms.items():
        answers: dict[str, dict[Why, tuple[str, Answer]]] = defaultdict(dict)
        for name, why, value, sent in walk.astray(route):
            where, event_id = (route.path, name, why), await whole.last_event(walk.town)
            answer = await walk.browser.post(form.action, **sent)
            assert answer.status in ({200} if BULK in route.path else REFUSED.get(why, {404})), where
            assert walk.told_of(answer, value) == [], where
            await walk.left_alone(before, event_id, where)
            answers[name][why] = (value, answer)
        for name, each in answers.items():
            assert answered_alike(each), (route.path, name)


async def test_an_address_of_what_is_not_theirs_is_one_of_nothing(walk: Walk) -> None:
    before = await whole.rows(walk.town, *BYSTANDERS)
    for route in walk.routes:
        kind = kind_in(route)
        answers: dict[Why, tuple[str, Answer]] = {}
        for why, value in walk.known.foreign[kind].items() if kind else ():
            if why is not Why.ELSEWHERE:
                where, event_id = (route.method, route.path, why), await whole.last_event(walk.town)
                answer = await knock(walk, walk.browser, route, path_of(route, value))
                assert answer.status == 404, where
                await walk.left_alone(before, event_id, where)
                answers[why] = (value, answer)
        assert answered_alike(answers), route.path


def answered_alike(answers: dict[Why, tuple[str, Answer]]) -> bool:
    """Tell whether what is not theirs is answered as what is not there."""
    texts = {why: answer.text.replace(value, "…") for why, (value, answer) in answers.items()}
    return all(texts[why] == texts[Why.UNKNOWN] for why in (Why.RESTRICTED, Why.PRIVATE) if why in texts)


async def knock(walk: Walk, browser: Visitor, route: Route, path: str) -> Answer:
    if route.method == "GET":
        return await browser.get(path + QUERIES.get(route.path, ""))
    return await browser.post(path, **(walk.filled(route) if route in walk.forms else {}))


@BY_A_SUPERVISOR
@pytest.mark.parametrize("role", OTHERS)
async def test_nobody_else_gets_through_the_doors_of_those_who_work_reports(walk: Walk, role: Role) -> None:
    browser, _ = await entered(walk.console, role.value, role)
    before, event_id = await whole.rows(walk.town, *BYSTANDERS), await whole.last_event(walk.town)
    for route in walk.routes:
        assert isinstance(route.who, Signed)
        kind = kind_in(route)
        answer = await knock(walk, browser, route, path_of(route, walk.known.own[kind] if kind else ""))
        expected = {200, 303, EMPTY.get(route.path, 303)} if role in route.who.roles else {403}
        assert answer.status in expected, (route.method, route.path, answer.status)
        assert walk.told_of(answer) == [], route.path
        assert not any(id_ in answer.text for id_ in walk.known.own.values()), route.path
    assert whole.changed(before, await whole.rows(walk.town, *BYSTANDERS)) == {}
    assert await whole.events_since(walk.town, event_id) == []


@BY_A_SUPERVISOR
async def test_whoever_was_granted_a_kind_gets_through_to_it(walk: Walk) -> None:
    browser, _ = await entered(walk.console, "dee", Role.OFFICER, *Restriction)
    for route in walk.routes:
        kind = kind_in(route)
        if kind and kind not in OPEN_TO_ALL and route.method == "GET":
            answer = await browser.get(path_of(route, walk.known.foreign[kind][Why.RESTRICTED]))
            assert answer.status == 200, (route.path, answer.status)


def test_a_form_with_a_field_that_the_walk_does_not_know_fails_it(walk: Walk) -> None:
    route = next(route for route in walk.posts() if route.path.endswith("/merge"))
    with pytest.raises(AssertionError, match="does not know the field 'witness' of POST"):
        kind_of(route, "witness")


@BY_A_SUPERVISOR
def test_every_door_stands_in_the_table_of_the_docs(walk: Walk) -> None:
    listed = set(re.findall(r"^\| (\w+) \| `(/[^`]*)` \|", ACCESS.read_text(encoding="utf-8"), re.MULTILINE))
    assert {(route.method, route.path) for route in of_staff(walk.console)} <= listed
