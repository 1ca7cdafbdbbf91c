"""What came of meetings, for everybody: "You said, we did", for the whole district and for each area."""

from __future__ import annotations

from aiohttp import web

from handlers.web.guards import Anyone, Route
from handlers.web.public.page import answered
from handlers.web.reader import reader_of
from handlers.web.visit import Visit
from notifications.meeting_sharing import PAGE as PATH
from store.domain.errors import NotFound
from store.queries import meeting_sharings

AT_ONCE = 10
"""So many meetings are on one page."""


async def everywhere(visit: Visit) -> web.Response:
    """Show what came of all meetings, the newest first."""
    return await _page(visit, None, PATH)


async def in_area(visit: Visit) -> web.Response:
    """Show what came of the meetings of an area, and of those for the whole district."""
    area = visit.part("area")
    if area not in {one.code for one in visit.site.profile().areas}:
        raise NotFound("page.unknown")
    return await _page(visit, area, f"{PATH}/{area}")


async def _page(visit: Visit, area: str | None, path: str) -> web.Response:
    after = visit.asked("after")
    found = await visit.store.read(meeting_sharings.newest, area, after, AT_ONCE + 1)
    return answered(
        visit,
        reader_of(visit.request),
        "public/you_said.html",
        path,
        area=area,
        areas=visit.site.profile().areas,
        found=found[:AT_ONCE],
        later=found[AT_ONCE - 1].meeting.reference if len(found) > AT_ONCE else "",
        first=not after,
        all=PATH,
    )


ROUTES = (
    Route("GET", PATH, Anyone(), everywhere),
    Route("GET", PATH + "/{area}", Anyone(), in_area),
)
