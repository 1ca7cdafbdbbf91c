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
    mark = mark_of(hashlib.sha256(body).hexdigest())
    answer = web.Response(status=304) if has_it(visit.request, mark, changed_at) else response
    return marked(answer, mark, seconds, changed_at)


def mark_of(sha256: str) -> ETag:
    """Return the mark of what has this hash."""
    return ETag(sha256[:MARK_CHARACTERS])


def marked(answer: web.Response, mark: ETag, seconds: int, changed_at: datetime | None) -> web.Response:
    """Put the mark on an answer, and how long anybody may keep it."""
    answer.etag = mark
    answer.last_modified = changed_at
    answer.headers["Cache-Control"] = f"public, max-age={seconds}"
    return answer


def has_it(request: web.Request, mark: ETag, changed_at: datetime | None) -> bool:
    """Tell whether whoever asks has it already."""
    marks = request.if_none_match
    if marks is not None:
        return any(one.value in {mark.value, "*"} for one in marks)
    since = request.if_modified_since
    return since is not None and changed_at is not None and changed_at.replace(microsecond=0) <= since
