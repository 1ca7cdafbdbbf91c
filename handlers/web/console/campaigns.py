"""Campaigns: a list, a new one, and one with everything that can be done about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from handlers.web.console import campaign_results
from handlers.web.console.address import reference_of
from handlers.web.console.campaign_buttons import (
    button_choices,
    button_fields,
    read_buttons,
    read_category,
)
from handlers.web.console.campaign_places import place_choices, place_fields, read_places
from handlers.web.console.campaign_sample import counted, previews
from handlers.web.console.deeds import routes_of
from handlers.web.console.done import done_of
from handlers.web.console.meeting_form import read_start
from handlers.web.console.problem import NO_PROBLEM, Problem, problem_of
from handlers.web.console.unreadable import unreadable_page
from handlers.web.errors import status_of
from handlers.web.guards import WORKERS, Route
from handlers.web.labels import LANGUAGES as LANGUAGE_NAMES
from handlers.web.visit import Visit, see
from store.actions import campaign, campaign_retry
from store.domain import spread
from store.domain.campaign import (
    GOOD_FOR_DAYS,
    MOST_DAYS,
    STATE_LABELS,
    TO_BE_CHANGED,
    TOPICS,
    Campaign,
    CampaignFacts,
)
from store.domain.errors import Refusal
from store.domain.recurrence import instant_of, local_of
from store.domain.recurrence_form import number
from store.domain.reference import LANGUAGES
from store.domain.staff import may_approve_campaigns
from store.domain.subscription import Topic
from store.queries import campaign_occurrences, campaigns

PATH = "/console/campaigns"
NEW = f"{PATH}/new"
AT_NINE = "09:00"
UNLISTED = "unlisted"
"""The box of a campaign that is not for the public page."""
TEXT, READS = "text-", "reads-"
"""How the names of fields begin that are the words in one language, and the box of one language."""
TOPIC_NAMES: Mapping[Topic, str] = {
    Topic.CAMPAIGNS: "Safety campaigns",
    Topic.SURVEYS: "Surveys",
    Topic.YOU_SAID: "You said, we did",
}


async def index(visit: Visit) -> web.Response:
    """List the campaigns."""
    return visit.page(
        "console/campaigns.html",
        found=await visit.store.read(campaigns.listing, visit.staff),
        unconfirmed=await visit.store.read(campaign_occurrences.unconfirmed),
        states=STATE_LABELS,
        topics=TOPIC_NAMES,
        done=done_of(visit),
    )


async def begin(visit: Visit) -> web.Response:
    """Show the form of a new campaign."""
    return _new_page(visit, NO_PROBLEM)


async def make(visit: Visit) -> web.Response:
    """Make it, as a draft, and look at it; a mistake gives the page again with what was typed."""
    district = visit.site.profile().district
    try:
        reference = await visit.store.write(campaign.make, visit.by, read_facts(visit), district)
    except Refusal as refusal:
        return _new_page(visit, problem_of("campaign", refusal, visit.form), status_of(refusal))
    return see(f"{PATH}/{reference}", done="campaign-made")


def _new_page(visit: Visit, problem: Problem, status: int = 200) -> web.Response:
    values = problem.typed if problem.form else {"days": str(GOOD_FOR_DAYS), "at": AT_NINE}
    return visit.page(
        "console/campaign_new.html", status, values=values, problem=problem, path=NEW, **choices(visit)
    )


async def show(visit: Visit) -> web.Response:
    """Show one campaign."""
    return await campaign_page(visit, reference_of(visit), NO_PROBLEM)


async def campaign_page(visit: Visit, reference: str, problem: Problem, status: int = 200) -> web.Response:
    """Render a campaign's page."""
    page = await visit.store.read(campaigns.page, visit.staff, reference)
    known = page.campaign
    if known.unreadable:
        return unreadable_page(visit, known, page.story, problem, status)
    came = await visit.store.read(campaign_occurrences.of_campaign, known.id)
    return visit.page(
        "console/campaign.html",
        status,
        page=page,
        campaign=known,
        came=came,
        spread_ends=_spread_ends(visit, known),
        facts=known.facts,
        values=problem.typed if problem.form == "change" else fields_of(known.facts),
        to_be_changed=known.state in TO_BE_CHANGED,
        may_approve=may_approve_campaigns(visit.staff) and visit.staff.id != known.author_id,
        told=await campaign_results.values(visit, known),
        previews=previews(visit.site.profile(), known, visit.site.config.public_url),
        counted=counted(visit.site.profile(), page.sample),
        states=STATE_LABELS,
        path=f"{PATH}/{reference}",
        problem=problem,
        done=done_of(visit),
        **choices(visit),
    )


def _spread_ends(visit: Visit, known: Campaign) -> datetime:
    """Return when the last of its messages is due, of one that is spread over hours."""
    at = visit.store.clock.now()
    return spread.ends(known.started_at or max(known.facts.send_at or at, at), known.facts.spread)


