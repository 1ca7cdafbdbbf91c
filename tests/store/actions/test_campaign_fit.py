"""Nothing is approved that could not be sent, however it came to say what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from store.actions import campaign, campaign_pattern
from store.domain.campaign import Campaign, CampaignFacts, CampaignState, packed
from store.domain.campaign_button import CampaignButton
from store.domain.campaign_file import CAPTION_MAX_UNITS
from store.domain.errors import Refusal
from store.domain.staff import By
from store.engine import Session
from store.queries import campaigns
from store.tables.campaign import CampaignRow
from tests.support.campaign_files import attached
from tests.support.campaign_patterns import TUESDAYS, a_pattern, plan
from tests.support.campaigns import LOCKS, a_draft, waiting
from tests.support.pictures import jpeg
from tests.support.readers import hal, sam
from tests.support.triage_factory import PROFILE, Town

__all__ = ["hal", "sam"]

DISTRICT = PROFILE.district
LONG = {"en": "a" * (CAPTION_MAX_UNITS + 1)}
DAY = timedelta(days=1)
KEPT = "Not changed with its recurring campaign: it could not be sent so"


async def the_draft(town: Town, by: By) -> Campaign:
    return (await town.read(campaigns.listing, by.staff))[0]


def _say(session: Session, facts: CampaignFacts) -> None:
    session.execute(update(CampaignRow).values(facts=packed(facts)))


async def change(town: Town, by: By, pattern: str, **other: Any) -> None:
    await town.write(campaign_pattern.change, by, pattern, plan(**other), DISTRICT)


@pytest.mark.parametrize(
    ("own", "wanted", "picture"),
    [
        ({}, {"texts": LONG}, True),
        ({"good_for": DAY}, {"spread": 48}, False),
        (
            {"buttons": frozenset[CampaignButton]()},
            {"buttons": frozenset({CampaignButton.REPORT}), "category": "drugs"},
            False,
        ),
    ],
    ids=["caption", "spread", "category"],
)
async def test_a_draft_that_could_not_be_sent_with_a_change_keeps_what_it_says_and_tells(
    town: Town, sam: By, hal: By, own: dict[str, Any], wanted: dict[str, Any], *, picture: bool
) -> None:
    before: dict[str, Any] = {"buttons": frozenset({CampaignButton.MEETINGS})} if "buttons" in own else {}
    pattern = await a_pattern(town, sam, **before)
    draft = await the_draft(town, sam)
    if own:
        await town.write(campaign.change, sam, draft.reference, replace(draft.facts, **own), DISTRICT)
    if picture:
        await town.write(attached, sam, draft.reference, jpeg())
    said = (await the_draft(town, sam)).facts
    await change(town, sam, pattern, **wanted)
    page = await town.read(campaigns.page, sam.staff, draft.reference)
    assert (page.campaign.facts, page.story[-1].label) == (said, KEPT)
    await change(town, sam, pattern, title="Ribbons")
    assert (await the_draft(town, sam)).facts == replace(said, title="Ribbons")
    await town.write(campaign.submit, sam, draft.reference)
    await town.write(campaign.approve, hal, draft.reference)


async def test_what_could_not_be_sent_is_neither_sent_for_approval_nor_approved(
    town: Town, sam: By, hal: By
) -> None:
    asked = await waiting(town, sam)
    await town.write(_say, replace(LOCKS, spread=48, good_for=DAY))
    with pytest.raises(Refusal, match=r"campaign\.spread_too_long"):
        await town.write(campaign.approve, hal, asked)
    draft = await a_draft(town, sam)
    await town.write(attached, sam, draft, jpeg())
    await town.write(_say, replace(LOCKS, texts=LONG))
    with pytest.raises(Refusal, match=r"campaign_file\.caption_too_long"):
        await town.write(campaign.submit, sam, draft)


async def test_a_draft_with_a_picture_of_its_own_stays_when_all_its_times_are_approved(
    town: Town, sam: By, hal: By
) -> None:
    pattern = await a_pattern(town, sam, TUESDAYS)
    draft = await the_draft(town, sam)
    await town.write(attached, sam, draft.reference, jpeg())
    await town.write(campaign_pattern.approve, hal, pattern)
    page = await town.read(campaigns.page, sam.staff, draft.reference)
    assert page.campaign.state is CampaignState.DRAFT
    assert page.file is not None
