"""Lists of reports and cases: one page of what a filter lets through, and everything around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from handlers.web.console.done import done_of
from handlers.web.console.filter_form import chips_of, fields_of, query_of
from handlers.web.console.problem import BAD_FILTER, NO_PROBLEM, Problem, problem_of
from handlers.web.errors import status_of
from handlers.web.visit import Visit, see
from store.actions import search
from store.domain import reference_number
from store.domain.case import OWN_DEEDS, CaseState
from store.domain.errors import Refusal
from store.domain.finding import Filter, Kind, TargetMark, parse
from store.domain.found import Found, counted
from store.queries import finding, saved_views
from store.queries.search import where_is

PATHS = {Kind.REPORTS: "/console/reports", Kind.CASES: "/console/cases"}
ONE = {Kind.REPORTS: "report", Kind.CASES: "case"}
QUICK = {
    Kind.REPORTS: (
        ("Waiting for triage", Filter(Kind.REPORTS, states=("waiting",))),
        ("With me", Filter(Kind.REPORTS, officer="me")),
        ("All reports", Filter(Kind.REPORTS)),
    ),
    Kind.CASES: (
        ("All cases", Filter(Kind.CASES)),
        ("My cases", Filter(Kind.CASES, officer="me")),
        ("Nobody's", Filter(Kind.CASES, officer="nobody")),
        ("Target missed", Filter(Kind.CASES, target=TargetMark.MISSED)),
    ),
}
PER_PAGE = "per"
"""Which number of lines a page has; the usual one needs no saying."""


async def listing(visit: Visit, kind: Kind) -> web.Response:
    """Show the list that the address asks for; a reference that was searched for leads to its record."""
    try:
        wanted = parse(kind, visit.request.query.items())
        found = await _found(visit, wanted)
    except Refusal as refusal:
        if refusal.key != BAD_FILTER:
            raise
        empty: Found[Any] = Found((), 0, "")
        problem = problem_of("filters", refusal, {})
        return await _page(visit, Filter(kind), empty, problem, status_of(refusal))
    if isinstance(found, web.Response):
        return found
    return await _page(visit, wanted, found, NO_PROBLEM)


async def _found(visit: Visit, wanted: Filter) -> Found[Any] | web.Response:
    after = visit.asked("after")
    if wanted.text and not after:
        await visit.store.write(search.record, visit.by, wanted)
        record = await record_of(visit, wanted.text)
        if record is not None:
            return record
    query: Callable[..., Any] = finding.found_reports if wanted.kind is Kind.REPORTS else finding.found_cases
    size = finding.LONG_PAGE if _is_long(visit) else finding.ONE_PAGE
    found: Found[Any] = await visit.store.read(query, visit.staff, visit.site.profile(), wanted, after, size)
    return found


async def record_of(visit: Visit, words: str) -> web.Response | None:
    """Lead to the record whose reference was searched for; None where these words are none."""
    reference = reference_number.parse(words)
    where = await visit.store.read(where_is, visit.staff, reference) if reference else None
    return see(f"{PATHS[where]}/{reference}") if where else None


def _is_long(visit: Visit) -> bool:
    return visit.asked(PER_PAGE) == str(finding.LONG_PAGE)


async def _page(
    visit: Visit, wanted: Filter, found: Found[Any], problem: Problem, status: int = 200
) -> web.Response:
    choices = await visit.store.read(saved_views.choices, visit.staff)
    fields = fields_of(wanted, visit.site.profile(), choices.colleagues)
    quick = [(name, query_of(each), each == wanted) for name, each in QUICK[wanted.kind]]
    return visit.page(
        f"console/{wanted.kind.value}.html",
        status,
        wanted=wanted,
        found=found,
        fields=fields,
        chips=chips_of(wanted, fields),
        query=query_of(wanted),
        after=visit.asked("after"),
        sizes=_sizes(visit),
        title=next((name for name, _, here in quick if here), wanted.kind.value.title()),
        quick=quick,
        views=[view for view in choices.views if view.kind is wanted.kind],
        colleagues=choices.colleagues,
        counted=how_many(wanted.kind, found.total),
        path=PATHS[wanted.kind],
        movable=[state for state in CaseState if state not in {*OWN_DEEDS, CaseState.OPEN}],
        everywhere=urlencode({"q": wanted.text}),
        problem=problem,
        done=done_of(visit),
    )


def _sizes(visit: Visit) -> tuple[str, tuple[str, str]]:
    """Return what an address needs for pages of this length, and the words and the like for the other."""
    long, short = f"{PER_PAGE}={finding.LONG_PAGE}", ""
    if _is_long(visit):
        return long, (f"{finding.ONE_PAGE} on a page", short)
    return short, (f"{finding.LONG_PAGE} on a page", long)


def how_many(kind: Kind, total: int) -> str:
    """Return how many there are, as the head of a list."""
    said = f"{counted(total)} {ONE[kind] if total == 1 else kind.value}"
    return said[0].upper() + said[1:]
