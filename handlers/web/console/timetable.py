"""What the program does by itself: when each thing ran, what came of it, when it runs next; run it now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from handlers.web.console import cycle
from handlers.web.console.done import done_of
from handlers.web.guards import ADMINISTRATORS, COUNTERS, Route
from handlers.web.visit import Visit, see
from notifications import campaign_trouble
from notifications.scheduled import Scheduled
from notifications.timetable import ALWAYS, TIMETABLE
from store.actions import job
from store.domain.errors import NotFound
from store.domain.job import NOTED_EVERY, Job
from store.domain.staff import may_keep_the_plan, may_manage_people, may_work_reports
from store.queries import campaign_troubles, jobs

PATH = "/console/timetable"


@dataclass(frozen=True, slots=True)
class Line:
    """A thing of the timetable as the page shows it; `job` is None where nothing is known of it yet."""

    entry: Scheduled
    job: Job | None
    next_at: datetime
    busy: bool


async def show(visit: Visit) -> web.Response:
    """Show the whole timetable."""
    known, at = await visit.store.read(jobs.standing), visit.store.clock.now()
    fails = any(one.failing_since for one in known.values())
    return visit.page(
        "console/timetable.html",
        path=PATH,
        lines=[_line(entry, known.get(entry.code), at) for entry in TIMETABLE],
        troubles=[
            (campaign_trouble.what(one), one, campaign_trouble.path_of(one))
            for one in (await visit.store.read(campaign_troubles.shown, visit.staff) if fails else ())
        ],
        may_look=may_work_reports(visit.staff),
        always=ALWAYS,
        noted_minutes=int(NOTED_EVERY.total_seconds()) // 60,
        turns=await cycle.year(visit),
        may_keep=may_keep_the_plan(visit.staff),
        may_run=may_manage_people(visit.staff),
        done=done_of(visit),
    )


def _line(entry: Scheduled, known: Job | None, at: datetime) -> Line:
    due = known is not None and entry.made_up and known.is_due(entry.next_after, at)
    busy = known is not None and known.is_busy(at)
    return Line(entry, known, at if due else entry.next_after(at), busy)


async def failing(visit: Visit) -> list[str]:
    """Return the names of what fails now."""
    known = await visit.store.read(jobs.standing)
    return [one.name for one in TIMETABLE if one.code in known and known[one.code].failing_since]


async def run(visit: Visit) -> web.Response:
    """Ask for one of them to run now; whoever has the scheduler begins within seconds."""
    code = visit.form.get("job", "")
    if code not in {entry.code for entry in TIMETABLE}:
        raise NotFound("job.not_found")
    await visit.store.write(job.ask, visit.by, code)
    return see(PATH, done="job-asked")


ROUTES = (
    Route("GET", PATH, COUNTERS, show),
    Route("POST", f"{PATH}/run", ADMINISTRATORS, run),
)
