"""Whether a campaign can be sent as it stands: asked before anybody agrees to it, and when it is changed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from store.domain.campaign import CampaignFacts, checked
from store.domain.campaign_file import check_captions
from store.queries.district import district


def check_fit(session: Session, facts: CampaignFacts, file_key: str | None) -> None:
    """Refuse facts with which a campaign could not be sent, with this file if it has one.

    Refusals: those of `checked`, and with a file those of `check_captions`.
    """
    ours = district(session)
    if ours is None:
        return
    checked(facts, ours)
    if file_key is not None:
        check_captions(facts, ours)
