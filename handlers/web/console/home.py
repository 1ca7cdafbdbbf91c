"""The first page: what waits for everybody, and for me."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from handlers.web.console import cycle, timetable
from handlers.web.console.filter_form import query_of
from handlers.web.console.lists import PATHS
from handlers.web.guards import STAFF, Route
from handlers.web.visit import Visit, see
from store.domain.case import CaseState
from store.domain.finding import ME, Filter, Kind, TargetMark
from store.domain.reference import Priority
from store.domain.report import ReportState
from store.domain.staff import may_manage_people, may_oversee, may_work_reports
from store.domain.target import rules_of
from store.queries import agenda, case_file, cases, mentions, reports, urgent
from store.queries.unseen import unseen

FIRST = 5
_WAITING = Filter(Kind.REPORTS, states=(ReportState.WAITING.value,))
_OPEN = Filter(Kind.CASES, states=tuple(state.value for state in CaseState if state is not CaseState.CLOSED))
_MY_CASES = replace(_OPEN, officer=ME)
_COUNTED = {
    "waiting": _WAITING,
    "waiting_p1": replace(_WAITING, priorities=(Priority.P1.value,)),
    "taken_by_me": replace(_WAITING, officer=ME),
    "open_cases": _OPEN,
    "my_cases": _MY_CASES,
    "unread": Filter(Kind.REPORTS, officer=ME, unread=True),
    "reports_due_soon": replace(_WAITING, target=TargetMark.DUE_SOON),
    "reports_missed": replace(_WAITING, target=TargetMark.MISSED),
    "cases_due_soon": replace(_MY_CASES, target=TargetMark.DUE_SOON),
    "cases_missed": replace(_MY_CASES, target=TargetMark.MISSED),
    "all_cases_missed": replace(_OPEN, target=TargetMark.MISSED),
}
LISTS = {count: f"{PATHS[wanted.kind]}?{query_of(wanted)}" for count, wanted in _COUNTED.items()}
"""Where the list is that each count counts."""


async def show(visit: Visit) -> web.Response:
    """Show the desk of somebody who works reports; others see what their account is for."""
    nobodys = await visit.store.read(unseen, visit.staff) if may_oversee(visit.staff) else {}
    if not may_work_reports(visit.staff):
        failing = await timetable.failing(visit) if may_manage_people(visit.staff) else []
        return visit.page("console/home_other.html", unseen=nobodys, failing=failing)
    read, staff = visit.store.read, visit.staff
    soon = rules_of(visit.site.profile()).soon(visit.store.clock.now())
    counts = await read(reports.counts, staff, soon)
    waiting = await read(reports.queue, staff, FIRST)
    mine = await read(cases.listing, staff, mine=True, limit=FIRST)
    named = await read(mentions.unread, staff)
    tasks = await read(case_file.my_tasks, staff)
    return visit.page(
        "console/home.html",
        counts=counts,
        lists=LISTS,
        waiting=waiting,
        mine=mine,
        mentions=named,
        tasks=tasks,
        turns=await cycle.waiting(visit),
        questions=await read(agenda.unread, staff),
        unseen=nobodys,
        alerts=await read(urgent.to_agree, staff),
    )


async def go_to_desk(_visit: Visit) -> web.Response:
    """Send people who type a slash too many where they meant to go."""
    return see("/console")


ROUTES = (
    Route("GET", "/console", STAFF, show),
    Route("GET", "/console/", STAFF, go_to_desk),
)
