"""My own account: where I am signed in, and ending that elsewhere."""

from __future__ import annotations

from aiohttp import web

from handlers.web.console.done import done_of
from handlers.web.guards import STAFF, Route
from handlers.web.visit import Visit, see
from store.actions import sign_in
from store.queries import sign_ins

PATH = "/console/account"


async def show(visit: Visit) -> web.Response:
    """Show who I am here and the browsers that are signed in as me."""
    sessions = await visit.store.read(sign_ins.of_staff, visit.session)
    return visit.page("console/account.html", sessions=sessions, done=done_of(visit))


async def sign_out_elsewhere(visit: Visit) -> web.Response:
    """End every session of mine but this one."""
    await visit.store.write(sign_in.sign_out_others, visit.session)
    return see(PATH, done="signed-out-elsewhere")


ROUTES = (
    Route("GET", PATH, STAFF, show),
    Route("POST", "/console/sign-out-elsewhere", STAFF, sign_out_elsewhere),
)
