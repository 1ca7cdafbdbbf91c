"""A deed as a resource of its own: done, it answers with a redirect; refused, with the page again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from handlers.web.console.address import reference_of
from handlers.web.console.done import LATER, TELLS_A_REPORTER
from handlers.web.console.problem import Problem, problem_of
from handlers.web.errors import status_of
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit, see
from notifications.quiet_hours import of_record
from store.domain.errors import Refusal
from store.domain.staff import Staff
from store.engine import Session

Deed = Callable[[Visit, str], Awaitable[str | tuple[str, str]]]
"""Does it to the record with this reference, and returns where to look next.

With it comes what to say there, where that is not what is said of this deed otherwise.
"""
Find = Callable[[Session, Staff, str], object]
Page = Callable[[Visit, str, Problem, int], Awaitable[web.Response]]


def routes_of(
    path: str, unknown: str, page: Page, find: Find | None = None
) -> Callable[[str, str, Deed], Route]:
    """Return what makes the route of a deed about the records under `path`.

    A refusal `unknown` means there is no such record; after any other, `page` comes back with what
    was typed. `find` refuses a record of another kind that the same deeds could be done to.
    """

    def route(name: str, done: str, deed: Deed) -> Route:
        async def answer(visit: Visit) -> web.Response:
            reference = reference_of(visit)
            try:
                if find is not None:
                    await visit.store.read(find, visit.staff, reference)
                where = await deed(visit, reference)
            except Refusal as refusal:
                if refusal.key == unknown:
                    raise
                problem = problem_of(name, refusal, visit.form)
                return await page(visit, reference, problem, status_of(refusal))
            path, said = (where, done) if isinstance(where, str) else where
            later = await visit.store.read(of_record, reference) if said in TELLS_A_REPORTER else ""
            return see(path, done=said, **({LATER: "yes"} if later else {}))

        return Route("POST", f"{path}/{{reference}}/{name}", WORKERS, answer)

    return route
