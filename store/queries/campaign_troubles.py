"""Campaigns, alerts and recurring campaigns that failed when they were due."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, ScalarSelect, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from store.domain.campaign import OVER
from store.domain.campaign_pattern import PatternState
from store.domain.delivery import Lane
from store.domain.event import Action
from store.domain.staff import Staff, may_work_reports
from store.tables.campaign import CampaignRow
from store.tables.campaign_pattern import CampaignPatternRow
from store.tables.event import EventRow

CAMPAIGN, PATTERN = "campaign", "pattern"
"""What events call them."""
_CAMPAIGNS = select(CampaignRow.id, CampaignRow.reference, CampaignRow.title, CampaignRow.lane)
_PATTERNS = select(CampaignPatternRow.id, CampaignPatternRow.reference, CampaignPatternRow.title)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What failed; `kind` is what events call it, `lane` that of a campaign."""

    kind: str
    id: str
    reference: str
    title: str
    lane: Lane = Lane.CAMPAIGN


def named(session: Session, ids: Collection[str]) -> Sequence[Trouble]:
    """Return which campaigns, alerts and recurring campaigns these are."""
    return _of(session, CampaignRow.id.in_(ids), CampaignPatternRow.id.in_(ids))


def still(session: Session) -> Sequence[Trouble]:
    """Return those that failed and are not over, where nothing else has happened to them since."""
    not_over = CampaignRow.state.not_in([state.value for state in OVER])
    goes_on = CampaignPatternRow.state == PatternState.ACTIVE.value
    return _of(
        session,
        not_over & (_last_of(CAMPAIGN, CampaignRow.id) == Action.CAMPAIGN_FAILED.value),
        goes_on & (_last_of(PATTERN, CampaignPatternRow.id) == Action.PATTERN_FAILED.value),
    )


def shown(session: Session, staff: Staff) -> Sequence[Trouble]:
    """Return what `still` does; to whoever opens no records, only what each is: `kind` and `lane`."""
    found = still(session)
    if may_work_reports(staff):
        return found
    return [replace(one, id="", reference="", title="") for one in found]


def _of(session: Session, campaigns: ColumnElement[bool], patterns: ColumnElement[bool]) -> Sequence[Trouble]:
    found = session.execute(_CAMPAIGNS.where(campaigns).order_by(CampaignRow.id)).all()
    others = session.execute(_PATTERNS.where(patterns).order_by(CampaignPatternRow.id)).all()
    return [
        *(Trouble(CAMPAIGN, row.id, row.reference, row.title, Lane(row.lane)) for row in found),
        *(Trouble(PATTERN, row.id, row.reference, row.title) for row in others),
    ]


def _last_of(kind: str, its_id: InstrumentedAttribute[str]) -> ScalarSelect[str]:
    """Return what happened to it last."""
    its = select(EventRow.action).where(EventRow.subject_kind == kind, EventRow.subject_id == its_id)
    return its.order_by(EventRow.id.desc()).limit(1).scalar_subquery()
