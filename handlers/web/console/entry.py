"""Staff write a report down for somebody: first what it is about, then one clear page."""

from __future__ import annotations

from aiohttp import web

from handlers.web import labels
from handlers.web.console import reports
from handlers.web.console.problem import NO_PROBLEM, Problem, problem_of
from handlers.web.errors import status_of
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit, see
from store.actions import entry as writing
from store.domain import entry
from store.domain.errors import Refusal
from store.domain.place import Location
from store.domain.reference import AnswerKind, Category, ExtraQuestion
from store.domain.report import Identity
from store.domain.working_days import london_date

PATH = "/console/reports/new"
FORM = "entry"
SOURCES = {"phone": "By phone", "walk_in": "They came to us", "meeting": "At a meeting"}
IDENTITIES = {
    Identity.NAMED.value: "Named: staff and partners on the case may know",
    Identity.CONFIDENTIAL.value: "Confidential: known to the safety unit only",
    Identity.ANONYMOUS.value: "Anonymous: no name and no contact are kept",
}
YES_NO = {"yes": "Yes", "no": "No"}


async def begin(visit: Visit) -> web.Response:
    """Ask what it is about; once that is chosen, everything else."""
    category = entry.category_of(visit.site.profile(), visit.asked("category"))
    return _page(visit, category, NO_PROBLEM)


async def enter(visit: Visit) -> web.Response:
    """Keep it, and look at it; a mistake gives the page again with what was typed."""
    profile = visit.site.profile()
    try:
        told = entry.read(visit.form, profile, _place(visit))
        made = await visit.store.write(writing.enter, visit.by, profile, told)
    except Refusal as refusal:
        category = entry.category_of(profile, visit.form.get("category", ""))
        return _page(visit, category, problem_of(FORM, refusal, visit.form), status_of(refusal))
    if not made.opens:
        return see(reports.PATH, done="entered-restricted")
    return see(reports.path_of(made.reference), done="entered")


def _place(visit: Visit) -> Location:
    """Return where the words point to, on the wards of today."""
    said = visit.form.get("where", "").strip()
    day = london_date(visit.store.clock.now())
    places = visit.site.places()
    return places.locate_postcode(said, day) or places.locate_words(said, day)


def _page(visit: Visit, category: Category | None, problem: Problem, status: int = 200) -> web.Response:
    profile = visit.site.profile()
    return visit.page(
        "console/entry.html",
        status,
        profile=profile,
        chosen=category,
        extras=[(extra, _choices(extra)) for extra in category.questions] if category else [],
        today=london_date(visit.store.clock.now()),
        sources=SOURCES,
        identities=IDENTITIES,
        yes_no=YES_NO,
        languages=labels.LANGUAGES,
        whens=labels.OCCURRED,
        stills=labels.STILL_GOING,
        oftens=labels.HOW_OFTEN,
        concerns=entry.CONCERN_LABELS,
        problem=problem,
    )


def _choices(extra: ExtraQuestion) -> dict[str, str]:
    """Return the answers on offer by code; none where words are wanted."""
    if extra.kind is AnswerKind.YES_NO:
        return YES_NO
    return {choice.code: choice.label["en"] for choice in extra.choices}


ROUTES = (
    Route("GET", PATH, WORKERS, begin),
    Route("POST", PATH, WORKERS, enter),
)
