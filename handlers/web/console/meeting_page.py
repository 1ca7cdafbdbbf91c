"""One meeting with everything that can be done about it: each deed is a resource of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from aiohttp import web

from handlers.web.console.address import reference_of
from handlers.web.console.deeds import routes_of
from handlers.web.console.done import done_of
from handlers.web.console.meeting_dates import NEW, Now, checked_dates, date_choices, dates_if_any, read_dates
from handlers.web.console.meeting_form import (
    AREA,
    choices,
    fields_of,
    priority_fields,
    read_facts,
    read_priorities,
    read_start,
)
from handlers.web.console.meeting_parts import parts_of
from handlers.web.console.meetings import PATH, path_of
from handlers.web.console.prefill import draft_route
from handlers.web.console.problem import NO_PROBLEM, Problem, problem_of
from handlers.web.console.small_map import SmallMap, small_map
from handlers.web.errors import status_of
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit
from store.actions import meeting, meeting_due, meeting_priority, series, series_rest
from store.domain.errors import Refusal
from store.domain.meeting import Meeting
from store.domain.meeting_desk import MeetingPage
from store.domain.place import Location
from store.domain.recurrence import instant_of, local_of
from store.domain.recurrence_form import fields_of as rule_fields
from store.domain.series import Plan
from store.queries import agenda, meeting_desk, sharing_desk
from store.queries.slots import slots

REST = "rest"


async def show(visit: Visit) -> web.Response:
    """Show one meeting."""
    return await meeting_page(visit, reference_of(visit), NO_PROBLEM)


async def draft_page(visit: Visit, reference: str, _problem: Problem, _status: int) -> web.Response:
    """Show it with the dates that the form for the rest of its series means; nothing is written."""
    page = await visit.store.read(meeting_desk.page, visit.staff, reference)
    try:
        read_dates(visit.form, _rest(page)[1])
    except Refusal as refusal:
        problem = problem_of(REST, refusal, visit.form)
        return await meeting_page(visit, reference, problem, status_of(refusal))
    return await meeting_page(visit, reference, Problem(REST, "", visit.form))


async def meeting_page(visit: Visit, reference: str, problem: Problem, status: int = 200) -> web.Response:
    """Render a meeting's page."""
    page = await visit.store.read(meeting_desk.page, visit.staff, reference)
    known = page.meeting
    present = fields_of(known.facts, local_of(known.starts_at))
    rest, now = _rest(page)
    values = {
        form: problem.typed if problem.form == form else fields
        for form, fields in (
            ("change", present),
            (REST, rest),
            ("priorities", priority_fields(page.priorities)),
        )
    }
    dates = dates_if_any(values[REST], now) if page.series else None
    return visit.page(
        "console/meeting.html",
        status,
        page=page,
        meeting=known,
        begun=known.starts_at <= visit.store.clock.now(),
        over=known.ends_at <= visit.store.clock.now(),
        picture=await _picture(visit, known),
        standing=await visit.store.read(sharing_desk.standing, visit.staff, known),
        agenda=await visit.store.read(agenda.desk, visit.staff, reference),
        values=values,
        dates=dates,
        gone=dates.without(page.rest) if dates else (),
        path=path_of(known.reference),
        problem=problem,
        done=done_of(visit),
        **await parts_of(visit, known, problem),
        **date_choices(now.rule),
        **choices(visit),
    )


def _rest(page: MeetingPage) -> tuple[Mapping[str, str], Now]:
    """Return the fields that mean a series from this meeting on as it is now, and how that is."""
    its, slot = page.series, page.meeting.slot
    if its is None or slot is None:
        return {}, NEW
    start, rule = datetime.fromisoformat(slot), its.rule
    if rule.count is not None:
        before = sum(1 for _ in takewhile(lambda one: one < start, slots(rule, its.first_start)))
        rule = replace(rule, count=max(1, rule.count - before))
    return fields_of(its.facts, start) | rule_fields(rule, start), Now(rule, its.end)


