"""The calendar of the profile, taken over: each entry once, with a draft, and what staff did to it stays."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from store.actions import campaign_calendar, campaign_pattern, reference
from store.domain.campaign import CampaignState
from store.domain.campaign_pattern import PatternState
from store.domain.errors import NotAllowed, Refusal
from store.domain.staff import By, Role
from store.profile.load import load
from store.queries import campaign_calendar as calendar
from store.queries import campaign_patterns, campaigns
from tests.support.campaign_patterns import FROST, STALKING, plan
from tests.support.triage_factory import PROFILE, Town

WEEK = replace(FROST, code="stalking", title="Stalking Awareness Week", rule=STALKING)


@pytest.fixture
async def hal(town: Town) -> By:
    await town.write(reference.seed, replace(PROFILE, calendar=(FROST, WEEK)))
    return await town.staff("Hal", Role.SUPERVISOR)


async def test_each_entry_becomes_a_recurring_campaign_with_a_draft_once(town: Town, hal: By) -> None:
    assert [one.code for one in await town.read(calendar.left)] == ["frost", "stalking"]
    assert await town.write(campaign_calendar.take_over, hal) == 2
    assert await town.write(campaign_calendar.take_over, hal) == 0
    found = {one.code: one for one, _ in await town.read(campaign_patterns.listing, hal.staff)}
    assert found.keys() == {"frost", "stalking"}
    assert found["frost"].note == "With the first warning. In the plan: homelessness."
    assert found["stalking"].plan.guesses
    assert found["frost"].plan.facts.texts == {"en": "Frost tonight. Ask {email}.", "pl": "Dziś mróz."}
    drafts = await town.read(campaigns.listing, hal.staff)
    assert {(one.facts.title, one.state) for one in drafts} == {
        ("First frost", CampaignState.DRAFT),
        ("Stalking Awareness Week", CampaignState.DRAFT),
    }
    week = await town.read(campaign_patterns.page, hal.staff, found["stalking"].reference)
    assert [(one.words, one.unconfirmed) for one in week.came] == [("19 to 25 April 2027", True)]


async def test_what_staff_changed_or_ended_stays_so_and_what_comes_later_is_taken_too(
    town: Town, hal: By
) -> None:
    await town.write(reference.seed, PROFILE)
    assert await town.write(campaign_calendar.take_over, hal) == 2
    listed = await town.read(campaign_patterns.listing, hal.staff)
    frost, week = ({one.code: one.reference for one, _ in listed}[code] for code in ("frost", "stalking"))
    await town.write(campaign_pattern.change, hal, frost, plan(title="Ours"), PROFILE.district)
    await town.write(campaign_pattern.end, hal, week)
    assert await town.write(campaign_calendar.take_over, hal) == 0
    again = {one.code: one for one, _ in await town.read(campaign_patterns.listing, hal.staff)}
    assert again["frost"].plan.facts.title == "Ours"
    assert again["stalking"].state is PatternState.ENDED


async def test_two_who_take_it_over_at_once_take_each_entry_once(town: Town, hal: By) -> None:
    made = await asyncio.gather(*(town.write(campaign_calendar.take_over, hal) for _ in range(3)))
    assert sorted(made) == [0, 0, 2]


async def test_only_a_supervisor_takes_it_over_and_without_a_profile_there_is_none(town: Town) -> None:
    gus = await town.staff("Gus", Role.SUPERVISOR)
    assert await town.write(campaign_calendar.take_over, gus) == 0
    with pytest.raises(Refusal, match=r"campaign\.supervisor_only"):
        await town.write(campaign_calendar.take_over, await town.staff("Sam"))
    with pytest.raises(NotAllowed):
        await town.write(campaign_calendar.take_over, await town.staff("Ann", Role.ANALYST))


async def test_all_of_thanets_calendar_becomes_recurring_campaigns(town: Town) -> None:
    thanet = load("thanet")
    await town.write(reference.seed, replace(thanet, postcodes={}))
    gus = await town.staff("Gus", Role.SUPERVISOR)
    assert await town.write(campaign_calendar.take_over, gus) == len(thanet.calendar)
    listed = await town.read(campaign_patterns.listing, gus.staff)
    assert {one.code for one, _ in listed} == {one.code for one in thanet.calendar}
    drafts = await town.read(campaigns.listing, gus.staff)
    assert len(drafts) == len(thanet.calendar)
    assert all(not one.facts.untranslated for one in drafts)
