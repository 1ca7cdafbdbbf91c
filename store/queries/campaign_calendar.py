"""The entries of the calendar that nobody took over yet."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.domain.campaign_calendar import CalendarEntry
from store.profile.build import build
from store.profile.spot import Spot
from store.tables.campaign_pattern import CampaignPatternRow
from store.tables.reference import ReferenceRow


def left(session: Session) -> Sequence[CalendarEntry]:
    """Return what the reference data of the moment proposes and was never made a recurring campaign."""
    rows = session.execute(
        select(ReferenceRow.code, ReferenceRow.body)
        .where(
            ReferenceRow.kind == "calendar",
            ReferenceRow.retired_at.is_(None),
            ReferenceRow.code.not_in(
                select(CampaignPatternRow.code).where(CampaignPatternRow.code.is_not(None))
            ),
        )
        .order_by(ReferenceRow.position)
    )
    return [build(CalendarEntry, body, Spot("calendar", code)) for code, body in rows]
