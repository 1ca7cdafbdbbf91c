"""Recurring campaigns: made once for each time, changed with what they are times of, and never late."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from notifications.timetable import come_again, send_campaigns
from store.actions import campaign, campaign_by_hand, campaign_occurrence, campaign_pattern, reference
from store.domain.campaign import Campaign, CampaignState
from store.domain.campaign_pattern import PatternState
from store.domain.campaign_rule import CampaignRule, Kind
from store.domain.errors import Changed, NotAllowed, NotFound, Refusal
from store.domain.event import Action
from store.domain.rounds import Round
from store.domain.school import SchoolYear, Term
from store.domain.staff import By, Role
from store.queries import campaign_occurrences, campaign_patterns, campaigns
from store.queries.campaign_patterns import PatternPage
from tests.support.campaign_patterns import MAY, REACTIVE, RIBBON, STALKING, TUESDAYS, a_pattern, plan
from tests.support.campaigns import LOCKS, a_draft, facts
from tests.support.readers import hal
from tests.support.triage_factory import PROFILE, Town

__all__ = ["hal"]

DISTRICT = PROFILE.district
TENTH = datetime(2026, 12, 10, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
async def sam(town: Town) -> By:
    return await town.staff("Sam")


async def page(town: Town, by: By, pattern: str) -> PatternPage:
    return await town.read(campaign_patterns.page, by.staff, pattern)


async def all_of(town: Town, by: By) -> list[Campaign]:
    return list(await town.read(campaigns.listing, by.staff))


async def the_campaign(town: Town, by: By) -> Campaign:
    [found] = await all_of(town, by)
    return found


async def tick(town: Town, **later: float) -> None:
    town.pass_time(**later)
    await come_again(town.store)
    await send_campaigns(town.store)


async def test_a_draft_is_there_four_weeks_before_once_and_another_person_agrees(
    town: Town, sam: By, hal: By
) -> None:
    pattern = await a_pattern(town, sam)
    for _ in range(2):
        await tick(town)
    made = await the_campaign(town, sam)
    assert (made.state, made.author, made.facts) == (
        CampaignState.DRAFT,
        "Sam",
        facts(send_at=TENTH),
    )
    found = await page(town, sam, pattern)
    assert [one.words for one in found.next_days] == [
        "10 December 2026",
        "10 December 2027",
        "10 December 2028",
    ]
    assert [(one.campaign, one.words, one.unconfirmed) for one in found.came] == [
        (made.reference, "10 December 2026", False)
    ]
    assert [line.label for line in found.story] == ["Recurring campaign made", "A campaign was made of it"]
    await town.write(campaign.submit, sam, made.reference)
    await town.write(campaign.approve, hal, made.reference)
    await tick(town, days=17)
    assert (await the_campaign(town, sam)).state is CampaignState.SENT
    await tick(town, days=320)
    assert len(await all_of(town, sam)) == 1
    await tick(town, days=20)
    assert [one.state for one in await all_of(town, sam)] == [CampaignState.DRAFT, CampaignState.SENT]


async def test_two_who_look_at_once_make_it_once(town: Town, sam: By) -> None:
    await a_pattern(town, sam, STALKING)
    assert await all_of(town, sam) == []
    town.pass_time(days=130)
    await asyncio.gather(*(come_again(town.store) for _ in range(4)))
    assert len(await all_of(town, sam)) == 1


async def test_what_is_not_sure_waits_for_a_person_to_say_its_days(town: Town, sam: By, hal: By) -> None:
    pattern = await a_pattern(town, sam, sure=False)
    made = await the_campaign(town, sam)
    with pytest.raises(Refusal, match=r"campaign\.date_unconfirmed"):
        await town.write(campaign.submit, sam, made.reference)
    first = date(2026, 12, 14)
    for _ in range(2):
        await town.write(campaign_by_hand.confirm_days, hal, made.reference, first, first + DAY, made.version)
    sure = await the_campaign(town, sam)
    assert sure.facts.send_at == TENTH + 4 * DAY
    assert sure.author == "Sam"
    [came] = (await page(town, sam, pattern)).came
    assert (came.words, came.unconfirmed, came.confirmed_by) == ("14 to 15 December 2026", False, "Hal")
    assert await town.read(campaign_occurrences.of_campaign, made.id) == came
    await town.write(campaign.submit, sam, made.reference)
    await town.write(campaign.approve, hal, made.reference)
    await town.write(campaign_by_hand.confirm_days, sam, made.reference, first + DAY)
    found = await the_campaign(town, sam)
    assert (found.state, found.approver) == (CampaignState.DRAFT, None)
    story = (await town.read(campaigns.page, sam.staff, made.reference)).story
    assert [(one.label, one.detail) for one in story][-1] == ("Its days confirmed", "15 December 2026")


async def test_days_are_confirmed_of_what_comes_again_alone_and_before_it_goes_out(
    town: Town, sam: By, hal: By
) -> None:
    with pytest.raises(Refusal, match=r"campaign\.no_days"):
        await town.write(campaign_by_hand.confirm_days, sam, await a_draft(town, sam), date(2026, 12, 14))
    await a_pattern(town, sam)
    made = next(one for one in await all_of(town, sam) if one.facts.send_at)
    with pytest.raises(Refusal, match=r"pattern\.days_past"):
        await town.write(campaign_by_hand.confirm_days, sam, made.reference, date(2026, 11, 2))
    with pytest.raises(Changed):
        await town.write(campaign_by_hand.confirm_days, sam, made.reference, date(2026, 12, 14), None, 9)
    await town.write(campaign.cancel, sam, made.reference)
    with pytest.raises(Refusal, match=r"campaign\.cannot_move"):
        await town.write(campaign_by_hand.confirm_days, sam, made.reference, date(2026, 12, 14))


async def test_a_week_that_has_begun_gets_a_draft_that_goes_out_once_it_is_approved(
    town: Town, sam: By
) -> None:
    activism = CampaignRule(Kind.DAYS, month=11, day=20, to_month=12, to_day=10)
    await a_pattern(town, sam, activism)
    assert (await the_campaign(town, sam)).facts.send_at is None


async def test_what_nobody_approved_until_it_was_over_is_dropped_and_said(
    town: Town, sam: By, hal: By
) -> None:
    pattern = await a_pattern(town, sam)
    await tick(town, days=17, hours=3)
    assert (await the_campaign(town, sam)).state is CampaignState.DRAFT
    await tick(town, days=1)
    assert (await the_campaign(town, sam)).state is CampaignState.CANCELLED
    found = await page(town, sam, pattern)
    assert found.came[0].missed_at is not None
    assert found.story[-1].label == "Missed, and not made up for"
    assert found.story[-1].detail == "10 December 2026"


async def test_after_a_standstill_nothing_is_sent_late_and_what_was_missed_is_said(
    town: Town, sam: By, hal: By
) -> None:
    pattern = await a_pattern(town, sam)
    made = await the_campaign(town, sam)
    await town.write(campaign.submit, sam, made.reference)
    await town.write(campaign.approve, hal, made.reference)
    await tick(town, days=370)
    assert CampaignState.SENT not in {one.state for one in await all_of(town, sam)}
    details = [line.detail for line in (await page(town, sam, pattern)).story if "Missed" in line.label]
    assert "10 December 2026" in details


async def test_what_is_approved_for_all_its_times_goes_out_by_itself_until_somebody_stops_it(
    town: Town, sam: By, hal: By
) -> None:
    pattern = await a_pattern(town, sam, TUESDAYS)
    draft = await the_campaign(town, sam)
    with pytest.raises(Refusal, match=r"campaign\.supervisor_only"):
        await town.write(campaign_pattern.approve, sam, pattern)
    for _ in range(2):
        await town.write(campaign_pattern.approve, hal, pattern)
    assert (await the_campaign(town, sam)).state is CampaignState.CANCELLED
    await tick(town, days=7, hours=23)
    assert [one.reference for one in await all_of(town, sam)] == [draft.reference]
    for _ in range(3):
        await tick(town, hours=1)
    out = next(one for one in await all_of(town, sam) if one.reference != draft.reference)
    assert (out.state, out.approver) == (CampaignState.SENT, "Hal")
    await tick(town, days=7)
    assert len(await all_of(town, sam)) == 3
    await town.write(campaign_pattern.pause, sam, pattern)
    await tick(town, days=14)
    assert len(await all_of(town, sam)) == 3
    await town.write(campaign_pattern.resume, sam, pattern)
    await tick(town, days=21)
    found = await page(town, sam, pattern)
    assert len(await all_of(town, sam)) == 4
    missed = [line.detail for line in found.story if "Missed" in line.label]
    assert missed == ["29 December 2026; 5 January 2027"]
    await town.write(campaign_pattern.end, sam, pattern)
    await tick(town, days=21)
    assert len(await all_of(town, sam)) == 4


async def test_what_was_approved_is_approved_anew_once_its_year_is_over(town: Town, sam: By, hal: By) -> None:
    pattern = await a_pattern(town, sam, TUESDAYS)
    await town.write(campaign_pattern.approve, hal, pattern)
    first = (await page(town, sam, pattern)).pattern.approved_at
    await tick(town, days=364)
    await town.write(campaign_pattern.approve, hal, pattern)
    found = await page(town, sam, pattern)
    assert (found.alone, found.pattern.approved_at) == (True, first)
    await tick(town, days=1)
    assert not (await page(town, sam, pattern)).alone
    await town.write(campaign_pattern.approve, hal, pattern)
    assert (await page(town, sam, pattern)).alone


async def test_a_long_standstill_is_said_in_one_line(town: Town, sam: By, hal: By) -> None:
    pattern = await a_pattern(town, sam, TUESDAYS)
    await town.write(campaign_pattern.approve, hal, pattern)
    await tick(town, days=71)
    [said] = [one.detail for one in (await page(town, sam, pattern)).story if "Missed" in one.label]
    assert said is not None
    assert said.endswith("29 December 2026; and 4 more")


async def test_only_what_comes_often_is_approved_for_all_its_times(town: Town, sam: By, hal: By) -> None:
    yearly = await a_pattern(town, sam)
    with pytest.raises(Refusal, match=r"pattern\.each_time"):
        await town.write(campaign_pattern.approve, hal, yearly)
    mine = await a_pattern(town, hal, TUESDAYS)
    with pytest.raises(Refusal, match=r"campaign\.own"):
        await town.write(campaign_pattern.approve, hal, mine)


async def test_a_change_of_the_rule_moves_the_draft_and_takes_the_approval_of_all(
    town: Town, sam: By, hal: By
) -> None:
    pattern = await a_pattern(town, sam)
    moved = replace(RIBBON, day=12)
    for _ in range(2):
        await town.write(campaign_pattern.change, hal, pattern, plan(moved, title="Ribbons"), DISTRICT)
    made = await the_campaign(town, sam)
    assert (made.facts.title, made.facts.send_at, made.author) == ("Ribbons", TENTH + 2 * DAY, "Hal")
    found = await page(town, sam, pattern)
    assert found.came[0].words == "12 December 2026"
    assert found.story[-1].detail == "every year on 10 December → every year on 12 December"
    await town.write(campaign_pattern.change, sam, pattern, plan(TUESDAYS), DISTRICT)
    drafts = [one for one in await all_of(town, sam) if one.state is CampaignState.DRAFT]
    assert [one.facts.send_at for one in drafts] == [datetime(2026, 12, 1, 9, tzinfo=UTC)]
    await town.write(campaign_pattern.approve, hal, pattern)
    await town.write(campaign_pattern.change, sam, pattern, plan(TUESDAYS, title="Each week"), DISTRICT)
    assert (await page(town, sam, pattern)).pattern.approved_at is None


async def test_a_change_leaves_alone_what_is_approved_what_was_said_of_a_draft_and_confirmed_days(
    town: Town, sam: By, hal: By
) -> None:
    pattern = await a_pattern(town, sam, sure=False)
    made = await the_campaign(town, sam)
    await town.write(campaign_by_hand.confirm_days, sam, made.reference, date(2026, 12, 14))
    own = replace((await the_campaign(town, sam)).facts, title="Ours alone")
    await town.write(campaign.change, sam, made.reference, own, DISTRICT)
    await town.write(
        campaign_pattern.change,
        sam,
        pattern,
        plan(replace(RIBBON, day=12), link="https://x.example"),
        DISTRICT,
    )
    found = await the_campaign(town, sam)
    assert (found.facts.title, found.facts.link, found.facts.send_at) == (
        "Ours alone",
        "https://x.example",
        TENTH + 4 * DAY,
    )
    await town.write(campaign.submit, sam, made.reference)
    await town.write(campaign.approve, hal, made.reference)
    await town.write(campaign_pattern.change, sam, pattern, plan(title="Other"), DISTRICT)
    assert (await the_campaign(town, sam)).state is CampaignState.APPROVED


async def test_one_whose_hour_changes_goes_out_at_the_new_one(town: Town, sam: By) -> None:
    pattern = await a_pattern(town, sam)
    await town.write(campaign_pattern.change, sam, pattern, plan(at=time(18, 30)), DISTRICT)
    assert (await the_campaign(town, sam)).facts.send_at == TENTH.replace(hour=18, minute=30)


async def test_one_that_ends_takes_its_drafts_along_and_is_ended_for_good(town: Town, sam: By) -> None:
    pattern = await a_pattern(town, sam)
    for _ in range(2):
        await town.write(campaign_pattern.end, sam, pattern)
    assert (await the_campaign(town, sam)).state is CampaignState.CANCELLED
    found = (await page(town, sam, pattern)).pattern
    assert found.state is PatternState.ENDED
    for deed in (campaign_pattern.pause, campaign_pattern.resume, campaign_by_hand.make_one):
        with pytest.raises(Refusal, match=r"pattern\.cannot_move"):
            await town.write(deed, sam, pattern)
    with pytest.raises(Refusal, match=r"pattern\.cannot_move"):
        await town.write(campaign_pattern.change, sam, pattern, plan(STALKING), DISTRICT)


async def test_one_is_made_for_the_days_that_a_person_says(town: Town, sam: By, hal: By) -> None:
    pattern = await a_pattern(town, sam, MAY)
    assert await all_of(town, sam) == []
    days = date(2027, 7, 5), date(2027, 7, 11)
    made = await town.write(campaign_by_hand.make_one, sam, pattern, *days)
    found = await the_campaign(town, sam)
    assert (found.reference, found.facts.send_at) == (made, datetime(2027, 7, 5, 8, tzinfo=UTC))
    await town.write(campaign.submit, sam, made)
    with pytest.raises(Refusal, match=r"pattern\.days_reversed"):
        await town.write(campaign_by_hand.make_one, sam, pattern, days[1], days[0])


async def test_that_the_timetable_looked_is_no_change_to_whoever_has_the_page_open(
    town: Town, sam: By
) -> None:
    pattern = await a_pattern(town, sam, STALKING)
    version = (await page(town, sam, pattern)).pattern.version
    for _ in range(3):
        await tick(town, days=8)
    assert (await page(town, sam, pattern)).pattern.version == version
    await town.write(campaign_pattern.end, sam, pattern, version)


async def test_who_was_slower_hears_who_changed_it_and_not_that_a_time_of_it_came(
    town: Town, sam: By, hal: By
) -> None:
    pattern = await a_pattern(town, sam, TUESDAYS)
    version = (await page(town, sam, pattern)).pattern.version
    await town.write(campaign_pattern.change, hal, pattern, plan(TUESDAYS, title="Each week"), DISTRICT)
    await tick(town, days=30)
    labels = [line.label for line in (await page(town, sam, pattern)).story]
    assert labels[-1] != "Recurring campaign changed"
    with pytest.raises(Changed) as changed:
        await town.write(campaign_pattern.pause, sam, pattern, version)
    assert changed.value.values["who"] == "Hal"


async def test_the_next_is_made_early_where_a_person_wants_to_write_it_now(town: Town, sam: By) -> None:
    pattern = await a_pattern(town, sam, STALKING)
    version = (await page(town, sam, pattern)).pattern.version
    await town.write(campaign_by_hand.make_one, sam, pattern, None, None, version)
    with pytest.raises(Changed):
        await town.write(campaign_by_hand.make_one, sam, pattern, None, None, version)
    [came] = (await page(town, sam, pattern)).came
    assert came.words == "19 to 25 April 2027"
    await tick(town, days=140)
    assert len(await all_of(town, sam)) == 1


async def test_what_has_no_date_is_made_when_it_is_needed_and_needs_no_confirmation(
    town: Town, sam: By
) -> None:
    pattern = await a_pattern(town, sam, REACTIVE)
    for _ in range(2):
        made = await town.write(campaign_by_hand.make_one, sam, pattern)
        await town.write(campaign.submit, sam, made)
    await tick(town, days=60)
    assert {one.state for one in await all_of(town, sam)} == {CampaignState.WAITING}


async def test_what_is_not_known_at_all_waits_for_its_days(town: Town, sam: By) -> None:
    pattern = await a_pattern(town, sam, CampaignRule(Kind.UNKNOWN))
    made = await town.write(campaign_by_hand.make_one, sam, pattern)
    with pytest.raises(Refusal, match=r"campaign\.date_unconfirmed"):
        await town.write(campaign.submit, sam, made)


async def test_school_terms_come_from_the_profile_and_may_run_out(town: Town, sam: By) -> None:
    term = Term(date(2026, 11, 30), date(2026, 12, 18))
    school = replace(PROFILE, school_years=(SchoolYear("2026-27", "a letter", (term,)),))
    await town.write(reference.seed, school)
    pattern = await a_pattern(town, sam, CampaignRule(Kind.TERM, school_days=5))
    [came] = (await page(town, sam, pattern)).came
    assert (came.words, came.unconfirmed) == ("30 November to 4 December 2026", True)
    with pytest.raises(Refusal, match=r"pattern\.no_days"):
        await town.write(campaign_by_hand.make_one, sam, pattern)


async def test_who_works_no_reports_and_who_saw_another_version_are_refused(town: Town, sam: By) -> None:
    analyst = await town.staff("Ann", Role.ANALYST)
    with pytest.raises(NotAllowed):
        await a_pattern(town, analyst)
    pattern = await a_pattern(town, sam)
    with pytest.raises(NotAllowed):
        await town.read(campaign_patterns.listing, analyst.staff)
    for unknown in ("K7M-4XQ-9PC",):
        with pytest.raises(NotFound):
            await town.write(campaign_pattern.pause, sam, unknown)
        with pytest.raises(NotFound):
            await town.read(campaign_patterns.page, sam.staff, unknown)
    with pytest.raises(Changed):
        await town.write(campaign_pattern.end, sam, pattern, 9)


async def test_the_list_begins_with_what_comes_next(town: Town, sam: By) -> None:
    april, december = await a_pattern(town, sam, STALKING), await a_pattern(town, sam)
    reactive, over = await a_pattern(town, sam, REACTIVE), await a_pattern(town, sam, TUESDAYS)
    await town.write(campaign_pattern.end, sam, over)
    listed = await town.read(campaign_patterns.listing, sam.staff)
    assert [one.reference for one, _ in listed] == [december, april, reactive, over]


async def test_nothing_is_due_where_nothing_comes_again(town: Town, sam: By) -> None:
    assert await town.write(campaign_occurrence.come_due, Round()) is None
    assert await town.write(campaign_occurrence.drop_missed, Round()) is None
    assert await town.how_often(Action.PATTERN_CAME) == 0
    assert LOCKS.send_at is None
