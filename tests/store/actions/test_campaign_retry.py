"""What failed of a campaign is tried again: for whoever still wants it, and nothing else of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from notifications.timetable import send_campaigns
from store.actions import campaign, campaign_retry, resident, subscription
from store.domain.campaign import CampaignState
from store.domain.delivery import DeliveryState
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.rounds import Round
from store.domain.staff import By
from store.domain.subscription import Topic
from tests.notifications.test_campaigns import hal, results, sam, state, subscriber
from tests.notifications.test_reminders import heard, send
from tests.support.campaigns import WISH, approved, begun, ended, partly_failed, sending
from tests.support.triage_factory import PROFILE, Town

__all__ = ["hal", "sam"]

FAILED, SENT, QUEUED = DeliveryState.FAILED, DeliveryState.SENT, DeliveryState.QUEUED


async def test_of_what_went_out_only_what_failed_goes_again_in_its_words(
    town: Town, sam: By, hal: By
) -> None:
    sent = await begun(town, sam, hal, people=4)
    await ended(town, FAILED, SENT, DeliveryState.UNCERTAIN, DeliveryState.BLOCKED, error="Bad Request")
    await send_campaigns(town.store)
    assert await state(town, sam, sent) is CampaignState.SENT
    await town.twice(campaign_retry.retry, sam, sent)
    assert await state(town, sam, sent) is CampaignState.SENDING
    await send_campaigns(town.store)
    others = {SENT: 1, DeliveryState.UNCERTAIN: 1, DeliveryState.BLOCKED: 1}
    assert await results(town, sam, sent) == {QUEUED: 1} | others
    assert len(await send(town)) == 1
    await send_campaigns(town.store)
    assert await state(town, sam, sent) is CampaignState.SENT
    assert await results(town, sam, sent) == others | {SENT: 2}
    assert await town.how_often(Action.CAMPAIGN_RETRIED) == 1


async def test_who_does_not_want_it_any_more_is_left_out(town: Town, sam: By, hal: By) -> None:
    people = [await subscriber(town) for _ in range(6)]
    stays, stops, other, blocks, hushed, moves = people
    sent = await approved(town, sam, hal, places=frozenset({"margate"}))
    await send_campaigns(town.store)
    await ended(town, *(FAILED for _ in people), error="Bad Request")
    await town.write(subscription.stop, stops)
    await town.write(subscription.change, other, replace(WISH, topics=frozenset({Topic.MEETINGS})))
    await town.write(resident.mark_blocked, blocks.chat_id, blocked=True)
    await town.write(resident.set_do_not_contact, hushed, True)
    await town.write(subscription.change, moves, replace(WISH, places=frozenset({"ramsgate"})))
    await town.write(campaign_retry.retry, sam, sent)
    await send_campaigns(town.store)
    assert await results(town, sam, sent) == {QUEUED: 1, DeliveryState.CANCELLED: 5}
    [letter] = [one for one in await heard(town, stays) if one.state == QUEUED]
    assert letter.text == f"Lock your shed. Ask {PROFILE.district.email}."


async def test_it_goes_in_pages_and_while_it_still_goes_out(
    town: Town, sam: By, hal: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = await begun(town, sam, hal, people=5)
    await ended(town, FAILED, FAILED, FAILED, FAILED, error="Bad Request")
    monkeypatch.setattr(campaign_retry, "AT_ONCE", 2)
    await town.write(campaign_retry.retry, sam, sent)
    assert await town.write(campaign_retry.next_failed, Round()) is not None
    await send_campaigns(town.store)
    assert (await results(town, sam, sent))[QUEUED] == 3
    await town.write(campaign_retry.retry, sam, sent)
    await send_campaigns(town.store)
    assert await results(town, sam, sent) == {QUEUED: 5}
    assert await town.write(campaign_retry.next_failed, Round()) is None


async def test_what_waits_to_be_tried_again_waits_while_it_is_paused(town: Town, sam: By, hal: By) -> None:
    sent = await partly_failed(town, sam, hal)
    await town.write(campaign_retry.retry, sam, sent)
    await town.write(campaign.pause, sam, sent)
    await send_campaigns(town.store)
    assert await results(town, sam, sent) == {FAILED: 1, DeliveryState.HELD: 1}
    await town.write(campaign.resume, sam, sent)
    await send_campaigns(town.store)
    assert await results(town, sam, sent) == {QUEUED: 2}


async def test_what_cannot_be_tried_again_is_refused(town: Town, sam: By, hal: By) -> None:
    whole = await sending(town, sam, hal)
    with pytest.raises(Refusal, match=r"campaign\.none_failed"):
        await town.write(campaign_retry.retry, sam, whole)
    early = await approved(town, sam, hal, send_at=town.clock.now() + timedelta(days=1))
    with pytest.raises(Refusal, match=r"campaign\.cannot_move"):
        await town.write(campaign_retry.retry, sam, early)
    sent = await partly_failed(town, sam, hal)
    paused = await partly_failed(town, sam, hal)
    await town.write(campaign.pause, sam, paused)
    with pytest.raises(Refusal, match=r"campaign\.cannot_move"):
        await town.write(campaign_retry.retry, sam, paused)
    town.pass_time(days=8)
    with pytest.raises(Refusal, match=r"campaign\.too_late"):
        await town.write(campaign_retry.retry, sam, sent)
    await town.write(campaign.cancel, sam, sent)
    with pytest.raises(Refusal, match=r"campaign\.cannot_move"):
        await town.write(campaign_retry.retry, sam, sent)
