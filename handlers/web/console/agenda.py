"""The agenda desk of a meeting: what people sent, what is on the agenda, and each deed about a question."""

from __future__ import annotations

from aiohttp import web

from handlers.web.console.address import reference_of
from handlers.web.console.deeds import routes_of
from handlers.web.console.done import done_of
from handlers.web.console.meetings import PATH, path_of
from handlers.web.console.problem import NO_PROBLEM, Problem
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit
from store.actions import agenda_desk
from store.domain.agenda import STATE_LABELS, Step
from store.domain.errors import Refusal
from store.domain.meeting import MeetingState
from store.queries import agenda

ITEM, WHOLE = "item", "whole"


async def show(visit: Visit) -> web.Response:
    """Show all questions for a meeting."""
    return await agenda_page(visit, reference_of(visit), NO_PROBLEM)


async def agenda_page(visit: Visit, reference: str, problem: Problem, status: int = 200) -> web.Response:
    """Render the agenda desk; a refused form comes back at its question."""
    desk = await visit.store.read(agenda.desk, visit.staff, reference)
    asked = problem.typed.get(ITEM, "")
    story = await visit.store.read(agenda.story, visit.staff, asked) if problem.stale else ()
    return visit.page(
        "console/agenda.html",
        status,
        desk=desk,
        meeting=desk.meeting,
        states=STATE_LABELS,
        takes_place=desk.meeting.state is not MeetingState.CANCELLED,
        path=path_of(reference),
        problem=problem,
        story=story,
        done=done_of(visit),
    )


async def add(visit: Visit, reference: str) -> str:
    """Put a point of one's own on the agenda."""
    await visit.store.write(agenda_desk.add, visit.by, reference, visit.form.get("words", ""))
    return _desk(reference)


async def put_on(visit: Visit, reference: str) -> str:
    """Put a question on the agenda, or word it anew."""
    words = visit.form.get("words", "")
    await visit.store.write(agenda_desk.put_on, visit.by, reference, _item(visit), words, visit.version)
    return _desk(reference)


async def decline(visit: Visit, reference: str) -> str:
    """Not take a question."""
    reason = visit.form.get("reason", "")
    await visit.store.write(agenda_desk.decline, visit.by, reference, _item(visit), reason, visit.version)
    return _desk(reference)


async def merge(visit: Visit, reference: str) -> str:
    """Let a question be part of another."""
    whole = visit.form.get(WHOLE, "")
    await visit.store.write(agenda_desk.merge, visit.by, reference, _item(visit), whole, visit.version)
    return _desk(reference)


async def answer(visit: Visit, reference: str) -> str:
    """Answer a question, for everybody to read."""
    words = visit.form.get("words", "")
    await visit.store.write(agenda_desk.answer, visit.by, reference, _item(visit), words, visit.version)
    return _desk(reference)


async def move(visit: Visit, reference: str) -> str:
    """Let it be talked about sooner or later."""
    step = visit.form.get("step", "")
    if step not in set(Step):
        raise Refusal("agenda.choose_other")
    await visit.store.write(agenda_desk.move, visit.by, reference, _item(visit), Step(step), visit.version)
    return _desk(reference)


async def offer_report(visit: Visit, reference: str) -> str:
    """Ask whoever sent it whether it should be a report."""
    await visit.store.write(agenda_desk.offer_report, visit.by, reference, _item(visit), visit.version)
    return _desk(reference)


def _item(visit: Visit) -> str:
    return visit.form.get(ITEM, "")


def _desk(reference: str) -> str:
    return f"{path_of(reference)}/agenda"


_route = routes_of(PATH, "meeting.not_found", agenda_page)
ROUTES = (
    Route("GET", f"{PATH}/{{reference}}/agenda", WORKERS, show),
    _route("agenda-point", "agenda-added", add),
    _route("agenda-listing", "agenda-listed", put_on),
    _route("agenda-refusal", "agenda-declined", decline),
    _route("agenda-merging", "agenda-merged", merge),
    _route("agenda-answer", "agenda-answered", answer),
    _route("agenda-order", "agenda-moved", move),
    _route("agenda-report", "agenda-offered", offer_report),
)
