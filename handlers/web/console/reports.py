"""Reports: the queue, lists by a filter, and one report."""

from __future__ import annotations

from aiohttp import web

from handlers.web.console.address import reference_of
from handlers.web.console.answers import answers_of
from handlers.web.console.done import done_of
from handlers.web.console.lists import PATHS, listing
from handlers.web.console.problem import NO_PROBLEM, Problem
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit
from store.actions import triage
from store.domain.finding import Kind
from store.domain.report import REASONS

PATH = PATHS[Kind.REPORTS]


async def index(visit: Visit) -> web.Response:
    """Show the queue, or the reports that a filter lets through."""
    return await listing(visit, Kind.REPORTS)


async def show(visit: Visit) -> web.Response:
    """Show one report with everything that can be done about it."""
    return await report_page(visit, reference_of(visit), NO_PROBLEM)


async def report_page(visit: Visit, reference: str, problem: Problem, status: int = 200) -> web.Response:
    """Render a report's page; opening it is recorded."""
    page = await visit.store.write(triage.open_report, visit.by, reference)
    return visit.page(
        "console/report.html",
        status,
        page=page,
        report=page.report,
        answers=answers_of(page, visit.site.profile()),
        path=path_of(page.report.reference),
        reasons=REASONS,
        problem=problem,
        done=done_of(visit),
    )


def path_of(reference: str) -> str:
    """Return the address of a report."""
    return f"{PATH}/{reference}"


ROUTES = (
    Route("GET", PATH, WORKERS, index),
    Route("GET", f"{PATH}/{{reference}}", WORKERS, show),
)
