"""Campaigns as staff read them: the list, one with its story and results, and who would hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from store.domain.campaign import (
    TO_BE_CHANGED,
    Campaign,
    CampaignFacts,
    CampaignState,
    Results,
    unpacked,
)
from store.domain.campaign_file import CampaignFile
from store.domain.delivery import DeliveryState
from store.domain.errors import NotFound
from store.domain.staff import Staff
from store.domain.timeline import TimelineLine
from store.queries import campaign_files, campaign_sample, timeline
from store.queries.campaign_sample import Sample
from store.queries.visible import check_worker
from store.tables.campaign import CampaignRow
from store.tables.delivery import DeliveryRow
from store.tables.staff import StaffRow

LISTED = 200
_AUTHOR, _APPROVER = aliased(StaffRow), aliased(StaffRow)


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """One campaign with what happened to it, who would hear of it now, and what became of it."""

    campaign: Campaign
    story: tuple[TimelineLine, ...]
    sample: Sample | None
    results: Results
    file: CampaignFile | None = None

    @property
    def would_hear(self) -> int:
        """How many would hear of it now; 0 once it began to go out."""
        return self.sample.total if self.sample is not None else 0


@dataclass(frozen=True, slots=True)
class Tried:
    """A campaign that somebody tries in their own chat."""

    chat_id: int
    reference: str
    facts: CampaignFacts


def key_of(campaign_id: str) -> str:
    """Return how the keys of all messages of a campaign begin."""
    return f"campaign:{campaign_id}:"


def listing(session: Session, staff: Staff) -> Sequence[Campaign]:
    """Return the campaigns, the newest first. Refusal: `staff.not_allowed`."""
    check_worker(staff)
    rows = session.execute(_WANTED.order_by(CampaignRow.created_at.desc(), CampaignRow.id).limit(LISTED))
    return [_view(row) for row in rows]


def page(session: Session, staff: Staff, reference: str) -> CampaignPage:
    """Return one campaign whole. Refusals: `staff.not_allowed`, `campaign.not_found`."""
    check_worker(staff)
    row = session.execute(_WANTED.where(CampaignRow.reference == reference)).one_or_none()
    if row is None:
        raise NotFound("campaign.not_found", reference=reference)
    found = _view(row)
    story = timeline.story(session, ("campaign", found.id))
    file = campaign_files.of(session, found.id)
    sample = campaign_sample.of(session, found.facts) if found.state in TO_BE_CHANGED else None
    return CampaignPage(found, story, sample, results(session, found.id), file)


def tried_by(session: Session, staff_id: str | None, campaign_id: str) -> Tried:
    """Return the chat of whoever tries a campaign, and what it says."""
    chat_id = session.scalar(select(StaffRow.chat_id).where(StaffRow.id == staff_id))
    row = session.get_one(CampaignRow, campaign_id)
    return Tried(chat_id or 0, row.reference, unpacked(row.facts))


def facts_of(session: Session, campaign_id: str) -> CampaignFacts | None:
    """Return what a campaign is about, for whoever tapped a button under it; None where there is none."""
    row = session.get(CampaignRow, campaign_id)
    return unpacked(row.facts) if row is not None else None


def results(session: Session, campaign_id: str) -> Results:
    """Return how many messages of a campaign stand how."""
    first = key_of(campaign_id)
    rows = session.execute(
        select(DeliveryRow.state, func.count())
        .where(DeliveryRow.key >= first, DeliveryRow.key < f"{first}\x7f")
        .group_by(DeliveryRow.state)
    )
    return Results({DeliveryState(state): count for state, count in rows})


_WANTED: Select[CampaignRow, str, str | None] = (
    select(CampaignRow, _AUTHOR.name, _APPROVER.name)
    .join(_AUTHOR, _AUTHOR.id == CampaignRow.author_id)
    .outerjoin(_APPROVER, _APPROVER.id == CampaignRow.approved_by)
)


def _view(found: Row[CampaignRow, str, str | None]) -> Campaign:
    row, author, approver = found
    return Campaign(
        id=row.id,
        reference=row.reference,
        state=CampaignState(row.state),
        facts=unpacked(row.facts),
        version=row.version,
        author_id=row.author_id,
        author=author,
        approver=approver,
        approved_at=row.approved_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )
