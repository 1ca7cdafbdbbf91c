"""Files of reports: what one is, its picture or download after a click, quarantine, marking.

Nothing of a file is loaded until somebody asks for it, and every such look is one event.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

import obstore
from aiohttp import web

from handlers.web.console.done import done_of
from handlers.web.console.problem import NO_PROBLEM, Problem, problem_of
from handlers.web.errors import status_of
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit, see
from store.actions import evidence_desk
from store.domain.errors import NotFound, Refusal
from store.domain.evidence import OpenedFile, may_download, may_show_copy
from store.domain.evidence_file import COPY_TYPE, PICTURE_TYPES, download_name
from store.queries import evidence

log = logging.getLogger(__name__)

PATH = "/console/evidence"
ONE = f"{PATH}/{{id}}"
ANY_TYPE = "application/octet-stream"
ALONE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}
"""Bytes that strangers sent: a browser may show them, and nothing else."""


async def show(visit: Visit) -> web.Response:
    """Say what a file is and what can be done with it; none of it is loaded."""
    return await _page(visit, NO_PROBLEM)


async def copy(visit: Visit) -> web.Response:
    """Give the picture that was made anew, to be looked at."""
    opened = await visit.store.write(evidence_desk.open_copy, visit.by, visit.part("id"))
    name = download_name(opened.file.id, COPY_TYPE)
    return await _bytes(visit, opened, COPY_TYPE, f'inline; filename="{name}"')


async def original(visit: Visit) -> web.Response:
    """Give a file that cannot be stripped, to be kept: no browser is asked to show it."""
    opened = await visit.store.write(evidence_desk.open_original, visit.by, visit.part("id"))
    name = download_name(opened.file.id, opened.file.media_type)
    return await _bytes(visit, opened, ANY_TYPE, f'attachment; filename="{name}"')


async def quarantine(visit: Visit) -> None:
    """Delete the copy and block the file."""
    await visit.store.write(
        evidence_desk.quarantine, visit.by, visit.part("id"), visit.form.get("reason", ""), visit.version
    )


async def keep(visit: Visit) -> None:
    """Mark the file as evidence."""
    reason = visit.form.get("reason", "")
    await visit.store.write(evidence_desk.mark, visit.by, visit.part("id"), reason, visit.version)


async def _page(visit: Visit, problem: Problem, status: int = 200) -> web.Response:
    page = await visit.store.read(evidence.page, visit.staff, visit.part("id"))
    return visit.page(
        "console/evidence.html",
        status,
        file=page.file,
        reference=page.reference,
        story=page.story,
        path=f"{PATH}/{page.file.id}",
        is_picture=page.file.media_type in PICTURE_TYPES,
        shown=may_show_copy(page.file),
        downloadable=may_download(page.file),
        problem=problem,
        done=done_of(visit),
    )


async def _bytes(visit: Visit, opened: OpenedFile, media_type: str, disposition: str) -> web.Response:
    try:
        found = await obstore.get_async(visit.site.media, opened.key)
        body = bytes(await found.bytes_async())
    except FileNotFoundError as error:
        extra = {"action": "evidence.lost", "evidence_id": opened.file.id}
        log.exception("A file is not where it should be.", extra=extra)
        raise NotFound("evidence.lost") from error
    return web.Response(
        body=body, content_type=media_type, headers=ALONE | {"Content-Disposition": disposition}
    )


def _deed(name: str, done: str, deed: Callable[[Visit], Awaitable[None]]) -> Route:
    """Return the route of a deed; refused, the page comes back with what was typed."""

    async def answer(visit: Visit) -> web.Response:
        try:
            await deed(visit)
        except NotFound:
            raise
        except Refusal as refusal:
            return await _page(visit, problem_of(name, refusal, visit.form), status_of(refusal))
        return see(f"{PATH}/{visit.part('id')}", done=done)

    return Route("POST", f"{ONE}/{name}", WORKERS, answer)


ROUTES = (
    Route("GET", ONE, WORKERS, show),
    Route("GET", f"{ONE}/copy", WORKERS, copy),
    Route("GET", f"{ONE}/original", WORKERS, original),
    _deed("quarantine", "quarantined", quarantine),
    _deed("keep", "marked", keep),
)
