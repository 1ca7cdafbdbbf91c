"""What became of a campaign: what was counted last, and counting it anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from store.domain.campaign import Campaign, check_retry, key_of
from store.domain.campaign_results import OPEN, Counted, Reason, Results
from store.domain.delivery import DeliveryState, Lane
from store.domain.errors import Refusal
from store.engine import now
from store.queries import urgent_chain
from store.tables.campaign import CampaignRow
from store.tables.campaign_results import CampaignResultsRow
from store.tables.campaign_tap import CampaignTapRow
from store.tables.delivery import IN_TROUBLE, IS_QUEUED, DeliveryRow

REASONS_LISTED = 20
LOOKED_AT = 2_000
"""So many messages are looked at in one unit of work to find out whether all have ended."""
LATER = "later"
"""Beside the states: how many of those queued may not go yet."""


@dataclass(frozen=True, slots=True)
class EndedTo:
    """Up to which person (id) all messages of a campaign have come to an end, None for nobody.

    `stuck`: that of the next person has not. `last`: nobody comes after those that were looked at.
    """

    person: str | None
    stuck: bool
    last: bool


def of(session: Session, campaign_id: str) -> Results:
    """Return what was counted last."""
    row = session.get(CampaignResultsRow, campaign_id, populate_existing=True)
    return view(row) if row is not None else Results()


def view(row: CampaignResultsRow) -> Results:
    """Return a row as it is read."""
    return Results(
        {DeliveryState(state): count for state, count in row.counts.items() if state != LATER},
        tuple(Reason(DeliveryState(state), error, count) for state, error, count in row.reasons),
        row.next_at,
        row.counts.get(LATER, 0),
        row.counted_at,
        timedelta(milliseconds=row.took_ms),
        row.per_second,
    )


def count(session: Session, campaign_id: str) -> Counted:
    """Count its messages by state and reason: slow where they are many, so seldom; it locks nothing.

    They are read in the order in which they lie, from the first that there can be.
    """
    row, at = session.get_one(CampaignRow, campaign_id), now(session)
    waits = func.sum(case((DeliveryRow.due_at > at, 1), else_=0))
    rows = session.execute(
        select(DeliveryRow.state, func.count(), waits)
        .where(DeliveryRow.id >= (row.first_id or 0), its(campaign_id))
        .group_by(DeliveryRow.state)
    ).all()
    counts = {DeliveryState(state): number for state, number, _ in rows}
    later = sum(number for state, _, number in rows if state == DeliveryState.QUEUED)
    next_at = _next_at(session, campaign_id, row.lane, at) if later else None
    return Counted(counts, _reasons(session, campaign_id), next_at, later)


def _reasons(session: Session, campaign_id: str) -> tuple[Reason, ...]:
    often = func.count().label("often")
    rows = session.execute(
        select(DeliveryRow.state, DeliveryRow.error, often)
        .where(IN_TROUBLE, its(campaign_id))
        .group_by(DeliveryRow.state, DeliveryRow.error)
        .order_by(often.desc(), DeliveryRow.state, DeliveryRow.error)
        .limit(REASONS_LISTED)
    )
    return tuple(Reason(DeliveryState(state), error or "", number) for state, error, number in rows)


def taps(session: Session, campaign_id: str) -> Mapping[str, int]:
    """Return how many people tapped each of its buttons, and how many stopped soon after it."""
    row = session.get(CampaignResultsRow, campaign_id)
    found = Counter(row.taps if row is not None else {})
    counted = (
        select(CampaignTapRow.what, func.count())
        .where(CampaignTapRow.campaign_id == campaign_id)
        .group_by(CampaignTapRow.what)
    )
    for what, number in session.execute(counted):
        found[what] += number
    return found


def its(campaign_id: str) -> ColumnElement[bool]:
    """Return what its messages have in common, in words that lead no database to the index of the keys.

    That index would fetch them in random order; the caller narrows the rows down by another one.
    """
    first = key_of(campaign_id)
    return func.substr(DeliveryRow.key, 1, len(first)) == first


def ended_to(session: Session, campaign_id: str, after: str | None) -> EndedTo:
    """Return how far what it has said came to an end: from the person after `after` on, one page of them."""
    first = key_of(campaign_id)
    page = session.execute(
        select(DeliveryRow.key, DeliveryRow.state)
        .where(DeliveryRow.key > f"{first}{after or ''}", DeliveryRow.key < f"{first}\x7f")
        .order_by(DeliveryRow.key)
        .limit(LOOKED_AT)
    ).all()
    ended = list(takewhile(lambda row: DeliveryState(row.state) not in OPEN, page))
    person = (ended[-1].key or "").removeprefix(first) if ended else after
    return EndedTo(person, stuck=len(ended) < len(page), last=len(page) < LOOKED_AT)


def may_retry(session: Session, campaign: Campaign, found: Results) -> bool:
    """Tell whether anything of it failed and can be tried again; an alert that was overtaken cannot."""
    if not found.of(DeliveryState.FAILED):
        return False
    try:
        check_retry(campaign.state, campaign.facts, campaign.started_at, now(session))
    except Refusal:
        return False
    return not urgent_chain.is_overtaken(session, campaign, campaign.facts)


def failed(campaign_id: str, after: int = 0, limit: int = 1) -> Select[int, str]:
    """Return the statement for what failed of it, ids and keys in order, from the one after `after` on."""
    return (
        select(DeliveryRow.id, func.coalesce(DeliveryRow.key, "").label("key"))
        .where(
            IN_TROUBLE,
            DeliveryRow.state == DeliveryState.FAILED.value,
            DeliveryRow.id > after,
            its(campaign_id),
        )
        .order_by(DeliveryRow.id)
        .limit(limit)
    )


def _next_at(session: Session, campaign_id: str, lane: int, after: datetime) -> datetime | None:
    return session.scalar(
        select(DeliveryRow.due_at)
        .where(IS_QUEUED, _in_lane(lane), DeliveryRow.due_at > after, its(campaign_id))
        .order_by(DeliveryRow.due_at)
        .limit(1)
    )


def _in_lane(lane: int) -> ColumnElement[bool]:
    """Return in which lanes the messages of a campaign of this lane wait: also the one of the digests."""
    return DeliveryRow.lane.in_((lane, int(Lane.GATHERED)))
