"""The calendars of meetings that anybody can subscribe to: of the district, and of each area."""

from __future__ import annotations

import asyncio

from aiohttp import web

from handlers.web import fresh
from handlers.web.guards import Anyone, Route
from handlers.web.visit import Visit
from notifications import calendar
from store.domain.errors import NotFound
from store.queries import public_meetings

PATH = "/feeds/meetings"
KEPT_SECONDS = 900


async def everywhere(visit: Visit) -> web.Response:
    """Give the calendar of all meetings."""
    return await _calendar(visit, None, visit.site.profile().district.name)


async def of_area(visit: Visit) -> web.Response:
    """Give the calendar of one area's meetings, and of those for the whole district."""
    code = visit.part("area")
    area = next((area for area in visit.site.profile().areas if area.code == code), None)
    if area is None:
        raise NotFound("page.unknown")
    return await _calendar(visit, area.code, area.name)


async def _calendar(visit: Visit, area: str | None, where: str) -> web.Response:
    entries = await visit.store.read(public_meetings.calendar, area)
    name = f"Community safety meetings: {where}"
    body = await asyncio.to_thread(calendar.feed, entries, name, visit.site.config.public_url)
    answer = web.Response(body=body, content_type=calendar.MEDIA_TYPE, charset="utf-8")
    return fresh.kept(visit, answer, KEPT_SECONDS, calendar.changed_at(entries))


ROUTES = (
    Route("GET", PATH + ".ics", Anyone(), everywhere),
    Route("GET", PATH + "/{area}.ics", Anyone(), of_area),
)
