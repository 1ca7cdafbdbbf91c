"""The first page: what waits for everybody, and for me."""

from __future__ import annotations

from aiohttp import web

from handlers.web.guards import STAFF, Route
from handlers.web.visit import Visit, see
from store.domain.staff import may_work_reports
from store.domain.target import rules_of
from store.queries import case_file, cases, mentions, reports

FIRST = 5


async def show(visit: Visit) -> web.Response:
    """Show the desk of somebody who works reports; others see what their account is for."""
    if not may_work_reports(visit.staff):
        return visit.page("console/home_other.html")
    read, staff = visit.store.read, visit.staff
    soon = rules_of(visit.site.profile()).soon(visit.store.clock.now())
    counts = await read(reports.counts, staff, soon)
    waiting = await read(reports.queue, staff, FIRST)
    mine = await read(cases.listing, staff, mine=True, limit=FIRST)
    named = await read(mentions.unread, staff)
    tasks = await read(case_file.my_tasks, staff)
    return visit.page(
        "console/home.html", counts=counts, waiting=waiting, mine=mine, mentions=named, tasks=tasks
    )


async def go_to_desk(_visit: Visit) -> web.Response:
    """Send people who type a slash too many where they meant to go."""
    return see("/console")


ROUTES = (
    Route("GET", "/console", STAFF, show),
    Route("GET", "/console/", STAFF, go_to_desk),
)
