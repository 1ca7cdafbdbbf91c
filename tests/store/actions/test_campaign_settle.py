"""The messages of a campaign follow its pause, its going on and its end, page by page."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest
from sqlalchemy import Table, insert, select, text, update
from sqlalchemy.orm import Session

from notifications import bundles
from notifications.timetable import send_campaigns
from notifications.urgent import Herald
from store.actions import campaign, campaign_hold, campaign_sending, campaign_settle, delivery, subscription
from store.actions.subscription import Consent
from store.domain.delivery import DeliveryState
from store.domain.rounds import Round
from store.domain.staff import By
from store.domain.subscription import Frequency
from store.queries import campaigns, outbox
from store.tables.campaign import CampaignRow
from tests.notifications.test_campaigns import hal, results, sam
from tests.support.campaigns import WISH, approved, begun, ended
from tests.support.deliveries import plan
from tests.support.triage_factory import Town, counted

__all__ = ["hal", "sam"]
HELD, QUEUED, CANCELLED = DeliveryState.HELD, DeliveryState.QUEUED, DeliveryState.CANCELLED


@pytest.fixture(autouse=True)
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaign_settle, "AT_ONCE", 2)


async def test_a_large_campaign_is_paused_page_by_page_and_goes_on_so(town: Town, sam: By, hal: By) -> None:
    sent = await begun(town, sam, hal, people=5)
    await town.write(campaign.pause, sam, sent)
    assert await results(town, sam, sent) == {HELD: 2, QUEUED: 3}
    assert await town.write(campaign_settle.next_page)
    assert await results(town, sam, sent) == {HELD: 4, QUEUED: 1}
    await town.write(campaign.resume, sam, sent)
    assert await results(town, sam, sent) == {HELD: 2, QUEUED: 3}
    await _settle(town)
    assert await results(town, sam, sent) == {QUEUED: 5}
    assert not await town.write(campaign_settle.next_page)


@pytest.mark.parametrize(("act", "becomes"), [(campaign.pause, HELD), (campaign.cancel, CANCELLED)])
async def test_nothing_of_it_goes_out_before_the_last_page_has_followed(
    town: Town, sam: By, hal: By, act: Callable[..., None], becomes: DeliveryState
) -> None:
    sent = await begun(town, sam, hal, people=5)
    await town.write(act, sam, sent)
    due = (await town.read(outbox.due, 1_000)).deliveries
    assert await town.write(delivery.lease, [one.id for one in due[:2]]) == set()
    assert await results(town, sam, sent) == {becomes: 4, QUEUED: 1}


async def test_no_digest_goes_with_what_was_halted_since_it_was_made(town: Town, sam: By, hal: By) -> None:
    daily = replace(WISH, frequency=Frequency.DAILY)
    for _ in range(3):
        await town.write(subscription.subscribe, await town.resident(), daily, Consent("Yes", "en"))
    kept, halted = [await approved(town, sam, hal) for _ in range(2)]
    await send_campaigns(town.store)
    town.pass_time(days=1)
    assert await town.write(bundles.tell_next) == 3
    await town.write(campaign.cancel, sam, halted)
    due = (await town.read(outbox.due, 1_000)).deliveries
    assert await town.write(delivery.lease, [one.id for one in due]) == set()
    assert await results(town, sam, halted) == {CANCELLED: 3}
    assert await results(town, sam, kept) == {QUEUED: 3}


async def test_whoever_opened_its_page_before_can_still_cancel_it(town: Town, sam: By, hal: By) -> None:
    sent = await begun(town, sam, hal, people=5)
    await town.write(campaign.pause, sam, sent)
    version = (await town.read(_version, sent)) or 0
    await town.write(campaign_settle.next_page)
    await town.write(campaign.cancel, sam, sent, version)
    await _settle(town)
    assert await results(town, sam, sent) == {CANCELLED: 5}


async def test_it_has_not_gone_out_before_all_that_was_held_has(town: Town, sam: By, hal: By) -> None:
    sent = await begun(town, sam, hal, people=3)
    await town.write(campaign.pause, sam, sent)
    await town.write(campaign_settle.next_page)
    await town.write(campaign.resume, sam, sent)
    await ended(town, DeliveryState.SENT, DeliveryState.SENT)
    assert await results(town, sam, sent) == {DeliveryState.SENT: 2, HELD: 1}
    assert await town.write(campaign_sending.finish, Round()) is None
    await _settle(town)
    await ended(town, DeliveryState.SENT)
    assert await town.write(campaign_sending.finish, Round()) == 1


async def test_what_has_followed_is_not_read_to_find_what_has_not(town: Town, sam: By, hal: By) -> None:
    await town.write(campaign.cancel, sam, await begun(town, sam, hal, people=1))
    await town.write(_many_more)
    with counted() as statements:
        await town.read(campaigns.is_unsettled)
        await town.write(campaign_hold.keep_back_unsettled, [])
        await town.write(campaign_settle.next_page)
    asked = [one for one in statements if "settled_to IS NOT NULL" in one]
    assert len(asked) == 3
    for one in asked:
        found = await town.read(_plan, one)
        assert "ix_campaigns_unsettled" in found, found


def _many_more(session: Session) -> None:
    """Campaigns that were cancelled long ago."""
    of = cast("Table", CampaignRow.__table__)
    one = dict(session.execute(select(of)).mappings().one())
    rows = [one | {"id": f"{number:032x}", "reference": f"{number}"} for number in range(2_000)]
    session.execute(insert(of), rows)
    session.execute(text("ANALYZE"))


def _plan(session: Session, statement: str) -> str:
    """Return how either database would do what a statement says."""
    if session.get_bind().dialect.name == "sqlite":
        return plan(session, statement)
    words = re.sub(r"\$\d+::INTEGER", "1", statement)
    return "\n".join(session.connection().exec_driver_sql(f"EXPLAIN {words}").scalars())


async def _at_once(town: Town, first: Callable[..., object], second: Callable[..., object]) -> object:
    """Do the second while the unit of work that did the first is still open, and return what it returned."""

    def lasts(session: Session) -> None:
        first(session)
        session.execute(text("SELECT pg_sleep(0.6)"))

    async def comes_in_between() -> object:
        await asyncio.sleep(0.2)
        return await town.write(second)

    return (await asyncio.gather(town.write(lasts), comes_in_between()))[1]


async def test_on_postgresql_what_comes_back_or_goes_keeps_no_campaign_from_being_made_out(
    town: Town, sam: By, hal: By
) -> None:
    if town.store.dialect == "sqlite":  # one writer: nothing runs side by side
        return
    going, halted = await begun(town, sam, hal), await begun(town, sam, hal, people=2)
    ids = [one.id for one in (await town.read(outbox.due, 1_000)).deliveries]
    await town.write(delivery.lease, ids)
    await town.write(_not_all_told, going)
    made_out = await _at_once(town, lambda session: delivery.give_back(session, ids), _next_due)
    assert made_out == going
    await town.write(campaign.pause, sam, halted)
    await town.write(_not_all_told, going)
    made_out = await _at_once(town, lambda session: delivery.lease(session, ids), _next_due)
    assert made_out == going


@pytest.mark.parametrize("pause_first", [True, False])
async def test_on_postgresql_nothing_comes_back_into_a_campaign_that_is_paused_at_that_moment(
    town: Town, sam: By, hal: By, *, pause_first: bool
) -> None:
    if town.store.dialect == "sqlite":  # one writer: nothing runs side by side
        return
    sent = await begun(town, sam, hal, people=2)
    ids = [one.id for one in (await town.read(outbox.due, 1_000)).deliveries]
    await town.write(delivery.lease, ids)

    def pauses(session: Session) -> None:
        campaign.pause(session, sam, sent)

    def comes_back(session: Session) -> None:
        delivery.give_back(session, ids)

    both = (pauses, comes_back) if pause_first else (comes_back, pauses)
    await _at_once(town, *both)
    await _settle(town)
    assert await results(town, sam, sent) == {HELD: 2}


async def _settle(town: Town) -> None:
    """Let all of it follow."""
    herald = Herald(town.store)
    while await herald.settle():
        pass


def _not_all_told(session: Session, reference: str) -> None:
    its = CampaignRow.reference == reference
    session.execute(update(CampaignRow).where(its).values(all_told=False))


def _next_due(session: Session) -> str | None:
    going = campaign_sending.next_due(session, Round())
    return going.reference if going is not None else None


def _version(session: Session, reference: str) -> int | None:
    return session.scalar(select(CampaignRow.version).where(CampaignRow.reference == reference))
