"""Turn what went wrong into a page that says so plainly."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from handlers.web.reader import reader_of, told
from handlers.web.visit import VISIT, Visit
from handlers.web.wording import sentence
from store.domain.errors import Changed, NotAllowed, NotFound, Refusal
from store.domain.evidence_file import BYTES_PER_MB
from store.domain.meeting_document import MAX_DOCUMENT_BYTES

log = logging.getLogger(__name__)
Next = Callable[[web.Request], Awaitable[web.StreamResponse]]

TITLES = {
    403: "That is not allowed",
    404: "Page not found",
    409: "Somebody was quicker",
    413: "That is too large",
    422: "That cannot be done",
    500: "Something went wrong here",
}


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal."""
    match refusal:
        case NotFound():
            return 404
        case NotAllowed():
            return 403
        case Changed():
            return 409
        case _:
            return 422


@web.middleware
async def catch(request: web.Request, handler: Next) -> web.StreamResponse:
    """Answer refusals and mistakes with a page; log only what is our own fault."""
    try:
        return await handler(request)
    except Refusal as refusal:
        return _page(request, status_of(refusal), sentence(refusal))
    except web.HTTPException as error:
        if error.status < 400:  # noqa: PLR2004 - a redirect is no mistake
            raise
        return _page(request, error.status, _said(error.status), error.headers.get("Allow"))
    except Exception:
        log.exception(
            "A page failed.",
            extra={"action": "web.failed", "method": request.method, "route": pattern(request)},
        )
        return _page(request, 500, "It was noted and nothing was saved. Try again in a minute.")


def pattern(request: web.Request) -> str:
    """Return the route's pattern, never the address: that may hold a token."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "unknown"


def _said(status: int) -> str:
    if status == 404:  # noqa: PLR2004
        return sentence(NotFound("page.unknown"))
    if status == 413:  # noqa: PLR2004
        return f"Nothing was done. A file can have at most {MAX_DOCUMENT_BYTES // BYTES_PER_MB} MB."
    return "Nothing was done."


def _page(request: web.Request, status: int, text: str, allow: str | None = None) -> web.Response:
    visit = request.get(VISIT) or Visit(request)
    if request.path.startswith("/console"):
        title = TITLES.get(status, "That did not work")
        response = visit.page("error.html", status, title=title, text=text)
    else:
        response = _for_everybody(visit, status)
    if allow:
        response.headers["Allow"] = allow
    return response


def _for_everybody(visit: Visit, status: int) -> web.Response:
    """Say it to whoever reads the public pages, in their language: where it is not there, never why."""
    reader = reader_of(visit.request)
    ours = "ours" if status >= 500 else "refused"  # noqa: PLR2004
    what = "unknown" if status == 404 else ours  # noqa: PLR2004
    said = {"title": reader.say(f"site.error.{what}"), "text": reader.say(f"site.error.{what}_text")}
    return told(visit.page("public/error.html", status, reader=reader, **said), reader)
