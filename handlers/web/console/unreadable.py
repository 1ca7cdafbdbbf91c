"""The page of a campaign, an alert or a recurring campaign of which what is kept cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from handlers.web.console.done import done_of
from handlers.web.console.problem import Problem
from handlers.web.visit import Visit
from store.domain import campaign_pattern
from store.domain.campaign import OVER, STATE_LABELS, Campaign
from store.domain.campaign_pattern import Pattern, PatternState
from store.domain.timeline import TimelineLine


def unreadable_page(
    visit: Visit, record: Campaign | Pattern, story: Sequence[TimelineLine], problem: Problem, status: int
) -> web.Response:
    """Show what is known of it, and the one thing to do: stop it for good."""
    back, _, _ = visit.request.path.partition(f"/{record.reference}")
    if isinstance(record, Campaign):
        title, state = record.facts.title, STATE_LABELS[record.state]
        deed = None if record.state in OVER else ("cancellation", "Cancel it")
    else:
        title, state = record.plan.facts.title, campaign_pattern.STATE_LABELS[record.state]
        deed = None if record.state is PatternState.ENDED else ("ending", "End it")
    return visit.page(
        "console/unreadable.html",
        status,
        record=record,
        title=title,
        state=state,
        deed=deed,
        back=back,
        path=f"{back}/{record.reference}",
        story=story,
        problem=problem,
        done=done_of(visit),
    )
