"""Begin an export of what became of a campaign: it is written down before its first row leaves."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import event
from store.domain.errors import NotFound
from store.domain.event import Action
from store.domain.staff import By
from store.queries.campaign_export import check_exporter
from store.tables.campaign import CampaignRow


def begin(session: Session, by: By, reference: str) -> str:
    """Record that `by` exports it, and return its id. Refusals: `staff.not_allowed`, `campaign.not_found`."""
    check_exporter(by.staff)
    campaign_id = session.scalar(select(CampaignRow.id).where(CampaignRow.reference == reference))
    if campaign_id is None:
        raise NotFound("campaign.not_found", reference=reference)
    details = {"reference": reference, "form": "csv"}
    event.record(session, by.actor, Action.EXPORT_MADE, ("export", "campaign"), details)
    return campaign_id
