"""When a recurring campaign comes: its days from its rule, whatever the rule goes by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.domain.campaign_days import dated
from store.domain.campaign_rule import CampaignRule, Occurrence
from store.domain.recurrence import slot_of
from store.domain.school import School, SchoolYear
from store.profile.build import build
from store.profile.spot import Spot
from store.queries.slots import anchored, slots
from store.tables.reference import ReferenceRow


def coming(rule: CampaignRule, since: date, school: School) -> Iterator[Occurrence]:
    """Yield when it comes, in order, what is over by `since` left out; nothing where a person must say."""
    often = rule.often
    if often is None or rule.start is None:
        yield from dated(rule, since, school)
        return
    first = anchored(often, datetime.combine(rule.start, time()))
    if first is not None:
        for slot in slots(often, first, datetime.combine(since, time())):
            yield Occurrence(slot_of(slot)[:10], slot.date(), slot.date())


def school(session: Session) -> School:
    """Return the school years and bank holidays of the moment; none where no profile was seeded."""
    rows = session.execute(
        select(ReferenceRow.kind, ReferenceRow.code, ReferenceRow.body)
        .where(ReferenceRow.kind.in_(("school_years", "bank_holidays")), ReferenceRow.retired_at.is_(None))
        .order_by(ReferenceRow.kind, ReferenceRow.position)
    ).all()
    years = [build(SchoolYear, body, Spot(kind, code)) for kind, code, body in rows if kind == "school_years"]
    days = [day for kind, _, body in rows if kind == "bank_holidays" for day in body["days"]]
    return School(tuple(years), frozenset(map(date.fromisoformat, days)))
