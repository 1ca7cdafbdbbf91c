"""Take over the calendar of the profile: each of its entries becomes a recurring campaign with a draft."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import campaign_by_hand, campaign_pattern
from store.domain import campaign
from store.domain.campaign_pattern import checked, proposed
from store.domain.reference_kinds import DISTRICT
from store.domain.staff import By
from store.queries import campaign_calendar
from store.queries.district import district
from store.queries.visible import check_worker
from store.tables.reference import ReferenceRow


def take_over(session: Session, by: By) -> int:
    """Make a recurring campaign of each entry that was never taken over, and a draft of its next time.

    What staff changed or ended since stays as it is. Return how many were made; again is harmless.
    Refusals: `staff.not_allowed`, `campaign.supervisor_only`.
    """
    check_worker(by.staff)
    campaign.check_approver(by.staff, "")
    # Two who take it over at once wait for each other here.
    ours = select(ReferenceRow.code).where(ReferenceRow.kind == DISTRICT).with_for_update()
    session.execute(ours)
    known = district(session)
    if known is None:
        return 0
    left = campaign_calendar.left(session)
    for entry in left:
        row = campaign_pattern.new(session, by, checked(proposed(entry), known), entry.code, entry.told)
        campaign_by_hand.make_first(session, by, row)
    return len(left)
