from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from notifications import timetable
from store.actions import delivery, inbox, retention
from store.domain.delivery import DeliveryState, Lane, Outgoing, Sent
from store.domain.inbox import RawUpdate
from store.tables.delivery import DeliveryRow
from store.tables.inbox import InboxRow
from tests.support.triage_factory import Town, counted


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
    await timetable.forget(town.store)
    assert await town.read(left) == (2, 3)
    town.clock.advance(timedelta(days=2))
    await timetable.forget(town.store)
    assert await town.read(left) == (1, 3)
    town.clock.advance(timedelta(days=60))
    await timetable.forget(town.store)
    assert await town.read(left) == (1, 1)


def _made(session: Session, count: int) -> None:
    """So many deliveries that have ended."""
    things = [Outgoing(Lane.CAMPAIGN, 5, "x", "sendMessage", {}, f"{count}:{n}") for n in range(count)]
    ids = delivery.queue_many(session, things)
    delivery.finish(session, [Sent(id_, DeliveryState.SENT) for id_ in ids])


async def test_deliveries_are_forgotten_page_by_page_each_in_a_unit_of_its_own(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    await town.write(_made, 5)
    town.clock.advance(timedelta(days=91))
    await town.write(_made, 9)
    page = await town.write(retention.forget_deliveries)
    assert (page.count, (await town.read(left))[1]) == (2, 12)
    with counted() as statements:
        assert await timetable.forget(town.store) == "3 rows and files deleted"
    assert await town.read(left) == (0, 9)
    deleted = [one for one in statements if one.startswith("DELETE FROM deliveries")]
    assert len(deleted) == 2, "what was made since is not walked"


async def test_updates_are_forgotten_page_by_page_and_one_that_waits_between_stays(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    await town.write(_parked, range(1, 6))
    await town.write(inbox.add, [RawUpdate(1, 6, 5, "{}")])
    await town.write(_parked, range(7, 9))
    town.clock.advance(timedelta(days=31))
    await town.write(_parked, range(9, 20))
    page = await town.write(retention.forget_updates)
    assert (page.count, (await town.read(left))[0]) == (2, 17)
    with counted() as statements:
        assert await timetable.forget(town.store) == "5 rows and files deleted"
    assert await town.read(left) == (12, 0)
    deleted = [one for one in statements if one.startswith("DELETE FROM inbox")]
    assert len(deleted) == 4, "what came since is not walked"


def _parked(session: Session, numbers: Iterable[int]) -> None:
    for item in inbox.add(session, [RawUpdate(1, n, 5, "{}") for n in numbers]):
        inbox.park(session, item.id, "KeyError")
