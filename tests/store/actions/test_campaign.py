from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from store.actions import campaign, campaign_sending
from store.domain.campaign import CampaignState
from store.domain.errors import Changed, NotAllowed, NotFound, Refusal
from store.domain.event import Action
from store.domain.rounds import Round
from store.domain.staff import By, Role
from store.queries import campaigns
from tests.support.campaigns import LOCKS, a_draft, approved, facts, sending, waiting
from tests.support.readers import hal
from tests.support.triage_factory import PROFILE, Town

__all__ = ["hal"]

DISTRICT = PROFILE.district


@pytest.fixture
async def sam(town: Town) -> By:
    return await town.staff("Sam")


async def page(town: Town, by: By, reference: str) -> campaigns.CampaignPage:
    return await town.read(campaigns.page, by.staff, reference)


async def state(town: Town, by: By, reference: str) -> CampaignState:
    return (await page(town, by, reference)).campaign.state


async def test_a_campaign_is_made_submitted_and_approved_by_somebody_else(
    town: Town, sam: By, hal: By
) -> None:
    reference = await a_draft(town, sam)
    found = await page(town, sam, reference)
    assert (found.campaign.facts, found.campaign.author) == (LOCKS, "Sam")
    for _ in range(2):
        await town.write(campaign.submit, sam, reference)
    with pytest.raises(Refusal, match=r"campaign\.supervisor_only"):
        await town.write(campaign.approve, sam, reference)
    for _ in range(2):
        await town.write(campaign.approve, hal, reference)
    found = await page(town, sam, reference)
    assert (found.campaign.state, found.campaign.approver) == (CampaignState.APPROVED, "Hal")
    labels = [line.label for line in found.story]
    assert labels == ["Written, as a draft", "Sent for approval", "Approved"]
    assert [one.reference for one in await town.read(campaigns.listing, sam.staff)] == [reference]


async def test_nobody_approves_what_they_wrote_or_changed(town: Town, sam: By, hal: By) -> None:
    reference = await waiting(town, hal)
    with pytest.raises(Refusal, match=r"campaign\.own"):
        await town.write(campaign.approve, hal, reference)
    other = await waiting(town, sam)
    await town.write(campaign.change, hal, other, facts(title="Sheds"), DISTRICT)
    await town.write(campaign.submit, sam, other)
    with pytest.raises(Refusal, match=r"campaign\.own"):
        await town.write(campaign.approve, hal, other)


async def test_a_change_takes_the_approval_back_and_the_same_again_does_not(
    town: Town, sam: By, hal: By
) -> None:
    reference = await approved(town, sam, hal, send_at=town.clock.now() + timedelta(days=1))
    same = (await page(town, sam, reference)).campaign.facts
    await town.write(campaign.change, sam, reference, same, DISTRICT)
    assert await state(town, sam, reference) is CampaignState.APPROVED
    await town.write(campaign.change, sam, reference, facts(title="Sheds"), DISTRICT)
    found = (await page(town, sam, reference)).campaign
    assert (found.state, found.approver) == (CampaignState.DRAFT, None)
    assert await town.write(campaign_sending.next_due, Round()) is None


async def test_it_goes_back_to_its_author_with_a_reason(town: Town, sam: By, hal: By) -> None:
    reference = await waiting(town, sam)
    with pytest.raises(Refusal, match=r"campaign\.supervisor_only"):
        await town.write(campaign.send_back, sam, reference, "No")
    with pytest.raises(Refusal, match=r"message\.needs_text"):
        await town.write(campaign.send_back, hal, reference, " ")
    await town.write(campaign.send_back, hal, reference, "Say where")
    found = await page(town, sam, reference)
    assert found.campaign.state is CampaignState.DRAFT
    assert found.story[-1].detail == "Say where"


async def test_what_is_to_go_out_in_the_past_is_neither_submitted_nor_approved(
    town: Town, sam: By, hal: By
) -> None:
    reference = await waiting(town, sam, send_at=town.clock.now() + timedelta(hours=1))
    town.pass_time(hours=2)
    with pytest.raises(Refusal, match=r"campaign\.in_past"):
        await town.write(campaign.approve, hal, reference)
    late = await a_draft(town, sam, send_at=town.clock.now() - timedelta(hours=1))
    with pytest.raises(Refusal, match=r"campaign\.in_past"):
        await town.write(campaign.submit, sam, late)


async def test_what_goes_out_is_paused_goes_on_and_is_cancelled(town: Town, sam: By, hal: By) -> None:
    reference = await sending(town, sam, hal)
    for deed, after in (
        (campaign.pause, CampaignState.PAUSED),
        (campaign.resume, CampaignState.SENDING),
        (campaign.cancel, CampaignState.CANCELLED),
    ):
        for _ in range(2):
            await town.write(deed, sam, reference)
        assert await state(town, sam, reference) is after
    assert await town.how_often(Action.CAMPAIGN_PAUSED) == 1
    with pytest.raises(Refusal, match=r"campaign\.cannot_move"):
        await town.write(campaign.change, sam, reference, facts(title="Sheds"), DISTRICT)
    draft = await a_draft(town, sam)
    for deed in (campaign.pause, campaign.resume):
        with pytest.raises(Refusal, match=r"campaign\.cannot_move"):
            await town.write(deed, sam, draft)


async def test_an_approved_one_is_not_let_go_on_before_it_began(town: Town, sam: By, hal: By) -> None:
    reference = await approved(town, sam, hal, send_at=town.clock.now() + timedelta(days=1))
    with pytest.raises(Refusal, match=r"campaign\.cannot_move"):
        await town.write(campaign.resume, sam, reference)


async def test_the_second_writer_is_told(town: Town, sam: By, hal: By) -> None:
    reference = await a_draft(town, sam)
    seen = (await page(town, sam, reference)).campaign.version
    await town.write(campaign.change, sam, reference, facts(title="Sheds"), DISTRICT)
    deeds: list[tuple[Any, tuple[Any, ...]]] = [
        (campaign.change, (facts(title="Barns"), DISTRICT)),
        (campaign.submit, ()),
        (campaign.send_back, ("No",)),
        (campaign.approve, ()),
        (campaign.pause, ()),
        (campaign.resume, ()),
        (campaign.cancel, ()),
    ]
    for deed, more in deeds:
        with pytest.raises(Changed):
            await town.write(deed, hal, reference, *more, version=seen)


async def test_whoever_has_no_chat_cannot_try_it(town: Town, sam: By) -> None:
    reference = await a_draft(town, sam)
    with pytest.raises(Refusal, match=r"campaign\.no_chat"):
        await town.write(campaign.try_out, sam, reference)


async def test_campaigns_are_for_those_who_work_reports(town: Town, sam: By) -> None:
    ann = await town.staff("Ann", Role.ANALYST)
    reference = await a_draft(town, sam)
    for read in (
        town.read(campaigns.listing, ann.staff),
        town.read(campaigns.page, ann.staff, reference),
        town.write(campaign.make, ann, LOCKS, DISTRICT),
        town.write(campaign.submit, ann, reference),
    ):
        with pytest.raises(NotAllowed):
            await read
    with pytest.raises(NotFound, match=r"campaign\.not_found"):
        await town.read(campaigns.page, sam.staff, "K7M-4XQ-9PC")
    with pytest.raises(NotFound, match=r"campaign\.not_found"):
        await town.write(campaign.submit, sam, "K7M-4XQ-9PC")
