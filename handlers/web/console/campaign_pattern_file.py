"""The picture or document of a recurring campaign, for each of its times: chosen, looked at, taken off."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from handlers.web.campaign_files import given
from handlers.web.console.address import reference_of
from handlers.web.console.campaign_file import BODY_BYTES, put
from handlers.web.console.campaign_patterns import PATH, pattern_page
from handlers.web.console.deeds import routes_of
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit
from store.actions import campaign_pattern_file
from store.queries import campaign_files


async def attach(visit: Visit, reference: str) -> str:
    """Put the file that came with the form to it."""
    await put(visit, reference, campaign_pattern_file.reserve, campaign_pattern_file.attach)
    return f"{PATH}/{reference}"


async def remove(visit: Visit, reference: str) -> str:
    """Take it off."""
    await visit.store.write(campaign_pattern_file.remove, visit.by, reference, visit.version)
    return f"{PATH}/{reference}"


async def show(visit: Visit) -> web.Response:
    """Give it to staff."""
    reference = reference_of(visit)
    file = await visit.store.read(campaign_files.of_pattern_for_staff, visit.staff, reference)
    return await given(visit, reference, file)


_route = routes_of(PATH, "pattern.not_found", pattern_page)
ROUTES = (
    Route("GET", f"{PATH}/{{reference}}/file", WORKERS, show),
    replace(_route("file", "pattern-file-attached", attach), body_bytes=BODY_BYTES),
    _route("file-removal", "pattern-file-removed", remove),
)
