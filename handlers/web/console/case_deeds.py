"""What can be done about a case: each deed is a resource of its own, answered by a redirect."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from handlers.web.console.cases import PATH, case_page, path_of, reference_of
from handlers.web.console.problem import problem_of
from handlers.web.errors import status_of
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit, see
from store.actions import case, message
from store.domain.case import CaseState, Outcome
from store.domain.errors import Refusal

Deed = Callable[[Visit, str], Awaitable[None]]


async def take(visit: Visit, reference: str) -> None:
    """Work it from now on."""
    await visit.store.write(case.take, visit.by, reference, version=visit.version)


async def move(visit: Visit, reference: str) -> None:
    """Move it to another state."""
    to = visit.form.get("state", "")
    if to not in set(CaseState):
        raise Refusal("case.choose_state")
    await visit.store.write(case.move, visit.by, reference, CaseState(to), version=visit.version)


async def close(visit: Visit, reference: str) -> None:
    """Close it, with an outcome and words for the reporters."""
    outcome = visit.form.get("outcome", "")
    if outcome not in set(Outcome):
        raise Refusal("case.close_needs_outcome")
    words = visit.form.get("words", "")
    await visit.store.write(case.close, visit.by, reference, Outcome(outcome), words, version=visit.version)


async def note(visit: Visit, reference: str) -> None:
    """Keep a note for staff."""
    await visit.store.write(message.note, visit.by, reference, visit.form.get("text", ""))


async def reopen(visit: Visit, reference: str) -> None:
    """Open it again, and say why."""
    await visit.store.write(case.reopen, visit.by, reference, visit.form.get("reason", ""))


def _route(name: str, done: str, deed: Deed) -> Route:
    """Return the resource of a deed. Refused, the page comes back with what was typed."""

    async def answer(visit: Visit) -> web.Response:
        reference = reference_of(visit)
        try:
            await deed(visit, reference)
        except Refusal as refusal:
            if refusal.key == "case.not_found":
                raise
            problem = problem_of(name, refusal, visit.form)
            return await case_page(visit, reference, problem, status_of(refusal))
        return see(path_of(reference), done=done)

    return Route("POST", f"{PATH}/{{reference}}/{name}", WORKERS, answer)


ROUTES = (
    _route("taking", "case-taken", take),
    _route("state", "state-changed", move),
    _route("closure", "case-closed", close),
    _route("note", "noted", note),
    _route("reopening", "case-reopened", reopen),
)
