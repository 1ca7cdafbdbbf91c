"""Begin an export of what became of a campaign: it is written down before its first row leaves."""

from __future__ import annotations

from sqlalchemy.orm import Session

from store.actions import event
from store.domain.delivery import Lane
from store.domain.event import Action
from store.domain.staff import By
from store.queries import campaigns
from store.queries.campaign_export import check_exporter


def begin(session: Session, by: By, reference: str, lane: Lane = Lane.CAMPAIGN) -> str:
    """Record that `by` exports one of a lane, and return its id.

    Refusals: `staff.not_allowed`, `campaign.not_found`.
    """
    check_exporter(by.staff)
    campaign_id = campaigns.find(session, by.staff, reference, lane).id
    details = {"reference": reference, "form": "csv"}
    event.record(session, by.actor, Action.EXPORT_MADE, ("export", "campaign"), details)
    return campaign_id
