"""Meetings: a list, a month as a calendar, a year against the plan, and new single ones."""

from __future__ import annotations

from calendar import Calendar
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from handlers.web.console.done import done_of
from handlers.web.console.meeting_form import DEFAULTS, choices, read_facts, read_start
from handlers.web.console.problem import NO_PROBLEM, Problem, problem_of
from handlers.web.errors import status_of
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit, see
from store.actions import meeting
from store.domain.errors import Refusal
from store.domain.meeting import STATE_LABELS, Meeting, MeetingState
from store.domain.meeting_desk import (
    WHEN_LABELS,
    WHOLE_DISTRICT,
    Wanted,
    When,
    plan_year,
    year_bounds,
)
from store.domain.meeting_sharing import TO_DO_LABELS
from store.domain.recurrence import instant_of, local_of
from store.domain.working_days import london_date
from store.queries import agenda, meeting_desk, sharing_desk, turnouts

PATH = "/console/meetings"
NEW, CALENDAR, YEAR = f"{PATH}/new", f"{PATH}/calendar", f"{PATH}/year"
LIMIT = 200
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
"""Calendars of other years are not asked for, and an address cannot make us draw one."""


async def index(visit: Visit) -> web.Response:
    """List the meetings that a filter lets through."""
    wanted = _wanted(visit)
    found = await visit.store.read(meeting_desk.listing, visit.staff, wanted, LIMIT)
    return visit.page(
        "console/meetings.html",
        found=found,
        full=len(found) == LIMIT,
        limit=LIMIT,
        to_do=await visit.store.read(sharing_desk.duties, visit.staff),
        to_do_labels=TO_DO_LABELS,
        unread=await visit.store.read(agenda.unread, visit.staff),
        done=done_of(visit),
        **_filters(visit, wanted),
    )


async def calendar(visit: Visit) -> web.Response:
    """Show a month, its days in weeks."""
    wanted, month = _wanted(visit), _month(visit)
    weeks = Calendar().monthdatescalendar(month.year, month.month)
    days = (weeks[0][0], weeks[-1][-1] + timedelta(days=1))
    found = await visit.store.read(meeting_desk.between, visit.staff, wanted, days)
    by_day: dict[date, list[Meeting]] = {}
    for one in found:
        by_day.setdefault(local_of(one.starts_at).date(), []).append(one)
    before, after = month - timedelta(days=1), month + timedelta(days=31)
    return visit.page(
        "console/meetings_calendar.html",
        month=month,
        weeks=weeks,
        by_day=by_day,
        before=f"{before:%Y-%m}",
        after=f"{after:%Y-%m}",
        **_filters(visit, wanted),
    )


async def year(visit: Visit) -> web.Response:
    """Show what each area has had and will have of the plan's meetings."""
    starts = plan_year(london_date(visit.store.clock.now()))
    asked = visit.asked("from")
    if asked.isdecimal() and _FIRST_YEAR <= int(asked) <= _LAST_YEAR:
        starts = int(asked)
    profile = visit.site.profile()
    areas, planned = [area.code for area in profile.areas], profile.district.meetings_per_area
    lines = await visit.store.read(meeting_desk.year, visit.staff, areas, starts, planned)
    meetings_held = await visit.store.read(turnouts.held, visit.staff, year_bounds(starts))
    ours = [line for line in lines if line.area is not None]
    return visit.page(
        "console/meetings_year.html",
        starts=starts,
        bounds=year_bounds(starts),
        lines=lines,
        planned=planned,
        all_planned=planned * len(areas),
        held=sum(line.held for line in ours),
        to_do=len(await visit.store.read(sharing_desk.duties, visit.staff)),
        to_come=sum(line.to_come for line in ours),
        meetings=meetings_held,
        path=YEAR,
    )


async def begin(visit: Visit) -> web.Response:
    """Show the form of a new single meeting."""
    return _new_page(visit, NO_PROBLEM)


async def make(visit: Visit) -> web.Response:
    """Make it, as a draft, and look at it; a mistake gives the page again with what was typed."""
    try:
        facts, starts_at = read_facts(visit), instant_of(read_start(visit.form))
        made = await visit.store.write(meeting.make, visit.by, starts_at, facts)
    except Refusal as refusal:
        return _new_page(visit, problem_of("meeting", refusal, visit.form), status_of(refusal))
    return see(path_of(made.reference), done="meeting-made")


def _new_page(visit: Visit, problem: Problem, status: int = 200) -> web.Response:
    values = problem.typed if problem.form else {**DEFAULTS, **visit.request.query}
    return visit.page(
        "console/meeting_new.html", status, values=values, problem=problem, path=NEW, **choices(visit)
    )


def path_of(reference: str) -> str:
    """Return the address of a meeting."""
    return f"{PATH}/{reference}"


def _wanted(visit: Visit) -> Wanted:
    """Return the filter that the address names; what means nothing there is no filter."""
    area, state, when = (visit.asked(name) for name in ("area", "state", "when"))
    areas = {WHOLE_DISTRICT, *(one.code for one in visit.site.profile().areas)}
    return Wanted(
        area if area in areas else None,
        MeetingState(state) if state in set(MeetingState) else None,
        When(when) if when in set(When) else When.COMING,
    )


def _month(visit: Visit) -> date:
    try:
        month = date.fromisoformat(f"{visit.asked('month')}-01")
    except ValueError:
        month = london_date(visit.store.clock.now())
    return month.replace(year=min(max(month.year, _FIRST_YEAR), _LAST_YEAR), day=1)


def _filters(visit: Visit, wanted: Wanted) -> dict[str, Any]:
    """Return what the filter's form needs, and `query`: the same filter for another page."""
    areas = [(one.code, one.name) for one in visit.site.profile().areas]
    chosen = {"area": wanted.area, "state": wanted.state}
    return {
        "wanted": wanted,
        "areas": [*areas, (WHOLE_DISTRICT, "Whole district")],
        "states": STATE_LABELS,
        "whens": WHEN_LABELS,
        "query": urlencode({name: value for name, value in chosen.items() if value}),
    }


ROUTES = (
    Route("GET", PATH, WORKERS, index),
    Route("GET", CALENDAR, WORKERS, calendar),
    Route("GET", YEAR, WORKERS, year),
    Route("GET", NEW, WORKERS, begin),
    Route("POST", NEW, WORKERS, make),
)
