"""Who may use a route. A route cannot be made without saying so, and nothing else is served."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlencode

from aiohttp import web

from handlers.web import csrf, session
from handlers.web.site import SITE
from handlers.web.visit import BACKGROUND, VISIT, Visit
from store.domain.errors import NotAllowed
from store.domain.sign_in import new_token
from store.domain.staff import Role

SIGN_IN = "/console/sign-in"
READING = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Anyone:
    """Open to the world; reads only."""


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """A browser not signed in yet: its forms carry a token tied to a cookie."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Staff signed in, in one of these roles."""

    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Machine:
    """A program on this very machine, not through a proxy."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """A program that brings a key; the handler itself compares it. `key` says which."""

    key: str


Who = Anyone | AtTheDoor | Signed | Machine | Keyed
Handler = Callable[[Visit], Awaitable[web.StreamResponse]]

STAFF = Signed(frozenset(Role))
WORKERS = Signed(frozenset({Role.OFFICER, Role.SUPERVISOR}))
SUPERVISORS = Signed(frozenset({Role.SUPERVISOR}))
OPERATORS = Signed(frozenset({Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR}))
SUPERVISORS = Signed(frozenset({Role.SUPERVISOR}))
ADMINISTRATORS = Signed(frozenset({Role.ADMINISTRATOR}))
COUNTERS = Signed(OPERATORS.roles | {Role.ANALYST})
"""Those who may see numbers."""


@dataclass(frozen=True, slots=True)
class Route:
    """One address and verb, who may use it, and what answers.

    `body_bytes` is how much a form may send that has a file in it; None for as much as any other form.
    """

    method: str
    path: str
    who: Who
    handler: Handler
    body_bytes: int | None = None

    def __post_init__(self) -> None:
        if isinstance(self.who, Anyone) and self.method not in READING:
            raise ValueError(f"{self.method} {self.path}: a change needs more than Anyone")


def install(app: web.Application, routes: Iterable[Route]) -> None:
    """Serve these routes, each behind its guard."""
    for route in routes:
        app.router.add_route(route.method, route.path, _guarded(route))


def _guarded(route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        visit = request[VISIT] = Visit(request)
        try:
            refused = await _admit(route, visit)
            response = refused or await route.handler(visit)
        finally:
            for file in visit.files.values():
                file.file.close()
        if visit.new_door:
            session.DOOR.write(request, response, visit.new_door)
        return response

    return answer


async def _admit(route: Route, visit: Visit) -> web.StreamResponse | None:
    """Let the visitor in (None), or return what to answer instead; refusals are raised."""
    match route.who:
        case Signed(roles):
            return await _admit_signed(visit, roles, route.body_bytes)
        case AtTheDoor():
            await _admit_at_the_door(visit)
        case Machine():
            _admit_machine(visit.request)
        case Anyone() | Keyed():
            pass
    return None


async def _admit_signed(
    visit: Visit, roles: frozenset[Role], body_bytes: int | None
) -> web.StreamResponse | None:
    visit.signed = await session.find(visit.request)
    if visit.signed is None:
        return _to_sign_in(visit.request)
    visit.csrf = visit.signed.csrf
    if visit.signed.staff.role not in roles:
        raise NotAllowed("page.not_yours")
    await _check_form(visit, body_bytes)
    return None


async def _admit_at_the_door(visit: Visit) -> None:
    request = visit.request
    cookie = session.DOOR.read(request)
    if cookie is None:
        cookie = visit.new_door = new_token()
    visit.csrf = csrf.door_token(request.app[SITE], cookie)
    await _check_form(visit)


def _admit_machine(request: web.Request) -> None:
    proxied = "Forwarded" in request.headers or "X-Forwarded-For" in request.headers
    if proxied or not ip_address(request.remote or "0.0.0.0").is_loopback:  # noqa: S104
        raise NotAllowed("page.not_yours")


async def _check_form(visit: Visit, body_bytes: int | None = None) -> None:
    request = visit.request
    if request.method in READING:
        return
    csrf.check_origin(request)
    sent = await (request.clone(client_max_size=body_bytes) if body_bytes else request).post()
    visit.form = {name: value.replace("\r\n", "\n") for name, value in sent.items() if isinstance(value, str)}
    visit.files = {name: file for name, file in sent.items() if isinstance(file, web.FileField)}
    csrf.check_token(visit.csrf, visit.form.get(csrf.FIELD, ""))


def _to_sign_in(request: web.Request) -> web.Response:
    """Send a browser to sign in; come back to the page it wanted, if that was only to be read."""
    if BACKGROUND in request.headers:
        return web.Response(status=401, headers={"HX-Redirect": SIGN_IN})
    wanted = request.path_qs if request.method in READING else ""
    where = f"{SIGN_IN}?{urlencode({'next': wanted})}" if wanted.startswith("/console/") else SIGN_IN
    return web.Response(status=303, headers={"Location": where})
