"""The picture or document of a campaign: chosen, looked at, taken off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from aiohttp import web

from handlers.campaign_file import made
from handlers.web import kept
from handlers.web.campaign_files import given
from handlers.web.console.address import reference_of
from handlers.web.console.campaigns import PATH, campaign_page
from handlers.web.console.deeds import routes_of
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit
from store.actions import campaign_file
from store.actions.campaign_file import NewFile
from store.domain.campaign_file import MAX_FILE_BYTES, checked_seen, judged
from store.domain.errors import Refusal
from store.domain.meeting_document import Content
from store.domain.reference import District
from store.domain.staff import By
from store.engine import Session
from store.queries import campaign_files, campaigns

FIELD, SEEN = "file", "seen_as"
BODY_BYTES = MAX_FILE_BYTES + MAX_FILE_BYTES // 4
"""A file that is a little too large is still read, so that the page can say so."""
Reserve = Callable[[Session, By, str, int | None], str]
Attach = Callable[[Session, By, str, NewFile, District, int | None], None]


async def attach(visit: Visit, reference: str) -> str:
    """Put the file that came with the form to the campaign."""
    await put(visit, reference, campaign_file.reserve, campaign_file.attach)
    return f"{PATH}/{reference}"


async def put(visit: Visit, reference: str, reserve: Reserve, attach: Attach) -> None:
    """Put the file that came with the form where these actions do."""
    content, body, seen = await _content(visit)
    key = await visit.store.write(reserve, visit.by, reference, visit.version)
    await kept.put(visit, key, body, Refusal("campaign_file.not_kept"))
    file, district = NewFile(key, content, seen), visit.site.profile().district
    await visit.store.write(attach, visit.by, reference, file, district, visit.version)


async def remove(visit: Visit, reference: str) -> str:
    """Take it off."""
    await visit.store.write(campaign_file.remove, visit.by, reference, visit.version)
    return f"{PATH}/{reference}"


async def _content(visit: Visit) -> tuple[Content, bytes, str]:
    """Return what came, as it is kept, and what it shows. Refusals: see `made`, `checked_seen`."""
    sent = visit.files.get(FIELD)
    if sent is None:
        raise Refusal("campaign_file.needs_file")
    body = await asyncio.to_thread(sent.file.read, MAX_FILE_BYTES + 1)
    seen = checked_seen(judged(body), visit.form.get(SEEN, ""))
    content, body = await asyncio.to_thread(made, body)
    return content, body, seen


async def show(visit: Visit) -> web.Response:
    """Give it to staff."""
    reference = reference_of(visit)
    file = await visit.store.read(campaign_files.of_staff, visit.staff, reference)
    return await given(visit, reference, file)


_route = routes_of(PATH, "campaign.not_found", campaign_page, campaigns.find)
ROUTES = (
    Route("GET", f"{PATH}/{{reference}}/file", WORKERS, show),
    replace(_route("file", "campaign-file-attached", attach), body_bytes=BODY_BYTES),
    _route("file-removal", "campaign-file-removed", remove),
)
