"""The chain of an urgent alert: the one that began it, and all that was said after it to the same people."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from store.domain.campaign import Campaign, CampaignFacts, CampaignState
from store.domain.delivery import Lane
from store.tables.campaign import CampaignRow

_SPOKE = or_(CampaignRow.state != CampaignState.CANCELLED.value, CampaignRow.started_at.is_not(None))


def ids(session: Session, first: str) -> Sequence[str]:
    """Return the ids of the alert that began a chain and of all that follow it, in order."""
    its = or_(CampaignRow.id == first, _follows(first))
    return session.scalars(select(CampaignRow.id).where(its).order_by(CampaignRow.id)).all()


def is_overtaken(session: Session, alert: Campaign | CampaignRow, facts: CampaignFacts) -> bool:
    """Tell whether a later alert of its chain was agreed to; not one that was cancelled before it began.

    What is no urgent alert never is.
    """
    if facts.urgent is None:
        return False
    later = select(CampaignRow.id).where(
        _follows(facts.urgent.follows or alert.id),
        CampaignRow.id != alert.id,
        CampaignRow.approved_at >= alert.approved_at,
        _SPOKE,
    )
    return session.scalar(later.limit(1)) is not None


def is_clear(session: Session, first: str) -> bool:
    """Tell whether the all clear of a chain was agreed to; not one that was cancelled before it began."""
    says_so = CampaignRow.facts["urgent"]["all_clear"].as_boolean()
    found = select(CampaignRow.id).where(
        _follows(first), says_so, CampaignRow.approved_at.is_not(None), _SPOKE
    )
    return session.scalar(found.limit(1)) is not None


def _follows(first: str) -> ColumnElement[bool]:
    its = CampaignRow.facts["urgent"]["follows"].as_string() == first
    return and_(CampaignRow.lane == int(Lane.URGENT), its)
