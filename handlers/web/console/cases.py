"""Cases: lists, and one case."""

from __future__ import annotations

from aiohttp import web

from handlers.web.console.address import reference_of
from handlers.web.console.done import done_of
from handlers.web.console.lists import PATHS, listing
from handlers.web.console.problem import NO_PROBLEM, Problem
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit
from store.actions import case
from store.domain.case import Outcome, next_states
from store.domain.finding import Kind

PATH = PATHS[Kind.CASES]


async def index(visit: Visit) -> web.Response:
    """Show the cases that a filter lets through, the latest change first."""
    return await listing(visit, Kind.CASES)


async def show(visit: Visit) -> web.Response:
    """Show one case with everything that can be done about it."""
    return await case_page(visit, reference_of(visit), NO_PROBLEM)


async def case_page(visit: Visit, reference: str, problem: Problem, status: int = 200) -> web.Response:
    """Render a case's page; opening it is recorded."""
    page = await visit.store.write(case.open_page, visit.by, reference)
    return visit.page(
        "console/case.html",
        status,
        page=page,
        case=page.case,
        path=path_of(page.case.reference),
        states=next_states(page.case.state),
        outcomes=list(Outcome),
        problem=problem,
        done=done_of(visit),
    )


def path_of(reference: str) -> str:
    """Return the address of a case."""
    return f"{PATH}/{reference}"


ROUTES = (
    Route("GET", PATH, WORKERS, index),
    Route("GET", f"{PATH}/{{reference}}", WORKERS, show),
)
