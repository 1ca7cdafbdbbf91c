from __future__ import annotations

import pytest
from aiohttp import web

from handlers.web.app import Extras, all_routes
from handlers.web.guards import Anyone, AtTheDoor, Keyed, Machine, Route, Signed
from handlers.web.metrics import Metrics
from handlers.web.visit import Visit
from store.domain.staff import Role
from tests.support.console import Answer, Console, Visitor, running_console
from tests.support.triage_factory import Town

OPEN = {
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/static/{name}"),
    ("GET", "/meetings"),
    ("GET", "/campaigns"),
    ("GET", "/campaigns/{reference}"),
    ("GET", "/campaigns/{reference}/file"),
    ("GET", "/meetings/you-said"),
    ("GET", "/meetings/you-said/{area}"),
    ("GET", "/meetings/{reference}"),
    ("GET", "/meetings/{reference}/calendar.ics"),
    *(
        (verb, f"/meetings/{{reference}}/{paper}")
        for verb in ("GET", "HEAD")
        for paper in ("agenda", "minutes")
    ),
    ("GET", "/feeds/meetings.ics"),
    ("GET", "/feeds/meetings/{area}.ics"),
}
DOOR = {
    ("GET", "/console/sign-in"),
    ("POST", "/console/sign-in"),
    ("GET", "/console/sign-in/link/{token}"),
    ("POST", "/console/sign-in/link"),
    ("GET", "/console/sign-in/code"),
    ("POST", "/console/sign-in/code"),
}
EVERY_STAFF = {
    ("GET", "/console"),
    ("GET", "/console/"),
    ("GET", "/console/account"),
    ("POST", "/console/sign-out-elsewhere"),
    ("POST", "/console/sign-out"),
}
_OPERATORS = {Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR}
OTHERWISE = {
    ("GET", "/console/system"): (_OPERATORS, 200),
    ("GET", "/console/timetable"): (_OPERATORS | {Role.ANALYST}, 200),
    ("POST", "/console/timetable/completion"): ({Role.SUPERVISOR}, 404),
    ("POST", "/console/timetable/reopening"): ({Role.SUPERVISOR}, 404),
    ("POST", "/console/timetable/run"): ({Role.ADMINISTRATOR}, 404),
}
"""Who gets what from the rest; an empty form names nothing to run."""
ASKS_NOTHING = frozenset({"/console/campaigns/recurring/calendar"})
"""Where an empty form is all there is to send."""
RECORDS = (
    "/console/reports",
    "/console/cases",
    "/console/evidence",
    "/console/alerts",
    "/console/campaigns",
    "/console/map",
    "/console/meetings",
    "/console/search",
    "/console/urgent",
    "/console/views",
)


def routes(console: Console) -> list[Route]:
    return all_routes(console.town.store, Metrics(()), Extras())


async def use(visitor: Visitor, route: Route) -> Answer:
    path = route.path.replace("{reference}", "K7M-4XQ-9PC").replace("{id}", "0" * 32)
    path = path.replace("{token}", "t").replace("{name}", "n")
    return await (visitor.get(path) if route.method == "GET" else visitor.post(path))


def key(route: Route) -> tuple[str, str]:
    return route.method, route.path


async def test_everything_that_is_served_has_declared_who_may_use_it(console: Console) -> None:
    served = {(r.method, r.resource.canonical) for r in console.server.app.router.routes() if r.resource}
    assert served == {key(route) for route in routes(console)}


async def test_what_is_open_to_the_world_is_a_short_list(console: Console) -> None:
    found = routes(console)
    assert {key(r) for r in found if isinstance(r.who, Anyone)} == OPEN
    assert {key(r) for r in found if isinstance(r.who, AtTheDoor)} == DOOR
    assert [key(r) for r in found if isinstance(r.who, Machine)] == [("GET", "/metrics")]


def test_a_change_cannot_be_open_to_anyone() -> None:
    async def nothing(_visit: Visit) -> web.Response:
        return web.Response()

    with pytest.raises(ValueError, match="more than Anyone"):
        Route("POST", "/x", Anyone(), nothing)


async def test_a_stranger_is_sent_to_sign_in_from_every_page_of_staff(console: Console) -> None:
    stranger = console.visitor()
    for route in routes(console):
        if isinstance(route.who, Signed):
            answer = await use(stranger, route)
            assert (answer.status, answer.location.split("?")[0]) == (303, "/console/sign-in"), route.path


@pytest.mark.parametrize("role", list(Role))
async def test_each_role_gets_what_is_declared_for_it_and_nothing_else(console: Console, role: Role) -> None:
    browser = console.visitor()
    await browser.sign_in(await console.staff("somebody", role))
    works = role in {Role.OFFICER, Role.SUPERVISOR}
    for route in routes(console):
        if not isinstance(route.who, Signed) or route.path == "/console/sign-out":
            continue
        answer = await use(browser, route)
        if key(route) in EVERY_STAFF:
            assert answer.status < 400, route.path
        elif route.path.startswith(RECORDS):
            may = works and role in route.who.roles
            wanted = {200, 404, 422} if may else {403}  # 422: an empty form of a page that is theirs
            wanted |= {303} if may and route.path in ASKS_NOTHING else set()
            assert answer.status in wanted, (route.method, route.path, answer.status)
        else:
            roles, wanted_of_them = OTHERWISE[key(route)]
            assert answer.status == (wanted_of_them if role in roles else 403), route.path


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For"])
async def test_numbers_are_for_this_machine_only(console: Console, header: str) -> None:
    assert (await console.visitor().get("/metrics")).status == 200
    assert (await console.visitor().get("/metrics", **{header: "for=192.0.2.1"})).status == 403


async def test_a_form_from_elsewhere_does_nothing(console: Console, town: Town) -> None:
    browser = console.visitor()
    await browser.sign_in(await console.staff("cleo"))
    reference = await town.report()
    await browser.get(f"/console/reports/{reference}")
    path, own = f"/console/reports/{reference}/taking", str(console.server.make_url("")).rstrip("/")
    tries: list[tuple[dict[str, str], dict[str, str]]] = [
        ({"Origin": "https://evil.example"}, {}),
        ({"Origin": "null"}, {}),
        ({"Origin": ""}, {}),
        ({"Origin": "", "Referer": "https://evil.example/console"}, {}),
        ({"Origin": own, "Sec-Fetch-Site": "cross-site"}, {}),
        ({"Origin": own}, {"token": ""}),
        ({"Origin": own}, {"token": "guessed"}),
    ]
    for headers, form in tries:
        assert (await browser.post(path, headers, **form)).status == 403, headers
    assert (await browser.post(path, {"Origin": "", "Referer": f"{own}/console"})).status == 303


async def test_the_sign_in_form_needs_the_cookie_it_was_made_for(console: Console) -> None:
    await console.staff("cleo")
    one, other = console.visitor(), console.visitor()
    await one.get("/console/sign-in")
    await other.get("/console/sign-in")
    answer = await one.post("/console/sign-in", username="cleo", password="x", token=other.token)
    assert answer.status == 403


async def test_a_keyed_route_is_left_to_its_handler(town: Town) -> None:
    async def hook(_visit: Visit) -> web.Response:
        return web.Response(text="heard")

    route = Route("POST", "/hook/x", Keyed("secret header"), hook)
    async with running_console(town, extras=Extras(routes=[route])) as console:
        answer = await console.visitor().post("/hook/x", {"Origin": ""})
        assert (answer.status, answer.text) == (200, "heard")
