"""What staff should know of the machine: updates set aside, messages that did not get through."""

from __future__ import annotations

from aiohttp import web

from handlers.web.guards import OPERATORS, Route
from handlers.web.visit import Visit
from store.queries import deliveries, inbox

LIMIT = 50


async def show(visit: Visit) -> web.Response:
    """Show types and errors, never anybody's words."""
    read = visit.store.read
    parked = await read(inbox.parked, LIMIT)
    waiting = await read(inbox.count_waiting)
    trouble = await read(deliveries.trouble, LIMIT)
    queued = await read(deliveries.count_queued)
    return visit.page("console/system.html", parked=parked, waiting=waiting, trouble=trouble, queued=queued)


ROUTES = (Route("GET", "/console/system", OPERATORS, show),)
