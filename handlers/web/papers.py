"""The bytes of a meeting's agenda or minutes, as they are given out: to be kept, never to be run."""

from __future__ import annotations

from aiohttp import web

from handlers.web.kept import ALONE, content
from handlers.web.visit import Visit
from store.domain.errors import NotFound
from store.domain.meeting_document import file_name
from store.queries.meeting_documents import Paper


async def given(visit: Visit, paper: Paper) -> web.Response:
    """Answer with a file; a HEAD without its bytes. Refusal: `meeting_document.lost`."""
    document = paper.document
    held = document.content
    name = file_name(document.kind, paper.meeting.reference, held.media_type)
    headers = ALONE | {"Content-Disposition": f'attachment; filename="{name}"'}
    if visit.request.method == "HEAD":
        headers["Content-Length"] = str(held.size)
        answer = web.Response(content_type=held.media_type, headers=headers)
    else:
        body = await content(visit, document.key, NotFound("meeting_document.lost"))
        answer = web.Response(body=body, content_type=held.media_type, headers=headers)
    if held.media_type.startswith("text/"):
        answer.charset = "utf-8"
    return answer
