"""What somebody wants to hear of, and who wants to hear of something."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.domain.subscription import Frequency, QuietHours, Subscription, Topic, WhyStopped
from store.tables.subscriber import SubscriberPlaceRow, SubscriberRow, SubscriberTopicRow


def of(session: Session, resident_id: str) -> Subscription | None:
    """Return this person's subscription, also a stopped one; None where they never subscribed."""
    row = session.get(SubscriberRow, resident_id)
    if row is None:
        return None
    topics = select(SubscriberTopicRow.topic).where(SubscriberTopicRow.resident_id == resident_id)
    places = select(SubscriberPlaceRow.place).where(SubscriberPlaceRow.resident_id == resident_id)
    return Subscription(
        topics=frozenset(map(Topic, session.scalars(topics))),
        places=frozenset(session.scalars(places)),
        frequency=Frequency(row.frequency),
        quiet=QuietHours(row.quiet_from, row.quiet_to),
        paused_until=row.paused_until,
        stopped_at=row.stopped_at,
        why_stopped=WhyStopped(row.why_stopped) if row.why_stopped else None,
    )
