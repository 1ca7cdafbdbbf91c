"""Serve static files: their names change with their content, so browsers may keep them for good."""

from __future__ import annotations

from aiohttp import web

from handlers.web.guards import Anyone, Route
from handlers.web.visit import Visit

FOR_GOOD = "public, max-age=31536000, immutable"


async def show(visit: Visit) -> web.Response:
    """Answer with one file."""
    found = visit.site.static.get(visit.part("name"))
    if found is None:
        raise web.HTTPNotFound
    return web.Response(
        body=found.body,
        content_type=found.media_type,
        charset="utf-8",
        headers={"Cache-Control": FOR_GOOD},
    )


ROUTES = (Route("GET", "/static/{name}", Anyone(), show),)
