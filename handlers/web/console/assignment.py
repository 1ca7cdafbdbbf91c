"""Give one report or case to somebody, and tag one case: the deeds of the lists, from the record's page."""

from __future__ import annotations

from collections.abc import Callable

from handlers.web.console import cases, reports
from handlers.web.console.deeds import Deed, routes_of
from handlers.web.visit import Visit
from store.actions import bulk
from store.domain.bulk import Pick, checked_tag
from store.domain.errors import Refusal


def _giving(path_of: Callable[[str], str], to: Callable[[str], bulk.Deed]) -> Deed:
    async def give(visit: Visit, reference: str) -> str:
        officer = visit.form.get("officer", "")
        if not officer:
            raise Refusal("assignment.choose_officer")
        await visit.store.write(to(officer), visit.by, Pick(reference, visit.version))
        return path_of(reference)

    return give


def _tagging(*, on: bool) -> Deed:
    async def tag(visit: Visit, reference: str) -> str:
        deed = bulk.tagging(checked_tag(visit.form.get("tag", "")), on=on)
        await visit.store.write(deed, visit.by, Pick(reference, visit.version))
        return cases.path_of(reference)

    return tag


_report = routes_of(reports.PATH, "report.not_found", reports.report_page)
_case = routes_of(cases.PATH, "case.not_found", cases.case_page)
ROUTES = (
    _report("assignment", "report-assigned", _giving(reports.path_of, bulk.assigning_reports)),
    _case("assignment", "case-assigned", _giving(cases.path_of, bulk.assigning_cases)),
    _case("tag", "tagged", _tagging(on=True)),
    _case("tag-removal", "untagged", _tagging(on=False)),
)
