"""Templates of responses: which fit, and a form with one of them filled in."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.web import labels
from handlers.web.console.problem import NO_PROBLEM, Problem
from handlers.web.visit import Visit
from store.domain.reference import Profile
from store.domain.report import ReportView
from store.domain.response_template import REFERENCE, Purpose, ResponseTemplate, filled, fitting

Templates = Mapping[str, tuple[ResponseTemplate, ...]]
ENGLISH = "en"


def templates_for(visit: Visit, category: str) -> Templates:
    """Return the templates that fit a record of this category, by form."""
    known = visit.site.profile().templates
    return {purpose.value: fitting(known, purpose, category) for purpose in Purpose}


def prefilled(visit: Visit, reports: tuple[ReportView, ...]) -> Problem:
    """Return the form that the address asks for, with a template in it for the people behind these reports.

    Where they read different languages it is English.
    """
    form, code = visit.asked("form"), visit.asked("template")
    profile = visit.site.profile()
    chosen = next((t for t in profile.templates if t.code == code and t.purpose == form), None)
    if chosen is None or not reports:
        return NO_PROBLEM
    languages = {report.language for report in reports}
    language = languages.pop() if len(languages) == 1 else ENGLISH

    def said(language: str) -> str:
        values = _values(visit, profile, reports[0], language)
        # What is one person's own is not told to the others: each gets their own reference later.
        shared = {"reference": REFERENCE, "place": ""} if len(reports) > 1 else {}
        return filled(chosen, language, values | shared)

    beneath = said(ENGLISH) if language != ENGLISH else ""
    outcome = chosen.outcomes[0] if chosen.outcomes else ""
    return Problem(form, "", {"text": said(language), "words": said(language), "outcome": outcome}, beneath)


def _values(visit: Visit, profile: Profile, report: ReportView, language: str) -> dict[str, str]:
    category = next((c.label for c in profile.categories if c.code == report.category), {})
    return {
        "reference": report.reference,
        "category": category.get(language) or labels.category(profile, report.category),
        "officer": visit.staff.name,
        "partnership": profile.district.partnership,
        "place": report.place.words,
    }
