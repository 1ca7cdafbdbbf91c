"""The same deed for the ticked records of a list; the answer says what was done, what not, and why."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

from aiohttp import web

from handlers.web.console.lists import PATHS
from handlers.web.errors import status_of
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit
from handlers.web.wording import sentence
from store.actions import bulk
from store.domain.bulk import BulkResult, checked_tag, picks_of
from store.domain.case import CaseState
from store.domain.errors import Changed, Refusal
from store.domain.finding import ME, Kind

CHOSEN = {"bulk-assignment": "officer", "bulk-state": "state", "bulk-tag": "tag", "bulk-untag": "tag"}
"""The field that says what is to be done with the ticked records, by deed."""


def _assigning(kind: Kind) -> Callable[[Visit], bulk.Deed]:
    def deed(visit: Visit) -> bulk.Deed:
        officer = visit.form.get("officer", "")
        if not officer:
            raise Refusal("bulk.choose_officer")
        officer_id = visit.staff.id if officer == ME else officer
        return (bulk.assigning_reports if kind is Kind.REPORTS else bulk.assigning_cases)(officer_id)

    return deed


def _moving(visit: Visit) -> bulk.Deed:
    to = visit.form.get("state", "")
    if to not in set(CaseState):
        raise Refusal("case.choose_state")
    return bulk.moving_cases(CaseState(to))


def _tagging(visit: Visit) -> bulk.Deed:
    return bulk.tagging(checked_tag(visit.form.get("tag", "")), on=True)


def _untagging(visit: Visit) -> bulk.Deed:
    return bulk.tagging(checked_tag(visit.form.get("tag", "")), on=False)


def _route(kind: Kind, name: str, deed_of: Callable[[Visit], bulk.Deed]) -> Route:
    async def answer(visit: Visit) -> web.Response:
        sent = (await visit.request.post()).getall("pick", [])
        try:
            deed = deed_of(visit)
            picks = picks_of([value for value in sent if isinstance(value, str)])
        except Refusal as refusal:
            return _page(visit, kind, (), (sentence(refusal), status_of(refusal)))
        results = await visit.store.write(bulk.each, visit.by, picks, deed)
        return _page(visit, kind, results, ("", 200))

    return Route("POST", f"{PATHS[kind]}/{name}", WORKERS, answer)


def _page(
    visit: Visit, kind: Kind, results: tuple[BulkResult, ...], problem: tuple[str, int]
) -> web.Response:
    query = urlencode(parse_qsl(visit.form.get("query", "")))
    field = CHOSEN[visit.request.path.rpartition("/")[2]]
    return visit.page(
        "console/bulk.html",
        problem[1],
        problem=problem[0],
        kind=kind.value,
        done=[each.reference for each in results if each.refusal is None],
        refused=[(each.reference, sentence(each.refusal)) for each in results if each.refusal],
        changed=[
            f"{each.reference}:{each.refusal.values['version']}"
            for each in results
            if isinstance(each.refusal, Changed)
        ],
        chosen=(field, visit.form.get(field, "")),
        action=visit.request.path,
        path=PATHS[kind],
        query=query,
    )


ROUTES = (
    _route(Kind.REPORTS, "bulk-assignment", _assigning(Kind.REPORTS)),
    _route(Kind.CASES, "bulk-assignment", _assigning(Kind.CASES)),
    _route(Kind.CASES, "bulk-state", _moving),
    _route(Kind.CASES, "bulk-tag", _tagging),
    _route(Kind.CASES, "bulk-untag", _untagging),
)
