"""Who else has a page open: a piece of that page, asked for again and again by the page itself."""

from __future__ import annotations

from aiohttp import web

from handlers.web.console import cases, reports
from handlers.web.console.address import reference_of
from handlers.web.guards import WORKERS, Handler, Route
from handlers.web.visit import Visit
from store.actions import company


def _asked_about(kind: str, path: str) -> Handler:
    async def show(visit: Visit) -> web.Response:
        reference = reference_of(visit)
        found = await visit.store.write(company.still_here, visit.by, kind, reference)
        return visit.page("console/company.html", company=found, path=f"{path}/{reference}")

    return show


ROUTES = (
    Route("GET", f"{reports.PATH}/{{reference}}/company", WORKERS, _asked_about("report", reports.PATH)),
    Route("GET", f"{cases.PATH}/{{reference}}/company", WORKERS, _asked_about("case", cases.PATH)),
)