def read_facts(visit: Visit) -> CampaignFacts:
    """Return what the form says of a campaign.

    Refusals: `campaign.bad_topic`, `campaign.bad_category`, `day.unreadable`, `meeting.time_unreadable`,
    `meeting.bad_number`.
    """
    form = visit.form
    topic = form.get("topic", "")
    if topic not in set(Topic):
        raise Refusal("campaign.bad_topic")
    return CampaignFacts(
        title=form.get("title", ""),
        topic=Topic(topic),
        texts={code: form.get(TEXT + code, "") for code in LANGUAGES},
        places=read_places(visit),
        languages=frozenset(code for code in LANGUAGES if READS + code in form),
        link=form.get("link") or None,
        send_at=instant_of(read_start(form)) if form.get("day") else None,
        good_for=timedelta(days=number(form, "days", 1, MOST_DAYS)),
        spread=number(form, "spread", 0, spread.MOST_HOURS) if form.get("spread", "").strip() else 0,
        buttons=read_buttons(visit),
        category=read_category(visit),
        public=UNLISTED not in form,
    )


def fields_of(facts: CampaignFacts) -> dict[str, str]:
    """Return the fields that say this of a campaign."""
    fields = {"title": facts.title, "topic": facts.topic.value, "link": facts.link or ""}
    fields |= {TEXT + code: text for code, text in facts.texts.items()}
    fields |= place_fields(facts) | {READS + code: "yes" for code in facts.languages}
    fields |= button_fields(facts) | ({} if facts.public else {UNLISTED: "yes"})
    fields |= {"days": str(facts.good_for // timedelta(days=1)), "at": AT_NINE}
    fields |= {"spread": str(facts.spread)}
    if facts.send_at is not None:
        at = local_of(facts.send_at)
        fields |= {"day": f"{at:%Y-%m-%d}", "at": f"{at:%H:%M}"}
    return fields


def choices(visit: Visit) -> dict[str, Any]:
    """Return what the fields of a campaign offer."""
    return {
        "places": place_choices(visit),
        "topics": {topic.value: TOPIC_NAMES[topic] for topic in TOPICS},
        "languages": {code: LANGUAGE_NAMES.get(code, code) for code in LANGUAGES},
        "offers": button_choices(visit),
    }


async def change(visit: Visit, reference: str) -> str:
    """Change it; an approval is gone with that."""
    facts, district = read_facts(visit), visit.site.profile().district
    await visit.store.write(campaign.change, visit.by, reference, facts, district, visit.version)
    return f"{PATH}/{reference}"


async def submit(visit: Visit, reference: str) -> str:
    """Ask a second person to agree."""
    await visit.store.write(campaign.submit, visit.by, reference, visit.version)
    return f"{PATH}/{reference}"


async def send_back(visit: Visit, reference: str) -> str:
    """Not agree."""
    reason = visit.form.get("reason", "")
    await visit.store.write(campaign.send_back, visit.by, reference, reason, visit.version)
    return f"{PATH}/{reference}"


async def approve(visit: Visit, reference: str) -> str:
    """Let it go out."""
    await visit.store.write(campaign.approve, visit.by, reference, visit.version)
    return f"{PATH}/{reference}"


async def try_out(visit: Visit, reference: str) -> str:
    """Send it to oneself."""
    await visit.store.write(campaign.try_out, visit.by, reference)
    return f"{PATH}/{reference}"


async def pause(visit: Visit, reference: str) -> str:
    """Let nothing more go out for now."""
    await visit.store.write(campaign.pause, visit.by, reference, visit.version)
    return f"{PATH}/{reference}"


async def resume(visit: Visit, reference: str) -> str:
    """Let it go on."""
    await visit.store.write(campaign.resume, visit.by, reference, visit.version)
    return f"{PATH}/{reference}"


async def retry(visit: Visit, reference: str) -> str:
    """Try what failed again."""
    await visit.store.write(campaign_retry.retry, visit.by, reference, visit.version)
    return f"{PATH}/{reference}"


async def cancel(visit: Visit, reference: str) -> str:
    """Let nothing more go out, for good."""
    await visit.store.write(campaign.cancel, visit.by, reference, visit.version)
    return f"{PATH}/{reference}"


_route = routes_of(PATH, "campaign.not_found", campaign_page, campaigns.find)
ROUTES = (
    Route("GET", PATH, WORKERS, index),
    Route("GET", NEW, WORKERS, begin),
    Route("POST", NEW, WORKERS, make),
    Route("GET", f"{PATH}/{{reference}}", WORKERS, show),
    _route("change", "campaign-changed", change),
    _route("submission", "campaign-submitted", submit),
    _route("return", "campaign-sent-back", send_back),
    _route("approval", "campaign-approved", approve),
    _route("test", "campaign-tested", try_out),
    _route("pause", "campaign-paused", pause),
    _route("resumption", "campaign-resumed", resume),
    _route("retry", "campaign-retried", retry),
    _route("cancellation", "campaign-cancelled", cancel),
)
