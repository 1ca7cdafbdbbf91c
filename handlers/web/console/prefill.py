"""Templates of responses: which fit, and a form with one of them put beneath what was typed."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from handlers.web import labels
from handlers.web.console.address import reference_of
from handlers.web.console.deeds import Page
from handlers.web.console.problem import NO_PROBLEM, Problem
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit
from store.domain.reference import Profile
from store.domain.report import ReportView
from store.domain.response_template import REFERENCE, Purpose, ResponseTemplate, filled, fitting

Templates = Mapping[str, tuple[ResponseTemplate, ...]]
ENGLISH = "en"
CHOSEN = "template"
"""The field that names the template: its form and its code."""
FIELDS = ("text", "words")
"""How the forms call what is written in them."""


def templates_for(visit: Visit, category: str) -> Templates:
    """Return the templates that fit a record of this category, by form."""
    known = visit.site.profile().templates
    return {purpose.value: fitting(known, purpose, category) for purpose in Purpose}


def drafted(visit: Visit, reports: tuple[ReportView, ...]) -> Problem:
    """Return the form that wants a template: what was typed, and the words of the template beneath.

    They are for the people behind these reports; where those read different languages it is English.
    """
    form, _, code = visit.form.get(CHOSEN, "").partition(" ")
    if form not in set(Purpose):
        return NO_PROBLEM
    profile = visit.site.profile()
    chosen = next((t for t in profile.templates if t.code == code and t.purpose == form), None)
    if chosen is None or not reports:
        return Problem(form, "", visit.form)
    languages = {report.language for report in reports}
    language = languages.pop() if len(languages) == 1 else ENGLISH

    def said(language: str) -> str:
        values = _values(visit, profile, reports[0], language)
        # What is one person's own is not told to the others: each gets their own reference later.
        shared = {"reference": REFERENCE, "place": ""} if len(reports) > 1 else {}
        return filled(chosen, language, values | shared)

    beneath = said(ENGLISH) if language != ENGLISH else ""
    outcome = visit.form.get("outcome") or (chosen.outcomes[0] if chosen.outcomes else "")
    words = {field: _beneath(visit.form.get(field, ""), said(language)) for field in FIELDS}
    return Problem(form, "", {**visit.form, **words, "outcome": outcome}, beneath)


def draft_route(path: str, page: Page) -> Route:
    """Return the route that puts a template into a form of the records under `path`; nothing is sent."""

    async def answer(visit: Visit) -> web.Response:
        return await page(visit, reference_of(visit), NO_PROBLEM, 200)

    return Route("POST", f"{path}/{{reference}}/draft", WORKERS, answer)


def _beneath(typed: str, said: str) -> str:
    """Return both, what was typed first; a template that is in it already comes no second time."""
    above = typed.rstrip()
    if not above or said in typed:
        return typed if above else said
    return f"{above}\n\n{said}"


def _values(visit: Visit, profile: Profile, report: ReportView, language: str) -> dict[str, str]:
    category = next((c.label for c in profile.categories if c.code == report.category), {})
    return {
        "reference": report.reference,
        "category": category.get(language) or labels.category(profile, report.category),
        "officer": visit.staff.name,
        "partnership": profile.district.partnership,
        "place": report.place.words,
    }
