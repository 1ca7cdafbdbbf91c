"""What somebody wants to hear of, and who wants to hear of something."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from store.domain.subscription import Frequency, QuietHours, Subscription, Topic, WhyStopped
from store.engine import now
from store.tables.resident import ResidentRow
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


def subscribers_of(
    session: Session, topic: Topic, places: Collection[str], after: str = "", limit: int = 500
) -> list[str]:
    """Return ids of residents who want this topic from any of these places, each once, in their order.

    Give the last id as `after` for the next page. Without places it concerns everybody: see `concerned`.
    Nobody who paused, stopped, blocked us or must not be contacted, and never a relay.
    """
    told = {"topic": topic.value, "after": after, "now": now(session), "limit": limit}
    named = {"places": sorted(places)} if places else {}
    return list(session.scalars(_wanted(anywhere=not places), told | named))


@cache
def _wanted(*, anywhere: bool) -> Select[Any]:
    """Walk the topic's index in order; a place is looked up by the person, so that nobody comes twice."""
    wanted = (
        select(SubscriberTopicRow.resident_id)
        .join(SubscriberRow, SubscriberRow.resident_id == SubscriberTopicRow.resident_id)
        .join(ResidentRow, ResidentRow.id == SubscriberTopicRow.resident_id)
        .where(
            SubscriberTopicRow.topic == bindparam("topic"),
            SubscriberTopicRow.resident_id > bindparam("after"),
            SubscriberRow.stopped_at.is_(None),
            or_(SubscriberRow.paused_until.is_(None), SubscriberRow.paused_until <= bindparam("now")),
            ~ResidentRow.relay,
            ~ResidentRow.do_not_contact,
            ResidentRow.blocked_at.is_(None),
        )
        .order_by(SubscriberTopicRow.resident_id)
        .limit(bindparam("limit"))
    )
    if anywhere:
        return wanted
    there = exists().where(
        SubscriberPlaceRow.resident_id == SubscriberTopicRow.resident_id,
        SubscriberPlaceRow.place.in_(bindparam("places", expanding=True)),
    )
    return wanted.where(or_(SubscriberRow.everywhere, there))
