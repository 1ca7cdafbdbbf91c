"""Share what came of a meeting: first the exact words and how many would hear, then the deed."""

from __future__ import annotations

from aiohttp import web

from handlers.web.console.address import reference_of
from handlers.web.console.deeds import routes_of
from handlers.web.console.meetings import PATH, path_of
from handlers.web.console.problem import NO_PROBLEM, Problem
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit
from notifications import sharing_card
from store.actions import meeting_sharing
from store.domain.meeting import MeetingState
from store.domain.meeting_sharing import news, shared
from store.queries import sharing_desk

SHARING = "sharing"


async def show(visit: Visit) -> web.Response:
    """Show what sharing it would do."""
    return await sharing_page(visit, reference_of(visit), NO_PROBLEM)


async def sharing_page(visit: Visit, reference: str, problem: Problem, status: int = 200) -> web.Response:
    """Render the page from which a meeting is shared."""
    page = await visit.store.read(sharing_desk.page, visit.staff, reference)
    known, number = page.meeting, page.sharing.number + 1
    told = news(shared(page.kept, number), number)
    published = known.state is MeetingState.PUBLISHED
    return visit.page(
        "console/meeting_sharing.html",
        status,
        page=page,
        meeting=known,
        may=published and known.starts_at <= visit.store.clock.now(),
        words=sharing_card.message(known, told, "en") if told else "",
        path=path_of(reference),
        problem=problem,
    )


async def share(visit: Visit, reference: str) -> str | tuple[str, str]:
    """Share it."""
    new = await visit.store.write(meeting_sharing.share, visit.by, reference, visit.version)
    return path_of(reference) if new else (path_of(reference), "meeting-nothing-new")


_route = routes_of(PATH, "meeting.not_found", sharing_page)
ROUTES = (
    Route("GET", f"{PATH}/{{reference}}/{SHARING}", WORKERS, show),
    _route(SHARING, "meeting-shared", share),
)
