"""Saved views: my own, to rename, share and delete, and those that others share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl, urlencode

from aiohttp import web

from handlers.web.console.done import done_of
from handlers.web.console.lists import PATHS
from handlers.web.console.problem import NO_PROBLEM, Problem, problem_of
from handlers.web.errors import status_of
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit, see
from store.actions import saved_view
from store.domain.errors import NotFound, Refusal
from store.domain.finding import Kind
from store.queries import saved_views

PATH = "/console/views"


async def index(visit: Visit) -> web.Response:
    """List the views that this person may use."""
    return await _page(visit, NO_PROBLEM)


async def save(visit: Visit) -> web.Response:
    """Save a list under a name, and show it again."""
    form = visit.form
    kind = Kind.CASES if form.get("kind") == Kind.CASES else Kind.REPORTS
    query = urlencode(parse_qsl(form.get("query", "")))
    try:
        shared = form.get("shared") == "1"
        await visit.store.write(saved_view.save, visit.by, (kind, query), form.get("name", ""), shared=shared)
    except Refusal as refusal:
        return await _page(visit, problem_of("save", refusal, form), status_of(refusal))
    return web.Response(status=303, headers={"Location": f"{PATHS[kind]}?{query}&done=view-saved"})


async def _rename(visit: Visit, view_id: str) -> None:
    await visit.store.write(saved_view.rename, visit.by, view_id, visit.form.get("name", ""), visit.version)


async def _share(visit: Visit, view_id: str) -> None:
    shared = visit.form.get("shared") == "1"
    await visit.store.write(saved_view.share, visit.by, view_id, shared=shared, version=visit.version)


async def _delete(visit: Visit, view_id: str) -> None:
    await visit.store.write(saved_view.delete, visit.by, view_id, visit.version)


async def _page(visit: Visit, problem: Problem, status: int = 200) -> web.Response:
    choices = await visit.store.read(saved_views.choices, visit.staff)
    story = await visit.store.read(saved_views.story, visit.staff, problem.form) if problem.stale else ()
    return visit.page(
        "console/views.html",
        status,
        views=choices.views,
        story=story,
        problem=problem,
        done=done_of(visit),
    )


def _deed(name: str, done: str, deed: Callable[[Visit, str], Awaitable[None]]) -> Route:
    """Return the route of a deed; refused, the page comes back with what was typed."""

    async def answer(visit: Visit) -> web.Response:
        view_id = visit.part("id")
        try:
            await deed(visit, view_id)
        except NotFound:
            raise
        except Refusal as refusal:
            return await _page(visit, problem_of(view_id, refusal, visit.form), status_of(refusal))
        return see(PATH, done=done)

    return Route("POST", f"{PATH}/{{id}}/{name}", WORKERS, answer)


ROUTES = (
    Route("GET", PATH, WORKERS, index),
    Route("POST", PATH, WORKERS, save),
    _deed("name", "view-renamed", _rename),
    _deed("sharing", "view-changed", _share),
    _deed("deletion", "view-deleted", _delete),
)
