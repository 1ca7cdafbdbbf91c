"""The page of a campaign, an alert or a recurring campaign of which what is kept cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from handlers.web.console.done import done_of
from handlers.web.console.problem import Problem
from handlers.web.visit import Visit
from store.domain import campaign_pattern
from store.domain.campaign import OVER, STATE_LABELS, Campaign, CampaignState
from store.domain.campaign_pattern import Pattern, PatternState
from store.domain.timeline import TimelineLine

_SO = {
    CampaignState.SENDING: "so it is made out to nobody else. What already waits to be sent goes out until "
    "it is cancelled",
    CampaignState.SENT: "but it has gone out",
}
"""What follows for one that stands so."""


def unreadable_page(
    visit: Visit, record: Campaign | Pattern, story: Sequence[TimelineLine], problem: Problem, status: int
) -> web.Response:
    """Show what is known of it, what that means, and the one thing to do: stop it for good."""
    back, _, _ = visit.request.path.partition(f"/{record.reference}")
    if isinstance(record, Campaign):
        title, state = record.facts.title, STATE_LABELS[record.state]
        deed = None if record.state in OVER else ("cancellation", "Cancel it")
        so = _SO.get(record.state, "so nothing more of it goes out")
    else:
        title, state = record.plan.facts.title, campaign_pattern.STATE_LABELS[record.state]
        deed = None if record.state is PatternState.ENDED else ("ending", "End it")
        so = "so nothing more is made of it. What was made of it before stands as its own campaign"
    return visit.page(
        "console/unreadable.html",
        status,
        record=record,
        title=title,
        state=state,
        deed=deed,
        so=so,
        back=back,
        path=f"{back}/{record.reference}",
        story=story,
        problem=problem,
        done=done_of(visit),
    )
