"""Reports: the queue, lists by state, and one report."""

from __future__ import annotations

import re

from aiohttp import web

from handlers.web.console.address import reference_of
from handlers.web.console.answers import answers_of
from handlers.web.console.done import done_of
from handlers.web.console.prefill import prefilled, templates_for
from handlers.web.console.problem import NO_PROBLEM, Problem
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit
from store.actions import company
from store.domain import reference_number
from store.domain.report import REASONS, STATE_LABELS, ReportState
from store.domain.triage import ReportLine
from store.queries import reports

PATH = "/console/reports"
ONE_PAGE = 20
ALL = "all"
_OURS = re.compile(r"/console/(?:reports|cases)/[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}")


async def index(visit: Visit) -> web.Response:
    """Show the queue, or the reports in one state, or all, a page at a time."""
    view = visit.asked("view")
    lines = await _lines(visit, view)
    more = lines[ONE_PAGE - 1].reference if len(lines) > ONE_PAGE else None
    return visit.page(
        "console/reports.html",
        lines=lines[:ONE_PAGE],
        view=view if view in {ALL, *ReportState} else "",
        views={"": "Waiting for triage", **_other_views(), ALL: "All reports"},
        after=visit.asked("after"),
        more=more,
        done=done_of(visit),
    )


async def show(visit: Visit) -> web.Response:
    """Show one report with everything that can be done about it."""
    return await report_page(visit, reference_of(visit), NO_PROBLEM)


async def report_page(visit: Visit, reference: str, problem: Problem, status: int = 200) -> web.Response:
    """Render a report's page; opening it is recorded."""
    page, others = await visit.store.write(company.open_report, visit.by, reference)
    problem = problem if problem.form else prefilled(visit, (page.report,))
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
        about=_decided(visit.asked("about")),
    )


def path_of(reference: str) -> str:
    """Return the address of a report."""
    return f"{PATH}/{reference}"


def _decided(address: str) -> str | None:
    """Return the address of the report or case decided just before, if it is one of ours."""
    return address if _OURS.fullmatch(address) else None


def _other_views() -> dict[str, str]:
    return {state.value: label for state, label in STATE_LABELS.items() if state != ReportState.WAITING}


async def _lines(visit: Visit, view: str) -> list[ReportLine]:
    after = reference_number.parse(visit.asked("after"))
    read, staff = visit.store.read, visit.staff
    if view != ALL and view not in set(ReportState):
        return await read(reports.queue, staff, ONE_PAGE + 1, after)
    state = None if view == ALL else ReportState(view)
    return await read(reports.listing, staff, state=state, limit=ONE_PAGE + 1, after=after)


ROUTES = (
    Route("GET", PATH, WORKERS, index),
    Route("GET", f"{PATH}/{{reference}}", WORKERS, show),
)
