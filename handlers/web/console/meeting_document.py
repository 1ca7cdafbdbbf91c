"""The agenda and the minutes of a meeting in the console: attached, replaced, looked at, taken off."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace

from aiohttp import web

from handlers.web import kept, papers
from handlers.web.console.address import reference_of
from handlers.web.console.deeds import routes_of
from handlers.web.console.meeting_page import meeting_page
from handlers.web.console.meetings import PATH, path_of
from handlers.web.guards import WORKERS, Handler, Route
from handlers.web.visit import Visit
from store.actions import meeting_document
from store.domain.errors import Refusal
from store.domain.meeting_document import (
    MAX_DOCUMENT_BYTES,
    Content,
    DocumentKind,
    judged,
)
from store.queries import meeting_documents

FIELD = "file"
BODY_BYTES = MAX_DOCUMENT_BYTES + MAX_DOCUMENT_BYTES // 4
"""A file that is a little too large is still read, so that the page can say so."""
DONE = {DocumentKind.AGENDA: "agenda-attached", DocumentKind.MINUTES: "minutes-attached"}


async def attach(visit: Visit, reference: str) -> tuple[str, str]:
    """Attach the file that came with the form."""
    kind, (content, body) = _kind(visit), await _content(visit)
    key = await visit.store.write(meeting_document.reserve, visit.by, reference, kind, visit.version)
    await kept.put(visit, key, body, Refusal("meeting_document.not_kept"))
    stored = (key, content)
    await visit.store.write(meeting_document.attach, visit.by, reference, kind, stored, visit.version)
    return path_of(reference), DONE[kind]


async def remove(visit: Visit, reference: str) -> str:
    """Take one off."""
    await visit.store.write(meeting_document.remove, visit.by, reference, _kind(visit), visit.version)
    return path_of(reference)


def _kind(visit: Visit) -> DocumentKind:
    said = visit.form.get("kind", "")
    if said not in set(DocumentKind):
        raise Refusal("meeting_document.choose_kind")
    return DocumentKind(said)


async def _content(visit: Visit) -> tuple[Content, bytes]:
    """Return what came, as what it is. Refusals: those of `judged`."""
    file = visit.files.get(FIELD)
    if file is None:
        raise Refusal("meeting_document.needs_file")
    body = await asyncio.to_thread(file.file.read, MAX_DOCUMENT_BYTES + 1)
    return await asyncio.to_thread(_judged, file.filename, body), body


def _judged(name: str, body: bytes) -> Content:
    return Content(judged(name, body), len(body), hashlib.sha256(body).hexdigest())


def _showing(kind: DocumentKind) -> Handler:
    async def show(visit: Visit) -> web.Response:
        reference = reference_of(visit)
        paper = await visit.store.read(meeting_documents.of_staff, visit.staff, reference, kind)
        return await papers.given(visit, paper)

    return show


_route = routes_of(PATH, "meeting.not_found", meeting_page)
ROUTES = (
    *(
        Route("GET", f"{PATH}/{{reference}}/{kind.value}-file", WORKERS, _showing(kind))
        for kind in DocumentKind
    ),
    replace(_route("document", "agenda-attached", attach), body_bytes=BODY_BYTES),
    _route("document-removal", "document-removed", remove),
)