async def _picture(visit: Visit, known: Meeting) -> SmallMap | None:
    venue = known.facts.venue
    return await small_map(visit, [(venue.name or "The venue", Location(lat=venue.lat, lon=venue.lon))])


async def publish(visit: Visit, reference: str) -> str:
    """Let everybody know of it."""
    await visit.store.write(meeting.publish, visit.by, reference, visit.version)
    return path_of(reference)


async def publish_later(visit: Visit, reference: str) -> str:
    """Let it be published at a time; an empty day: not by itself."""
    at = instant_of(read_start(visit.form)) if visit.form.get("day") else None
    await visit.store.write(meeting_due.publish_later, visit.by, reference, at, visit.version)
    return path_of(reference)


async def change(visit: Visit, reference: str) -> str:
    """Change this one."""
    page = await visit.store.read(meeting_desk.page, visit.staff, reference)
    facts = read_facts(visit, page.meeting.facts.venue)
    starts_at = instant_of(read_start(visit.form))
    await visit.store.write(meeting.change, visit.by, reference, starts_at, facts, visit.version)
    return path_of(reference)


async def change_rest(visit: Visit, reference: str) -> str:
    """Change this one and all later ones of its series."""
    page = await visit.store.read(meeting_desk.page, visit.staff, reference)
    facts = read_facts(visit, page.series.facts.venue if page.series else None)
    # What somebody else changed meanwhile is said first; its dates are shown with that.
    stale = page.series is not None and visit.version not in {None, page.series.version}
    dates = (read_dates if stale else checked_dates)(visit.form, _rest(page)[1])
    plan = Plan(dates.rule, dates.start, facts)
    first = await visit.store.write(series_rest.change_rest, visit.by, reference, plan, visit.version)
    return path_of(first.reference)


async def cancel(visit: Visit, reference: str) -> str:
    """Call it off."""
    reason = visit.form.get("reason", "")
    await visit.store.write(meeting.cancel, visit.by, reference, reason, visit.version)
    return path_of(reference)


async def duplicate(visit: Visit, reference: str) -> str:
    """Make the same for other areas."""
    areas = [name.removeprefix(AREA) for name in visit.form if name.startswith(AREA)]
    await visit.store.write(meeting.duplicate, visit.by, visit.site.profile(), reference, areas)
    return f"{PATH}?state=draft"


async def set_priorities(visit: Visit, reference: str) -> str | tuple[str, str]:
    """Write down what it chose."""
    told = read_priorities(visit.form)
    await visit.store.write(meeting_priority.set_priorities, visit.by, reference, told, visit.version)
    page = await visit.store.read(sharing_desk.page, visit.staff, reference)
    news = page.sharing.number and any(one.is_new for one in page.kept)
    return (path_of(reference), "priorities-not-shared") if news else path_of(reference)


async def publish_all(visit: Visit, reference: str) -> str:
    """Publish its whole series."""
    await visit.store.write(series.publish_all, visit.by, reference, visit.version)
    return path_of(reference)


async def end_series(visit: Visit, reference: str) -> str:
    """End its series before it."""
    reason = visit.form.get("reason", "")
    await visit.store.write(series.end, visit.by, reference, reason, visit.version)
    return path_of(reference)


_route = routes_of(PATH, "meeting.not_found", meeting_page)
ROUTES = (
    Route("GET", f"{PATH}/{{reference}}", WORKERS, show),
    draft_route(PATH, draft_page),
    _route("publication", "meeting-published", publish),
    _route("publication-time", "meeting-timed", publish_later),
    _route("change", "meeting-changed", change),
    _route(REST, "series-changed", change_rest),
    _route("cancellation", "meeting-cancelled", cancel),
    _route("copies", "meeting-copied", duplicate),
    _route("priorities", "priorities-kept", set_priorities),
    _route("series-publication", "series-published", publish_all),
    _route("series-end", "series-ended", end_series),
)
