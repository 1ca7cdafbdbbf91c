"""One search over reports and cases; a reference leads to its record."""

from __future__ import annotations

from aiohttp import web

from handlers.web.console.filter_form import query_of
from handlers.web.console.lists import PATHS, how_many, record_of
from handlers.web.console.problem import BAD_FILTER, NO_PROBLEM, Problem, problem_of
from handlers.web.errors import status_of
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit
from store.actions import search
from store.domain.errors import Refusal
from store.domain.finding import Filter, Kind, parse
from store.domain.found import Everywhere, Found
from store.domain.search_words import wanted as wishes_of
from store.queries import finding

PATH = "/console/search"
FIRST = 10
"""So many of each kind are shown; its list shows all."""
NOTHING = Everywhere(Found((), 0, ""), Found((), 0, ""))


async def show(visit: Visit) -> web.Response:
    """Show in which reports and cases the words of the search box stand."""
    try:
        words = parse(Kind.REPORTS, [("q", visit.asked("q"))]).text
    except Refusal as refusal:
        if refusal.key != BAD_FILTER:
            raise
        return _page(visit, "", NOTHING, problem_of("find", refusal, {}), status_of(refusal))
    if not words:
        return _page(visit, "", NOTHING)
    await visit.store.write(search.record_everywhere, visit.by, words)
    record = await record_of(visit, words)
    if record is not None:
        return record
    if not wishes_of(words):
        return _page(visit, words, NOTHING)
    found = await visit.store.read(finding.everywhere, visit.staff, visit.site.profile(), words, FIRST)
    return _page(visit, words, found)


def _page(
    visit: Visit, words: str, found: Everywhere, problem: Problem = NO_PROBLEM, status: int = 200
) -> web.Response:
    return visit.page(
        "console/search.html",
        status,
        words=words,
        found=found,
        problem=problem,
        paths={kind.value: path for kind, path in PATHS.items()},
        queries={kind.value: query_of(Filter(kind, text=words)) for kind in Kind},
        counted={
            Kind.REPORTS.value: how_many(Kind.REPORTS, found.reports.total),
            Kind.CASES.value: how_many(Kind.CASES, found.cases.total),
        },
    )


ROUTES = (Route("GET", PATH, WORKERS, show),)
