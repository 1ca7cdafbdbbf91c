"""The bytes of a meeting's agenda or minutes, as they are given out: to be kept, never to be run."""

from __future__ import annotations

import logging

import obstore
from aiohttp import web

from handlers.web.visit import Visit
from store.domain.errors import NotFound
from store.domain.meeting_document import file_name
from store.queries.meeting_documents import Paper

log = logging.getLogger(__name__)

ALONE = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


async def given(visit: Visit, paper: Paper) -> web.Response:
    """Answer with a file; a HEAD without its bytes. Refusal: `meeting_document.lost`."""
    document = paper.document
    content = document.content
    name = file_name(document.kind, paper.meeting.reference, content.media_type)
    headers = ALONE | {"Content-Disposition": f'attachment; filename="{name}"'}
    if visit.request.method == "HEAD":
        headers["Content-Length"] = str(content.size)
        answer = web.Response(content_type=content.media_type, headers=headers)
    else:
        body = await _bytes(visit, document.key)
        answer = web.Response(body=body, content_type=content.media_type, headers=headers)
    if content.media_type.startswith("text/"):
        answer.charset = "utf-8"
    return answer


async def _bytes(visit: Visit, key: str) -> bytes:
    try:
        found = await obstore.get_async(visit.site.media, key)
        return bytes(await found.bytes_async())
    except FileNotFoundError as error:
        log.exception("A file is not where it should be.", extra={"action": "meeting_document.lost"})
        raise NotFound("meeting_document.lost") from error
