"""Cases: lists, and one case."""

from __future__ import annotations

from aiohttp import web

from handlers.web.console.address import reference_of
from handlers.web.console.done import done_of
from handlers.web.console.filter_form import query_of
from handlers.web.console.lists import PATHS, listing
from handlers.web.console.prefill import draft_route, drafted, templates_for
from handlers.web.console.problem import NO_PROBLEM, Problem
from handlers.web.console.small_map import SmallMap, small_map
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit
from store.actions import company
from store.domain.case import Outcome, next_states
from store.domain.case_file import ROLE_LABELS
from store.domain.finding import Filter, Kind
from store.domain.timeline import PART_LABELS, Part, TimelineLine
from store.domain.triage import CasePage
from store.queries import staff

PATH = PATHS[Kind.CASES]
EVERYBODY = "everybody"
"""What is chosen to write to all who reported a case."""


async def index(visit: Visit) -> web.Response:
    """Show the cases that a filter lets through, the latest change first."""
    return await listing(visit, Kind.CASES)


async def show(visit: Visit) -> web.Response:
    """Show one case with everything that can be done about it."""
    return await case_page(visit, reference_of(visit), NO_PROBLEM)


async def case_page(visit: Visit, reference: str, problem: Problem, status: int = 200) -> web.Response:
    """Render a case's page; opening it is recorded."""
    page, others = await visit.store.write(company.open_case, visit.by, reference)
    if page.merged is not None:
        return visit.page(
            "console/case_merged.html",
            status,
            page=page,
            case=page.case,
            file=page.file,
            path=path_of(page.case.reference),
            problem=problem,
            done=done_of(visit),
        )
    problem = problem if problem.form else drafted(visit, page.reports)
    colleagues = await visit.store.read(staff.workers, visit.staff)
    return visit.page(
        "console/case.html",
        status,
        page=page,
        company=others,
        templates=templates_for(visit, page.case.category),
        case=page.case,
        file=page.file,
        picture=await _picture(visit, page),
        everybody=EVERYBODY,
        lines=_lines(visit, page),
        line_parts=PART_LABELS,
        only=visit.asked("only"),
        alike=_alike(page),
        colleagues=colleagues,
        person_roles=ROLE_LABELS,
        path=path_of(page.case.reference),
        states=next_states(page.case.state),
        outcomes=list(Outcome),
        problem=problem,
        done=done_of(visit),
    )


def _lines(visit: Visit, page: CasePage) -> list[TimelineLine]:
    """Return the part of the story that is asked for; all of it where the address names none."""
    only = visit.asked("only")
    return [line for line in page.timeline if line.part == only] if only in set(Part) else list(page.timeline)


def _alike(page: CasePage) -> str:
    """Return the address of the cases of the same kind of thing in the same ward."""
    of_kind = Filter(Kind.CASES, category=page.case.category, ward=page.file.place.ward or "")
    return f"{PATH}?{query_of(of_kind)}"


async def _picture(visit: Visit, page: CasePage) -> SmallMap | None:
    """Draw where its reports lie; its own place only where none of them lies there."""
    told = [(f"Report {report.reference}", report.place) for report in page.reports]
    here, known = page.file.place, {(place.lat, place.lon) for _, place in told}
    return await small_map(visit, told if (here.lat, here.lon) in known else [("The case", here), *told])


def path_of(reference: str) -> str:
    """Return the address of a case."""
    return f"{PATH}/{reference}"


ROUTES = (
    Route("GET", PATH, WORKERS, index),
    Route("GET", f"{PATH}/{{reference}}", WORKERS, show),
    draft_route(PATH, case_page),
)
