"""Alerts: words of people who may be at risk, or who threaten staff; for those granted that kind."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from handlers.web.console.done import done_of
from handlers.web.console.problem import NO_PROBLEM, Problem, problem_of
from handlers.web.errors import status_of
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit, see
from store.actions import alert
from store.domain.errors import NotFound, Refusal
from store.queries import alerts

PATH = "/console/alerts"
LIMIT = 100


async def index(visit: Visit) -> web.Response:
    """List the alerts this person may see, those that wait first."""
    lines = await visit.store.read(alerts.listing, visit.staff, LIMIT)
    return visit.page("console/alerts.html", lines=lines, granted=bool(visit.staff.grants))


async def show(visit: Visit) -> web.Response:
    """Show one alert; the look is recorded."""
    return await _page(visit, NO_PROBLEM)


async def _page(visit: Visit, problem: Problem, status: int = 200) -> web.Response:
    opened = await visit.store.write(alert.open_alert, visit.by, visit.part("id"))
    return visit.page(
        "console/alert.html",
        status,
        alert=opened,
        path=f"{PATH}/{opened.id}",
        problem=problem,
        done=done_of(visit),
    )


async def _answer(visit: Visit) -> None:
    text = visit.form.get("text", "")
    await visit.store.write(alert.answer, visit.by, visit.part("id"), text, visit.version)


async def _finish(visit: Visit) -> None:
    note = visit.form.get("note", "")
    await visit.store.write(alert.finish, visit.by, visit.part("id"), note, visit.version)


def _deed(name: str, done: str, deed: Callable[[Visit], Awaitable[None]]) -> Route:
    """Return the route of a deed; refused, the page comes back with what was typed."""

    async def answer(visit: Visit) -> web.Response:
        try:
            await deed(visit)
        except NotFound:
            raise
        except Refusal as refusal:
            return await _page(visit, problem_of(name, refusal, visit.form), status_of(refusal))
        return see(f"{PATH}/{visit.part('id')}", done=done)

    return Route("POST", f"{PATH}/{{id}}/{name}", WORKERS, answer)


ROUTES = (
    Route("GET", PATH, WORKERS, index),
    Route("GET", f"{PATH}/{{id}}", WORKERS, show),
    _deed("answer", "alert-answered", _answer),
    _deed("end", "alert-done", _finish),
)
