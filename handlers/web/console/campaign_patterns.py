"""Recurring campaigns: a list by what comes next, a new one, and one with its rule and its days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from aiohttp import web

from handlers.web.console import campaigns
from handlers.web.console.address import reference_of
from handlers.web.console.campaigns import AT_NINE, choices, fields_of, read_facts
from handlers.web.console.deeds import routes_of
from handlers.web.console.done import done_of
from handlers.web.console.problem import NO_PROBLEM, Problem, problem_of
from handlers.web.console.unreadable import unreadable_page
from handlers.web.errors import status_of
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit, see
from store.actions import campaign_by_hand, campaign_pattern
from store.actions import campaign_calendar as calendar
from store.domain import campaign_rule_form
from store.domain.campaign import GOOD_FOR_DAYS
from store.domain.campaign import STATE_LABELS as CAMPAIGN_STATES
from store.domain.campaign_pattern import AHEAD, STATE_LABELS, Plan
from store.domain.campaign_rule import CampaignRule, Occurrence
from store.domain.errors import Refusal
from store.domain.recurrence import NTH
from store.domain.recurrence_form import SAME, day
from store.domain.staff import may_approve_campaigns
from store.queries import campaign_calendar, campaign_patterns

PATH = f"{campaigns.PATH}/recurring"
NEW, DRAFT = f"{PATH}/new", f"{PATH}/draft"
FORM = "pattern"
_DEFAULTS = {
    "repeat": "days",
    "from_day": "1",
    "days": str(GOOD_FOR_DAYS),
    "at": AT_NINE,
    "every": "1",
    "school_days": "10",
    "sure": "yes",
}


async def index(visit: Visit) -> web.Response:
    """List them, what comes next first."""
    return visit.page(
        "console/campaign_patterns.html",
        found=await visit.store.read(campaign_patterns.listing, visit.staff),
        left=await visit.store.read(campaign_calendar.left) if may_approve_campaigns(visit.staff) else [],
        states=STATE_LABELS,
        done=done_of(visit),
        path=PATH,
    )


async def take_over(visit: Visit) -> web.Response:
    """Make recurring campaigns, with drafts, of what the calendar of the profile has more."""
    await visit.store.write(calendar.take_over, visit.by)
    return see(PATH, done="calendar-taken-over")


async def begin(visit: Visit) -> web.Response:
    """Show the form of a new one."""
    return await _new_page(visit, NO_PROBLEM)


async def draft(visit: Visit) -> web.Response:
    """Show the rule that the form means in words, and its next days; nothing is written."""
    try:
        rule, at = campaign_rule_form.from_fields(visit.form), _hour(visit.form)
    except Refusal as refusal:
        return await _new_page(visit, problem_of(FORM, refusal, visit.form), status_of(refusal))
    ahead = await visit.store.read(campaign_patterns.next_days, rule, at)
    return await _new_page(visit, Problem(FORM, "", visit.form), looked=(rule, ahead))


async def make(visit: Visit) -> web.Response:
    """Make it, and look at it; a mistake gives the page again with what was typed."""
    district = visit.site.profile().district
    try:
        reference = await visit.store.write(campaign_pattern.make, visit.by, read_plan(visit), district)
    except Refusal as refusal:
        return await _new_page(visit, problem_of(FORM, refusal, visit.form), status_of(refusal))
    return see(f"{PATH}/{reference}", done="pattern-made")


async def _new_page(
    visit: Visit,
    problem: Problem,
    status: int = 200,
    looked: tuple[CampaignRule | None, Sequence[Occurrence]] = (None, ()),
) -> web.Response:
    rule, ahead = looked
    return visit.page(
        "console/campaign_pattern_new.html",
        status,
        values=problem.typed if problem.form else _DEFAULTS,
        problem=problem,
        paths=(NEW, DRAFT),
        rule=rule,
        next_days=ahead,
        **_choices(visit),
    )


async def show(visit: Visit) -> web.Response:
    """Show one."""
    return await pattern_page(visit, reference_of(visit), NO_PROBLEM)


async def pattern_page(visit: Visit, reference: str, problem: Problem, status: int = 200) -> web.Response:
    """Render its page."""
    page = await visit.store.read(campaign_patterns.page, visit.staff, reference)
    known = page.pattern
    if known.unreadable:
        return unreadable_page(visit, known, page.story, problem, status)
    return visit.page(
        "console/campaign_pattern.html",
        status,
        page=page,
        pattern=known,
        plan=known.plan,
        facts=known.plan.facts,
        values=problem.typed if problem.form == "change" else fields_of_plan(known.plan),
        asked=problem.typed if problem.form == "occurrence" else {},
        may_approve=may_approve_campaigns(visit.staff) and visit.staff.id != known.author_id,
        states=STATE_LABELS,
        campaign_states=CAMPAIGN_STATES,
        ahead_days=AHEAD.days,
        path=f"{PATH}/{reference}",
        problem=problem,
        done=done_of(visit),
        **_choices(visit, known.plan.rule),
    )


def read_plan(visit: Visit, same: CampaignRule | None = None) -> Plan:
    """Return what the form says of a recurring campaign; `same` is the rule that may stay as it is.

    Refusals: those of `read_facts` and of `campaign_rule_form.from_fields`, `meeting.time_unreadable`.
    """
    form = visit.form
    facts = replace(read_facts(visit), send_at=None)
    at, rule = _hour(form), campaign_rule_form.from_fields(form, same)
    return Plan(facts, rule, at, form.get("sure") != "no")


def _hour(form: Mapping[str, str]) -> time:
    """Return the time of the day that is typed. Refusal: `meeting.time_unreadable`."""
    try:
        at = time.fromisoformat(form.get("at", "").strip())
    except ValueError as error:
        raise Refusal("meeting.time_unreadable") from error
    return at.replace(second=0, microsecond=0, tzinfo=None)


def fields_of_plan(plan: Plan) -> dict[str, str]:
    """Return the fields that say this of a recurring campaign."""
    fields = _DEFAULTS | fields_of(plan.facts) | campaign_rule_form.fields_of(plan.rule)
    return fields | {"at": f"{plan.at:%H:%M}", "sure": "yes" if plan.sure else "no"}


def read_days(form: Mapping[str, str]) -> tuple[date | None, date | None]:
    """Return the first and the last day that were typed, None for each that was not.

    Refusal: `day.unreadable`.
    """
    typed = (form.get(name, "").strip() for name in ("first", "last"))
    first, last = (day(one) if one else None for one in typed)
    return first, last


def _choices(visit: Visit, same: CampaignRule | None = None) -> dict[str, Any]:
    as_now = {SAME: f"As now: {same.words}"} if same is not None else {}
    return {**choices(visit), "repeats": {**campaign_rule_form.REPEAT_LABELS, **as_now}, "nths": NTH}


async def change(visit: Visit, reference: str) -> str:
    """Change it, and its drafts with it; a rule for which the form has no fields stays as it is."""
    known = await visit.store.read(campaign_patterns.find, visit.staff, reference)
    plan, district = read_plan(visit, known.plan.rule), visit.site.profile().district
    await visit.store.write(campaign_pattern.change, visit.by, reference, plan, district, visit.version)
    return f"{PATH}/{reference}"


async def approve(visit: Visit, reference: str) -> str:
    """Let it go out by itself each time."""
    await visit.store.write(campaign_pattern.approve, visit.by, reference, visit.version)
    return f"{PATH}/{reference}"


async def pause(visit: Visit, reference: str) -> str:
    """Let it come no more for now."""
    await visit.store.write(campaign_pattern.pause, visit.by, reference, visit.version)
    return f"{PATH}/{reference}"


async def resume(visit: Visit, reference: str) -> str:
    """Let it come again."""
    await visit.store.write(campaign_pattern.resume, visit.by, reference, visit.version)
    return f"{PATH}/{reference}"


async def end(visit: Visit, reference: str) -> str:
    """Let it never come again."""
    await visit.store.write(campaign_pattern.end, visit.by, reference, visit.version)
    return f"{PATH}/{reference}"


async def make_one(visit: Visit, reference: str) -> str:
    """Make a draft of it now, and look at that."""
    days = read_days(visit.form)
    made = await visit.store.write(
        campaign_by_hand.make_one, visit.by, reference, *days, version=visit.version
    )
    return f"{campaigns.PATH}/{made}"


async def confirm_days(visit: Visit, reference: str) -> str:
    """Say on which days a campaign that came again really is."""
    first, last = read_days(visit.form)
    await visit.store.write(campaign_by_hand.confirm_days, visit.by, reference, first, last, visit.version)
    return f"{campaigns.PATH}/{reference}"


_route = routes_of(PATH, "pattern.not_found", pattern_page)
_of_campaign = routes_of(campaigns.PATH, "campaign.not_found", campaigns.campaign_page)
ROUTES = (
    Route("GET", PATH, WORKERS, index),
    Route("GET", NEW, WORKERS, begin),
    Route("POST", NEW, WORKERS, make),
    Route("POST", DRAFT, WORKERS, draft),
    Route("POST", f"{PATH}/calendar", WORKERS, take_over),
    Route("GET", f"{PATH}/{{reference}}", WORKERS, show),
    _route("change", "pattern-changed", change),
    _route("approval", "pattern-approved", approve),
    _route("pause", "pattern-paused", pause),
    _route("resumption", "pattern-resumed", resume),
    _route("ending", "pattern-ended", end),
    _route("occurrence", "campaign-made", make_one),
    _of_campaign("days", "campaign-days-confirmed", confirm_days),
)
