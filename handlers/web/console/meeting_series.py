"""A new series of meetings: its dates are shown first, then it is made."""

from __future__ import annotations

from aiohttp import web

from handlers.web.console.meeting_dates import checked_dates, date_choices, dates_if_any, read_dates
from handlers.web.console.meeting_form import DEFAULTS, choices, read_facts
from handlers.web.console.meetings import PATH, path_of
from handlers.web.console.problem import NO_PROBLEM, Problem, problem_of
from handlers.web.errors import status_of
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit, see
from store.actions import series
from store.domain.errors import Refusal
from store.domain.recurrence_form import Ends, Repeat
from store.domain.series import Plan
from store.queries import series as reading

NEW, DRAFT = f"{PATH}/series/new", f"{PATH}/series/draft"
FORM = "series"
_DEFAULTS = {**DEFAULTS, "repeat": Repeat.WEEKLY.value, "every": "1", "ends": Ends.NEVER.value, "count": "4"}


async def begin(visit: Visit) -> web.Response:
    """Show the form of a new series; with a day in the address also its dates."""
    return _page(visit, NO_PROBLEM)


async def draft(visit: Visit) -> web.Response:
    """Show the dates that the form means; nothing is written."""
    try:
        read_dates(visit.form)
    except Refusal as refusal:
        return _page(visit, problem_of(FORM, refusal, visit.form), status_of(refusal))
    return _page(visit, Problem(FORM, "", visit.form))


async def make(visit: Visit) -> web.Response:
    """Make it, and look at its first meeting; a mistake gives the page again with what was typed."""
    try:
        facts, dates = read_facts(visit), checked_dates(visit.form)
        made = await visit.store.write(series.make_series, visit.by, Plan(dates.rule, dates.start, facts))
    except Refusal as refusal:
        return _page(visit, problem_of(FORM, refusal, visit.form), status_of(refusal))
    first = (await visit.store.read(reading.all_of, made.id))[0]
    return see(path_of(first.reference), done="series-made")


def _page(visit: Visit, problem: Problem, status: int = 200) -> web.Response:
    values = problem.typed if problem.form else {**_DEFAULTS, **visit.request.query}
    return visit.page(
        "console/meeting_series.html",
        status,
        values=values,
        dates=dates_if_any(values),
        problem=problem,
        paths=(NEW, DRAFT),
        **date_choices(),
        **choices(visit),
    )


ROUTES = (
    Route("GET", NEW, WORKERS, begin),
    Route("POST", NEW, WORKERS, make),
    Route("POST", DRAFT, WORKERS, draft),
)
