"""Write down which campaigns failed when they were due, once, so that staff hear of it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import event
from store.domain.actor import SYSTEM
from store.domain.event import Action
from store.queries import campaign_troubles
from store.queries.campaign_troubles import CAMPAIGN
from store.tables.campaign import CampaignRow
from store.tables.campaign_pattern import CampaignPatternRow


def note(session: Session, failed: Collection[str]) -> None:
    """Write down that these campaigns and recurring campaigns (ids) failed.

    Not again where nothing else has happened to them since. Two rounds may find the same at the same moment:
    the second waits, and sees what the first wrote down.
    """
    for table in (CampaignRow, CampaignPatternRow):
        theirs = select(table.id).where(table.id.in_(failed)).order_by(table.id)
        session.execute(theirs.with_for_update(key_share=True))
    known = campaign_troubles.still(session)
    for one in campaign_troubles.named(session, failed):
        if one not in known:
            action = Action.CAMPAIGN_FAILED if one.kind == CAMPAIGN else Action.PATTERN_FAILED
            told = {"reference": one.reference}
            event.record(session, SYSTEM, action, (one.kind, one.id), told)
