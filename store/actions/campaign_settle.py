"""Let the messages of a campaign stand as it does by now: page by page, for they may be a million."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from store.actions import bundle, campaign_hold
from store.actions.campaign_results import count_anew
from store.domain.campaign import CampaignState, key_of
from store.tables.campaign import CampaignRow
from store.tables.delivery import DeliveryRow

_DELIVERIES = cast("Table", DeliveryRow.__table__)
_CAMPAIGNS = cast("Table", CampaignRow.__table__)
AT_ONCE = 5_000
"""So many messages are looked at in one unit of work; of most campaigns that is all."""


def begin(session: Session, campaign_id: str, state: CampaignState) -> None:
    """Let what waits of a campaign, whose row the caller locked, stand as it does from now on.

    The first page at once; the others follow by `next_page`. What comes back unsent meanwhile stands so
    too: see `campaign_hold`.
    """
    count_anew(session, campaign_id)
    _page(session, campaign_id, state, key_of(campaign_id))


def next_page(session: Session) -> bool:
    """Let the next messages follow their campaign; tell whether there were any."""
    row = session.scalar(
        select(CampaignRow)
        .where(CampaignRow.settled_to.is_not(None))
        .order_by(CampaignRow.id)
        .limit(1)
        .with_for_update(skip_locked=True, key_share=True)
        .execution_options(populate_existing=True)
    )
    if row is None:
        return False
    _page(session, row.id, CampaignState(row.state), row.settled_to or "")
    return True


def _page(session: Session, campaign_id: str, state: CampaignState, after: str) -> None:
    """Go on behind this key, and write down how far that was: nobody changed the campaign with it."""
    key, end = _DELIVERIES.c.key, f"{key_of(campaign_id)}\x7f"
    rest = (key > after, key < end)
    last = session.scalar(select(key).where(*rest).order_by(key).offset(AT_ONCE - 1).limit(1))
    its = (*rest, key <= last) if last is not None else rest
    for before, becomes in campaign_hold.BECOMES.get(state, {}).items():
        stood = _DELIVERIES.c.state == before.value
        values = campaign_hold.standing(session, becomes)
        session.execute(update(_DELIVERIES).where(*its, stood).values(**values))
    if state is CampaignState.SENDING:
        bundle.gather_again(session, its)
    session.execute(update(_CAMPAIGNS).where(_CAMPAIGNS.c.id == campaign_id).values(settled_to=last))
