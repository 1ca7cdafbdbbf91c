"""The agenda and the minutes of a meeting, for everybody."""

from __future__ import annotations

from aiohttp import web

from handlers.web import fresh, papers
from handlers.web.guards import Anyone, Handler, Route
from handlers.web.public.meetings import PATH, reference_of
from handlers.web.public.page import KEPT_SECONDS
from handlers.web.visit import Visit
from store.domain.meeting_document import DocumentKind
from store.queries import meeting_documents


def _giving(kind: DocumentKind) -> Handler:
    async def give(visit: Visit) -> web.Response:
        paper = await visit.store.read(meeting_documents.public, reference_of(visit), kind)
        changed_at, mark = paper.document.added_at, fresh.mark_of(paper.document.content.sha256)
        has_it = fresh.has_it(visit.request, mark, changed_at)
        answer = web.Response(status=304) if has_it else await papers.given(visit, paper)
        return fresh.marked(answer, mark, KEPT_SECONDS, changed_at)

    return give


ROUTES = tuple(
    Route(method, f"{PATH}/{{reference}}/{kind.value}", Anyone(), _giving(kind))
    for kind in DocumentKind
    for method in ("GET", "HEAD")
)
