"""Reports: the queue, lists by a filter, and one report."""

from __future__ import annotations

import re

from aiohttp import web

from handlers.web.console.address import reference_of
from handlers.web.console.answers import answers_of
from handlers.web.console.done import done_of
from handlers.web.console.lists import PATHS, listing
from handlers.web.console.prefill import draft_route, drafted, templates_for
from handlers.web.console.problem import NO_PROBLEM, Problem
from handlers.web.console.small_map import small_map
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit
from store.actions import company
from store.domain.finding import Kind
from store.domain.report import REASONS, ReportState
from store.queries import staff

PATH = PATHS[Kind.REPORTS]
_OURS = re.compile(r"/console/(?:reports|cases)/[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}")


async def index(visit: Visit) -> web.Response:
    """Show the queue, or the reports that a filter lets through."""
    return await listing(visit, Kind.REPORTS)


async def show(visit: Visit) -> web.Response:
    """Show one report with everything that can be done about it."""
    return await report_page(visit, reference_of(visit), NO_PROBLEM)


async def report_page(visit: Visit, reference: str, problem: Problem, status: int = 200) -> web.Response:
    """Render a report's page; opening it is recorded."""
    page, others = await visit.store.write(company.open_report, visit.by, reference)
    problem = problem if problem.form else drafted(visit, (page.report,))
    place, waits = page.report.place, page.report.state is ReportState.WAITING
    return visit.page(
        "console/report.html",
        status,
        page=page,
        company=others,
        templates=templates_for(visit, page.report.category),
        report=page.report,
        answers=answers_of(page, visit.site.profile()),
        path=path_of(page.report.reference),
        reasons=REASONS,
        problem=problem,
        done=done_of(visit),
        colleagues=await visit.store.read(staff.workers, visit.staff) if waits else [],
        picture=await small_map(visit, [("This report", place)]),
        about=_decided(visit.asked("about")),
    )


def path_of(reference: str) -> str:
    """Return the address of a report."""
    return f"{PATH}/{reference}"


def _decided(address: str) -> str | None:
    """Return the address of the report or case decided just before, if it is one of ours."""
    return address if _OURS.fullmatch(address) else None


ROUTES = (
    Route("GET", PATH, WORKERS, index),
    Route("GET", f"{PATH}/{{reference}}", WORKERS, show),
    draft_route(PATH, report_page),
)
