"""Answers that may be kept for a while, and are not sent again to whoever has them (RFC 9110, 13)."""

from __future__ import annotations

import hashlib
from datetime import datetime

from aiohttp import ETag, web

from handlers.web.visit import Visit

MARK_CHARACTERS = 20


def kept(
    visit: Visit, response: web.Response, seconds: int, changed_at: datetime | None = None
) -> web.Response:
    """Let anybody keep this answer so long and ask again by its mark; 304 where they have it already.

    `changed_at` is when what it tells of last changed, for those who do not know marks.
    """
    body = response.body if isinstance(response.body, bytes) else b""
    mark = ETag(hashlib.sha256(body).hexdigest()[:MARK_CHARACTERS])
    answer = web.Response(status=304) if _has_it(visit.request, mark, changed_at) else response
    answer.etag = mark
    answer.last_modified = changed_at
    answer.headers["Cache-Control"] = f"public, max-age={seconds}"
    return answer


def _has_it(request: web.Request, mark: ETag, changed_at: datetime | None) -> bool:
    marks = request.if_none_match
    if marks is not None:
        return any(one.value in {mark.value, "*"} for one in marks)
    since = request.if_modified_since
    return since is not None and changed_at is not None and changed_at.replace(microsecond=0) <= since
