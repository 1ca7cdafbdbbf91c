"""A draft becomes a recurring campaign: with all that it says and its file, and is cancelled itself."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from store.actions import campaign, campaign_by_hand, campaign_pattern, campaign_to_pattern, retention
from store.domain.campaign import CampaignState
from store.domain.campaign_button import CampaignButton
from store.domain.campaign_rule import CampaignRule
from store.domain.errors import Changed, NotAllowed, NotFound, Refusal
from store.domain.event import Action
from store.domain.staff import By, Role
from store.queries import campaign_files, campaign_patterns, campaigns
from tests.support import urgent
from tests.support.campaign_files import attached
from tests.support.campaign_patterns import NINE, RIBBON, TUESDAYS, a_pattern
from tests.support.campaigns import a_draft, facts, waiting
from tests.support.papers import marked
from tests.support.pictures import jpeg
from tests.support.readers import hal, sam
from tests.support.triage_factory import PROFILE, Town

__all__ = ["hal", "sam"]

FRIDAY = datetime(2026, 11, 27, 9, tzinfo=UTC)
EVERYTHING = {
    "places": frozenset({PROFILE.wards[0].code}),
    "languages": frozenset({"en", "pl"}),
    "link": "https://example.org/locks",
    "good_for": timedelta(days=2),
    "spread": 3,
    "buttons": frozenset({CampaignButton.REPORT, CampaignButton.LESS}),
    "category": "noise.domestic",
    "public": False,
}


async def recurring(
    town: Town, by: By, draft: str, rule: CampaignRule = TUESDAYS, version: int | None = None
) -> str:
    when = rule, NINE, True
    return await town.write(campaign_to_pattern.make_recurring, by, draft, when, PROFILE.district, version)


async def test_all_that_it_says_comes_again_and_the_draft_is_cancelled(town: Town, sam: By, hal: By) -> None:
    draft = await a_draft(town, sam, send_at=FRIDAY, **EVERYTHING)
    key = await town.write(attached, sam, draft, jpeg())
    pattern = await recurring(town, hal, draft)
    found = await town.read(campaign_patterns.page, sam.staff, pattern)
    assert found.pattern.plan.facts == facts(**EVERYTHING)
    assert (found.pattern.plan.rule, found.pattern.plan.at, found.pattern.plan.sure) == (TUESDAYS, NINE, True)
    assert (found.pattern.author, found.file and found.file.key) == ("Hal", key)
    was = await town.read(campaigns.page, sam.staff, draft)
    assert was.campaign.state is CampaignState.CANCELLED
    [came] = found.came
    assert came.campaign not in {None, draft}
    next_time = await town.read(campaigns.page, sam.staff, came.campaign or "")
    assert (next_time.campaign.state, next_time.file and next_time.file.key) == (CampaignState.DRAFT, key)


async def test_both_stories_say_so(town: Town, sam: By) -> None:
    draft = await a_draft(town, sam)
    pattern = await recurring(town, sam, draft, RIBBON)
    found = await town.read(campaign_patterns.page, sam.staff, pattern)
    assert (found.story[0].label, found.story[0].detail) == (
        "Recurring campaign made",
        f"every year on 10 December, made of the campaign {draft}",
    )
    told = (await town.read(campaigns.page, sam.staff, draft)).story[-1]
    assert (told.label, told.detail) == (
        "Cancelled",
        f"it comes again by itself, as the recurring campaign {pattern}",
    )


async def test_its_file_stays_as_long_as_it_comes_again_and_90_days_longer(town: Town, sam: By) -> None:
    draft = await a_draft(town, sam)
    key = await town.write(attached, sam, draft, jpeg())
    pattern = await recurring(town, sam, draft)
    await town.write(campaign_pattern.pause, sam, pattern)
    town.pass_time(days=91)
    assert (await town.write(retention.forget))["files"] == 0
    assert (await town.read(campaigns.page, sam.staff, draft)).file is None
    assert (await town.read(campaign_files.of_pattern_for_staff, sam.staff, pattern)).key == key
    await town.write(campaign_pattern.end, sam, pattern)
    town.pass_time(days=91)
    assert (await town.write(retention.forget))["files"] == 1
    assert await town.read(marked) == [key]


async def test_only_a_draft_that_stands_alone_becomes_one(town: Town, sam: By) -> None:
    before = await town.how_often(Action.PATTERN_MADE)
    for made, key in (
        (await waiting(town, sam), "campaign.cannot_move"),
        (await _time_of_one(town, sam), "campaign.comes_again"),
    ):
        with pytest.raises(Refusal) as refused:
            await recurring(town, sam, made)
        assert refused.value.key == key
    gone = await a_draft(town, sam)
    await town.write(campaign.cancel, sam, gone)
    for unknown in ("K7M-4XQ-9PC", await urgent.a_draft(town, sam)):
        with pytest.raises(NotFound):
            await recurring(town, sam, unknown)
    with pytest.raises(Refusal, match=r"campaign\.cannot_move"):
        await recurring(town, sam, gone)
    assert await town.how_often(Action.PATTERN_MADE) == before + 1


async def _time_of_one(town: Town, by: By) -> str:
    pattern = await a_pattern(town, by)
    return await town.write(campaign_by_hand.make_one, by, pattern)


async def test_who_saw_another_version_or_works_no_reports_is_refused_and_nothing_is_made(
    town: Town, sam: By
) -> None:
    draft = await a_draft(town, sam)
    with pytest.raises(Changed):
        await recurring(town, sam, draft, version=9)
    with pytest.raises(NotAllowed):
        await recurring(town, await town.staff("Ann", Role.ANALYST), draft)
    assert await town.how_often(Action.PATTERN_MADE) == 0
    assert (await town.read(campaigns.find, sam.staff, draft)).state is CampaignState.DRAFT


async def test_an_hour_that_does_not_come_each_day_makes_nothing(town: Town, sam: By) -> None:
    draft = await a_draft(town, sam)
    when = TUESDAYS, time(1, 30), True
    with pytest.raises(Refusal, match=r"pattern\.bad_hour"):
        await town.write(campaign_to_pattern.make_recurring, sam, draft, when, PROFILE.district)
    assert (await town.read(campaigns.find, sam.staff, draft)).state is CampaignState.DRAFT
