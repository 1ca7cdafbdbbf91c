from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.actions import delivery, inbox, retention
from store.domain.delivery import DeliveryState, Lane, Outgoing, Sent
from store.domain.inbox import RawUpdate
from store.tables.delivery import DeliveryRow
from store.tables.inbox import InboxRow
from tests.support.triage_factory import Town


def left(session: Session) -> tuple[int, int]:
    """Return how many updates and deliveries are there."""
    updates = session.scalar(select(func.count()).select_from(InboxRow)) or 0
    return updates, session.scalar(select(func.count()).select_from(DeliveryRow)) or 0


def troubles(session: Session) -> None:
    """One parked update, one that waits; one delivery uncertain, one failed, one that waits."""
    item, _waits = inbox.add(session, [RawUpdate(1, n, 5, "{}") for n in (1, 2)])
    inbox.park(session, item.id, "KeyError")
    things = [Outgoing(Lane.REMINDER, 5, "x", "sendMessage", {"text": "x"}) for _ in range(3)]
    delivery.queue(session, things)
    ids = list(session.scalars(select(DeliveryRow.id).order_by(DeliveryRow.id)))
    delivery.lease(session, ids[:1])
    delivery.recover(session)
    delivery.finish(session, [Sent(ids[1], DeliveryState.FAILED, error="no")])


async def test_what_went_wrong_is_forgotten_in_time_and_what_waits_is_not(town: Town) -> None:
    await town.write(troubles)
    town.clock.advance(timedelta(days=29))
    await town.write(retention.forget)
    assert await town.read(left) == (2, 3)
    town.clock.advance(timedelta(days=2))
    await town.write(retention.forget)
    assert await town.read(left) == (1, 3)
    town.clock.advance(timedelta(days=60))
    await town.write(retention.forget)
    assert await town.read(left) == (1, 1)
