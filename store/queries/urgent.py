"""Urgent alerts as staff read them: whom one would reach, who got it, and what waits for a second person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from store.domain.campaign import Campaign, CampaignFacts, CampaignState
from store.domain.delivery import Lane
from store.domain.staff import Staff, may_approve_campaigns
from store.domain.subscription import QuietHours
from store.domain.timeline import TimelineLine
from store.domain.urgent import Reach
from store.engine import now
from store.queries import campaign_audience, campaigns, timeline
from store.tables.campaign import CampaignRow
from store.tables.delivery import IS_QUEUED, DeliveryRow

_LANES = (int(Lane.REPLY), int(Lane.URGENT))


@dataclass(frozen=True, slots=True)
class UrgentPage:
    """One alert whole: what happened to it, and whom it would reach now.

    `before` is the alert that it follows, `after` what else follows that one, or this.
    """

    alert: Campaign
    story: tuple[TimelineLine, ...]
    reach: Reach
    before: Campaign | None
    after: Sequence[Campaign]


def listing(session: Session, staff: Staff) -> Sequence[Campaign]:
    """Return the alerts, the newest first. Refusal: `staff.not_allowed`."""
    return campaigns.listing(session, staff, Lane.URGENT)


def find(session: Session, staff: Staff, reference: str) -> Campaign:
    """Return one alert. Refusals: `staff.not_allowed`, `campaign.not_found`."""
    return campaigns.find(session, staff, reference, Lane.URGENT)


def page(session: Session, staff: Staff, reference: str) -> UrgentPage:
    """Return one alert whole. Refusals: `staff.not_allowed`, `campaign.not_found`."""
    found = find(session, staff, reference)
    others = {one.id: one for one in listing(session, staff)}
    first = _begun_by(found)
    return UrgentPage(
        found,
        timeline.story(session, ("campaign", found.id)),
        reach(session, found.facts),
        others.get(first) if first != found.id else None,
        [one for one in others.values() if _begun_by(one) == first and one.id not in {first, found.id}],
    )


def _begun_by(alert: Campaign) -> str:
    """Return the id of the alert that began its chain."""
    return (alert.facts.urgent and alert.facts.urgent.follows) or alert.id


def to_agree(session: Session, staff: Staff) -> Sequence[Campaign]:
    """Return the alerts that wait for this person to agree, the oldest first; none for who may not."""
    if not may_approve_campaigns(staff):
        return []
    waiting = campaigns.waiting(session, Lane.URGENT)
    return [one for one in waiting if one.author_id != staff.id]


def submitted(session: Session, campaign_id: str) -> Campaign | None:
    """Return the alert of this id where it waits for a second person."""
    return next((one for one in campaigns.waiting(session, Lane.URGENT) if one.id == campaign_id), None)


def is_due(session: Session) -> bool:
    """Tell whether an alert is to be made out to anybody now, or tried again."""
    wanted = select(CampaignRow.id).where(
        CampaignRow.state.in_([CampaignState.APPROVED.value, CampaignState.SENDING.value]),
        CampaignRow.lane == int(Lane.URGENT),
        or_(~CampaignRow.all_told, CampaignRow.retried_to.is_not(None)),
    )
    return session.scalar(wanted.limit(1)) is not None


def reach(session: Session, facts: CampaignFacts) -> Reach:
    """Return how many this would reach now, and whom of them their quiet hours hold back."""
    at, counts = now(session), _by_quiet_hours(session, facts)
    waits = [(hours.until(at), count) for hours, count in counts]
    ahead = select(func.count()).where(IS_QUEUED, DeliveryRow.lane.in_(_LANES), DeliveryRow.due_at <= at)
    return Reach(
        sum(count for _, count in counts),
        sum(count for until, count in waits if until > at),
        sum(count for until, count in waits if until > at and until >= at + facts.good_for),
        session.scalar(ahead) or 0,
    )


def _by_quiet_hours(session: Session, facts: CampaignFacts) -> list[tuple[QuietHours, int]]:
    people, told = campaign_audience.everybody(session, facts)
    hours = people.c.quiet_from, people.c.quiet_to
    rows = session.execute(select(*hours, func.count()).group_by(*hours), told)
    return [(QuietHours(start, end), count) for start, end, count in rows]
