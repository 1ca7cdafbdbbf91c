"""Urgent alerts: a list, a new one, and one with whom it reaches, how fast, and who has to agree."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from handlers.web.console import campaign_results
from handlers.web.console.address import reference_of
from handlers.web.console.deeds import routes_of
from handlers.web.console.done import done_of
from handlers.web.console.problem import NO_PROBLEM, Problem, problem_of
from handlers.web.console.unreadable import unreadable_page
from handlers.web.console.urgent_form import (
    EMPTY,
    choices,
    fields_of,
    read_alert,
    read_change,
    read_follow_up,
    with_wards_near,
)
from handlers.web.errors import status_of
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit, see
from store.actions import campaign, urgent
from store.domain.campaign import STATE_LABELS, TO_BE_CHANGED
from store.domain.errors import Refusal
from store.domain.staff import may_approve_campaigns
from store.domain.urgent import Reach, in_words
from store.queries import urgent as alerts
from store.queries.urgent import UrgentPage

PATH = "/console/urgent"
NEW = f"{PATH}/new"
DRAFT = "draft"


async def index(visit: Visit) -> web.Response:
    """List the alerts."""
    found = await visit.store.read(alerts.listing, visit.staff)
    return visit.page("console/urgent_list.html", found=found, states=STATE_LABELS, done=done_of(visit))


async def begin(visit: Visit) -> web.Response:
    """Show the form of a new alert."""
    return _new_page(visit, NO_PROBLEM, EMPTY)


async def make(visit: Visit) -> web.Response:
    """Make it, as a draft, and look at it; a mistake gives the page again with what was typed."""
    district = visit.site.profile().district
    try:
        reference = await visit.store.write(campaign.make, visit.by, read_alert(visit), district)
    except Refusal as refusal:
        return _new_page(visit, problem_of("alert", refusal, visit.form), visit.form, status_of(refusal))
    return see(f"{PATH}/{reference}", done="urgent-made")


async def draft(visit: Visit) -> web.Response:
    """Show the form of a new alert again, the wards near a place ticked."""
    try:
        return _new_page(visit, NO_PROBLEM, with_wards_near(visit))
    except Refusal as refusal:
        return _new_page(visit, problem_of("alert", refusal, visit.form), visit.form, status_of(refusal))


def _new_page(visit: Visit, problem: Problem, values: Mapping[str, str], status: int = 200) -> web.Response:
    return visit.page(
        "console/urgent_new.html", status, values=values, problem=problem, path=NEW, **choices(visit)
    )


async def show(visit: Visit) -> web.Response:
    """Show one alert."""
    return await alert_page(visit, reference_of(visit), NO_PROBLEM)


async def draft_again(visit: Visit) -> web.Response:
    """Show one alert with the form that changes it, the wards near a place ticked."""
    try:
        problem = Problem("change", "", with_wards_near(visit))
    except Refusal as refusal:
        problem = problem_of("change", refusal, visit.form)
    return await alert_page(visit, reference_of(visit), problem)


async def alert_page(visit: Visit, reference: str, problem: Problem, status: int = 200) -> web.Response:
    """Render an alert's page."""
    page = await visit.store.read(alerts.page, visit.staff, reference)
    known = page.alert
    if known.unreadable:
        return unreadable_page(visit, known, page.story, problem, status)
    return visit.page(
        "console/urgent.html",
        status,
        page=page,
        alert=known,
        facts=known.facts,
        values=problem.typed if problem.form == "change" else fields_of(known.facts),
        follow_values=problem.typed if problem.form == "follow-up" else EMPTY,
        to_be_changed=known.state in TO_BE_CHANGED,
        may_approve=may_approve_campaigns(visit.staff) and visit.staff.id != known.author_id,
        where=_where(visit, page),
        speed=_speed(visit, page.reach),
        told=await campaign_results.values(visit, known),
        states=STATE_LABELS,
        path=f"{PATH}/{reference}",
        problem=problem,
        done=done_of(visit),
        **choices(visit),
    )


def _where(visit: Visit, page: UrgentPage) -> str:
    profile, places = visit.site.profile(), page.alert.facts.places
    names = {area.code: area.name for area in profile.areas} | {w.code: w.name for w in profile.wards}
    return ", ".join(sorted(names.get(code, code) for code in places)) or "The whole district"


def _speed(visit: Visit, reach: Reach) -> dict[str, str]:
    """Return how long it takes to reach the last who gets it at once; `danger`: with nobody asleep."""
    rate = visit.site.config.send_rate

    def said(people: int) -> str:
        if people == 1:
            return f"{in_words(reach.time_for(1, rate))} to reach one person"
        return f"{in_words(reach.time_for(people, rate))} to reach the last of {people:,} people"

    return {"now": said(reach.at_once), "danger": said(reach.people)}


async def change(visit: Visit, reference: str) -> str:
    """Change it; an approval is gone with that."""
    page = await visit.store.read(alerts.page, visit.staff, reference)
    facts, district = read_change(visit, page.alert.facts), visit.site.profile().district
    await visit.store.write(campaign.change, visit.by, reference, facts, district, visit.version)
    return f"{PATH}/{reference}"


async def submit(visit: Visit, reference: str) -> str:
    """Ask a second person to agree."""
    await visit.store.write(urgent.submit, visit.by, reference, visit.version)
    return f"{PATH}/{reference}"


async def send_back(visit: Visit, reference: str) -> str:
    """Not agree."""
    reason = visit.form.get("reason", "")
    await visit.store.write(urgent.send_back, visit.by, reference, reason, visit.version)
    return f"{PATH}/{reference}"


async def approve(visit: Visit, reference: str) -> str:
    """Let it go out now."""
    danger = "danger" in visit.form
    await visit.store.write(urgent.approve, visit.by, reference, visit.version, danger=danger)
    return f"{PATH}/{reference}"


async def try_out(visit: Visit, reference: str) -> str:
    """Send it to oneself."""
    await visit.store.write(urgent.try_out, visit.by, reference)
    return f"{PATH}/{reference}"


async def retry(visit: Visit, reference: str) -> str:
    """Try what failed again."""
    await visit.store.write(urgent.retry, visit.by, reference, visit.version)
    return f"{PATH}/{reference}"


async def cancel(visit: Visit, reference: str) -> str:
    """Let nothing more go out, for good."""
    await visit.store.write(urgent.cancel, visit.by, reference, visit.version)
    return f"{PATH}/{reference}"


async def follow(visit: Visit, reference: str) -> str:
    """Make an update or an all clear for those who got it, as a draft, and look at it."""
    facts, district = read_follow_up(visit), visit.site.profile().district
    made = await visit.store.write(urgent.follow, visit.by, reference, facts, district)
    return f"{PATH}/{made}"


_route = routes_of(PATH, "campaign.not_found", alert_page, alerts.find)
ROUTES = (
    Route("GET", PATH, WORKERS, index),
    Route("GET", NEW, WORKERS, begin),
    Route("POST", NEW, WORKERS, make),
    Route("POST", f"{NEW}/{DRAFT}", WORKERS, draft),
    Route("GET", f"{PATH}/{{reference}}", WORKERS, show),
    Route("POST", f"{PATH}/{{reference}}/{DRAFT}", WORKERS, draft_again),
    _route("change", "urgent-changed", change),
    _route("submission", "urgent-submitted", submit),
    _route("return", "urgent-sent-back", send_back),
    _route("approval", "urgent-approved", approve),
    _route("test", "urgent-tested", try_out),
    _route("retry", "urgent-retried", retry),
    _route("cancellation", "urgent-cancelled", cancel),
    _route("follow-up", "urgent-made", follow),
)
