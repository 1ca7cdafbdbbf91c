"""Export the list that a filter gives: streamed in pieces, so that no transaction waits for a browser."""

from __future__ import annotations

from aiohttp import web

from handlers.web.console.export_forms import FORMS, Form
from handlers.web.console.lists import PATHS
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit
from store.actions import export
from store.domain.finding import Filter, Kind, parse
from store.domain.found import MAX_EXPORT_ROWS
from store.domain.working_days import london_date
from store.queries import finding

AT_ONCE = 1_000


def _route(kind: Kind, form: type[Form]) -> Route:
    async def answer(visit: Visit) -> web.StreamResponse:
        wanted = parse(kind, visit.request.query.items())
        profile = visit.site.profile()
        await visit.store.write(export.begin, visit.by, profile, wanted, form.name)
        response = await download(visit, kind.value, form.name, form.media_type)
        await _write(visit, response, wanted, form(kind, profile))
        await response.write_eof()
        return response

    return Route("GET", f"{PATHS[kind]}/export.{form.name}", WORKERS, answer)


async def download(visit: Visit, name: str, ending: str, media_type: str) -> web.StreamResponse:
    """Begin to answer with a text file of today's."""
    day = london_date(visit.store.clock.now())
    file = f"{name}-{day.isoformat()}.{ending}"
    response = web.StreamResponse(headers={"Content-Disposition": f'attachment; filename="{file}"'})
    response.content_type, response.charset = media_type, "utf-8"
    await response.prepare(visit.request)
    return response


async def _write(visit: Visit, response: web.StreamResponse, wanted: Filter, form: Form) -> None:
    await response.write(form.head().encode())
    after, written = "", 0
    while True:
        page = (after, min(AT_ONCE, MAX_EXPORT_ROWS - written))
        rows, after = await visit.store.read(finding.export_rows, visit.staff, form.profile, wanted, page)
        await response.write(form.rows(rows).encode())
        written += len(rows)
        if not after or written >= MAX_EXPORT_ROWS:
            break
    cut = bool(after) and bool(
        (await visit.store.read(finding.export_rows, visit.staff, form.profile, wanted, (after, 1)))[0]
    )
    await response.write(form.tail(cut=cut).encode())


ROUTES = tuple(_route(kind, form) for kind in Kind for form in FORMS)
