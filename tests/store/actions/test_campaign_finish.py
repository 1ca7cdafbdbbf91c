"""A campaign has gone out once all its own messages have ended, whatever else waits."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from notifications.timetable import send_campaigns
from store.actions import campaign_retry, campaign_sending, delivery
from store.domain.campaign import CampaignState
from store.domain.delivery import DeliveryState, Lane, Outgoing, Sent
from store.domain.rounds import Round
from store.domain.staff import By
from store.queries import campaign_results
from store.tables.campaign import CampaignRow
from store.tables.delivery import DeliveryRow
from tests.notifications.test_campaigns import hal, sam, state
from tests.support.campaigns import begun, ended
from tests.support.deliveries import plan
from tests.support.triage_factory import Town, counted

__all__ = ["hal", "sam"]
FAILED, SENT = DeliveryState.FAILED, DeliveryState.SENT


def _looked_to(session: Session) -> str | None:
    return session.scalar(select(CampaignRow.told_to))


def _its(session: Session) -> list[tuple[str, int]]:
    """The people of its messages in their order, with the messages."""
    rows = session.execute(select(DeliveryRow.key, DeliveryRow.id).order_by(DeliveryRow.key)).all()
    return [((row.key or "").rpartition(":")[2], row.id) for row in rows]


def _lease_and_end(session: Session, *ids: int) -> None:
    delivery.lease(session, ids)
    delivery.finish(session, [Sent(one, SENT) for one in ids])


async def test_it_is_walked_in_pages_and_nothing_that_has_ended_is_looked_at_again(
    town: Town, sam: By, hal: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_results, "LOOKED_AT", 2)
    sent = await begun(town, sam, hal, people=5)
    people = await town.read(_its)
    await town.write(_lease_and_end, *(id_ for _, id_ in people[:3]))
    assert await town.write(campaign_sending.finish, Round()) == 0
    assert await town.read(_looked_to) == people[1][0]
    assert await town.write(campaign_sending.finish, Round()) is None
    assert await town.read(_looked_to) == people[2][0]
    await town.write(_lease_and_end, people[4][1])
    assert await town.write(campaign_sending.finish, Round()) is None
    assert await town.read(_looked_to) == people[2][0]
    assert await state(town, sam, sent) is CampaignState.SENDING
    await town.write(_lease_and_end, people[3][1])
    await send_campaigns(town.store)
    assert await state(town, sam, sent) is CampaignState.SENT


async def test_what_waits_for_a_message_is_looked_at_once_in_a_round(
    town: Town, sam: By, hal: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_results, "LOOKED_AT", 1)
    sent = await begun(town, sam, hal, people=3)
    await ended(town, SENT, SENT, SENT)
    waits = await begun(town, sam, hal)
    with counted() as statements:
        await send_campaigns(town.store)
    assert [await state(town, sam, one) for one in (sent, waits)] == [
        CampaignState.SENT,
        CampaignState.SENDING,
    ]
    pages = [one for one in statements if "deliveries.state" in one and "ORDER BY deliveries." in one]
    assert len(pages) == 5
    await ended(town, *[SENT] * 4)
    await send_campaigns(town.store)
    assert await state(town, sam, waits) is CampaignState.SENT


@pytest.mark.parametrize("already", [True, False])
async def test_what_is_tried_again_is_looked_at_again(town: Town, sam: By, hal: By, already: bool) -> None:
    sent = await begun(town, sam, hal, people=2)
    await ended(town, *([FAILED, SENT] if already else [FAILED]))
    await send_campaigns(town.store)
    assert await state(town, sam, sent) is (CampaignState.SENT if already else CampaignState.SENDING)
    await town.write(campaign_retry.retry, sam, sent)
    await send_campaigns(town.store)
    if not already:
        await ended(town, SENT)
        await send_campaigns(town.store)
    assert await state(town, sam, sent) is CampaignState.SENDING
    await ended(town, SENT)
    await send_campaigns(town.store)
    assert await state(town, sam, sent) is CampaignState.SENT


async def test_trying_again_while_it_is_made_out_makes_it_out_to_nobody_anew(
    town: Town, sam: By, hal: By
) -> None:
    sent = await begun(town, sam, hal, people=2)
    await town.write(_made_out_to_the_first_only)
    await ended(town, FAILED)
    first = await town.read(_looked_to)
    await town.write(campaign_retry.retry, sam, sent)
    assert await town.read(_looked_to) == first


def _made_out_to_the_first_only(session: Session) -> None:
    (row,) = session.scalars(select(CampaignRow))
    row.told_to, row.all_told = _its(session)[0][0], False


async def test_what_others_have_queued_is_not_walked(town: Town, sam: By, hal: By) -> None:
    await begun(town, sam, hal)
    others = [Outgoing(Lane.CAMPAIGN, n, "x", "sendMessage", {}, f"campaign:other:{n}") for n in range(9)]
    await town.write(delivery.queue_many, others)
    with counted() as statements:
        await town.write(campaign_sending.finish, Round())
    [looked] = [one for one in statements if "deliveries" in one]
    if town.store.dialect == "sqlite":
        found = await town.read(plan, looked)
        assert "(key>? AND key<?)" in found, found
        assert "TEMP B-TREE" not in found, found
    else:
        assert "deliveries.key >" in looked
        assert "deliveries.key <" in looked
