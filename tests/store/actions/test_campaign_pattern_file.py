"""A picture or document of a recurring campaign: put to it once, there each time, gone with the last."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from notifications.timetable import come_again, send_campaigns
from store.actions import (
    campaign,
    campaign_by_hand,
    campaign_file,
    campaign_pattern,
    campaign_pattern_file,
)
from store.domain.campaign import Campaign, CampaignFacts, CampaignState, packed
from store.domain.campaign_file import CAPTION_MAX_UNITS, FileKind
from store.domain.errors import Changed, NotAllowed, NotFound, Refusal
from store.domain.staff import By, Role
from store.engine import Session
from store.queries import campaign_files, campaign_patterns, campaigns
from store.queries.campaign_patterns import PatternPage
from store.queries.campaigns import CampaignPage
from store.tables.campaign_pattern import CampaignPatternRow
from tests.support.campaign_files import SHOWS, attached, attached_to_pattern, stored
from tests.support.campaign_patterns import TUESDAYS, a_pattern, plan
from tests.support.campaigns import facts
from tests.support.papers import PAPER, marked
from tests.support.pictures import jpeg
from tests.support.readers import hal, sam
from tests.support.triage_factory import PROFILE, Town

__all__ = ["hal", "sam"]

DISTRICT = PROFILE.district
LONG = {"en": "a" * (CAPTION_MAX_UNITS + 1)}
KEPT = "Not changed with its recurring campaign: it could not be sent so"
PUT, OFF = "Picture or document put to it", "Picture or document taken off"
OFF_TOO = "Picture or document taken off with that of its recurring campaign"
A_DAY = date(2027, 3, 2)


async def page(town: Town, by: By, pattern: str) -> PatternPage:
    return await town.read(campaign_patterns.page, by.staff, pattern)


async def one(town: Town, by: By, made: str) -> CampaignPage:
    return await town.read(campaigns.page, by.staff, made)


async def key_of(town: Town, by: By, made: str) -> str | None:
    file = (await one(town, by, made)).file
    return file.key if file else None


async def the_draft(town: Town, by: By) -> Campaign:
    return (await town.read(campaigns.listing, by.staff))[0]


async def another(town: Town, by: By, pattern: str, day: date = A_DAY) -> str:
    return await town.write(campaign_by_hand.make_one, by, pattern, day)


async def approved(town: Town, by: By, approver: By, made: str) -> None:
    await town.write(campaign.submit, by, made)
    await town.write(campaign.approve, approver, made)


def _say(session: Session, said: CampaignFacts) -> None:
    session.execute(update(CampaignPatternRow).values(facts=packed(said)))


async def test_it_goes_with_the_draft_there_is_and_each_time_that_comes_by_one_upload(
    town: Town, sam: By
) -> None:
    pattern = await a_pattern(town, sam)
    draft = await the_draft(town, sam)
    key = await town.write(attached_to_pattern, sam, pattern, jpeg())
    found = await page(town, sam, pattern)
    assert found.file
    assert (found.file.key, found.file.kind, found.file.seen) == (key, FileKind.PICTURE, SHOWS)
    assert found.story[-1].label == PUT
    assert await town.read(campaign_files.of_pattern_for_staff, sam.staff, pattern) == found.file
    await town.write(campaign_file.keep_sent_as, key, "", "known")
    later = await another(town, sam, pattern)
    assert [await key_of(town, sam, made) for made in (draft.reference, later)] == [key, key]
    assert await town.read(campaign_files.sent_as, key, "") == "known"
    assert await town.read(marked) == []


async def test_what_waits_is_taken_back_with_it_and_what_is_approved_stays(
    town: Town, sam: By, hal: By
) -> None:
    pattern = await a_pattern(town, sam)
    old = await town.write(attached_to_pattern, sam, pattern, jpeg())
    agreed = (await the_draft(town, sam)).reference
    await approved(town, sam, hal, agreed)
    asked = await another(town, sam, pattern)
    await town.write(campaign.submit, sam, asked)
    dan = await town.staff("Dan")
    new = await town.write(attached_to_pattern, dan, pattern, PAPER)
    told = await one(town, sam, asked)
    assert (told.campaign.state, told.campaign.author, told.story[-1].label) == (
        CampaignState.DRAFT,
        "Dan",
        PUT,
    )
    assert (await one(town, sam, agreed)).campaign.state is CampaignState.APPROVED
    assert [await key_of(town, sam, made) for made in (asked, agreed)] == [new, old]
    assert (await page(town, sam, pattern)).pattern.author == "Dan"


async def test_a_draft_with_another_file_or_without_one_on_purpose_keeps_that(town: Town, sam: By) -> None:
    pattern = await a_pattern(town, sam)
    await town.write(attached_to_pattern, sam, pattern, jpeg())
    bare, own = (await the_draft(town, sam)).reference, await another(town, sam, pattern)
    await town.write(campaign_file.remove, sam, bare)
    its = await town.write(attached, sam, own, PAPER)
    for deed in (attached_to_pattern, campaign_pattern_file.remove):
        more: tuple[Any, ...] = (jpeg(), "A barn") if deed is attached_to_pattern else ()
        await town.write(deed, sam, pattern, *more)
        assert [await key_of(town, sam, made) for made in (bare, own)] == [None, its]


async def test_a_file_that_somebody_took_off_a_draft_stays_off_whatever_comes_and_goes(
    town: Town, sam: By
) -> None:
    pattern = await a_pattern(town, sam)
    bare, plain = (await the_draft(town, sam)).reference, await another(town, sam, pattern)
    await town.write(attached, sam, bare, PAPER)
    await town.write(campaign_file.remove, sam, bare)
    for seen in ("A barn", "A shed"):
        key = await town.write(attached_to_pattern, sam, pattern, jpeg(), seen)
        assert [await key_of(town, sam, made) for made in (bare, plain)] == [None, key]
        await town.write(campaign_pattern_file.remove, sam, pattern)
        assert [await key_of(town, sam, made) for made in (bare, plain)] == [None, None]
        assert [(await one(town, sam, made)).story[-1].label for made in (bare, plain)] == [OFF, OFF_TOO]
    own = await town.write(attached, sam, bare, PAPER)
    await town.write(attached_to_pattern, sam, pattern, jpeg())
    assert await key_of(town, sam, bare) == own


async def test_a_draft_that_lost_its_file_on_purpose_gets_none_after_its_recurring_one_had_none(
    town: Town, sam: By
) -> None:
    pattern = await a_pattern(town, sam)
    bare = (await the_draft(town, sam)).reference
    await town.write(attached_to_pattern, sam, pattern, jpeg())
    await town.write(campaign_file.remove, sam, bare)
    await town.write(campaign_pattern_file.remove, sam, pattern)
    await town.write(attached_to_pattern, sam, pattern, jpeg(), "A barn")
    assert await key_of(town, sam, bare) is None


async def test_the_bytes_go_when_the_last_lets_go_of_them(town: Town, sam: By, hal: By) -> None:
    pattern = await a_pattern(town, sam)
    key = await town.write(attached_to_pattern, sam, pattern, jpeg())
    agreed, draft = (await the_draft(town, sam)).reference, await another(town, sam, pattern)
    await approved(town, sam, hal, agreed)
    for _ in range(2):
        await town.write(campaign_pattern_file.remove, sam, pattern)
    assert [await key_of(town, sam, made) for made in (draft, agreed)] == [None, key]
    assert (await one(town, sam, draft)).story[-1].label == OFF_TOO
    assert (await page(town, sam, pattern)).story[-1].label == OFF
    assert await town.read(marked) == []
    await town.write(campaign_file.remove, sam, agreed)
    assert await town.read(marked) == [key]
    for missing in (campaign_files.of_pattern_for_staff, campaign_files.of_staff):
        with pytest.raises(NotFound, match=r"campaign_file\.not_found"):
            await town.read(missing, sam.staff, pattern)


async def test_two_who_let_go_at_once_leave_nothing_behind(town: Town, sam: By, hal: By) -> None:
    pattern = await a_pattern(town, sam)
    key = await town.write(attached_to_pattern, sam, pattern, jpeg())
    made = [(await the_draft(town, sam)).reference]
    made += [await another(town, sam, pattern, date(2027, 3, day)) for day in (2, 3, 4)]
    for each in made:
        await approved(town, sam, hal, each)
    await asyncio.gather(
        town.write(campaign_pattern_file.remove, sam, pattern),
        *(town.write(campaign_file.remove, sam, each) for each in made),
    )
    assert await town.read(marked) == [key]


async def test_an_approval_for_all_its_times_is_of_its_file_too(town: Town, sam: By, hal: By) -> None:
    pattern = await a_pattern(town, sam, TUESDAYS)
    await town.write(campaign_pattern.approve, hal, pattern)
    await town.write(attached_to_pattern, sam, pattern, jpeg())
    assert (await page(town, sam, pattern)).pattern.approved_at is None
    draft = await the_draft(town, sam)
    assert draft.state is CampaignState.DRAFT
    await town.write(campaign_pattern.approve, hal, pattern)
    assert (await one(town, sam, draft.reference)).campaign.state is CampaignState.CANCELLED
    town.pass_time(days=8)
    await come_again(town.store)
    await send_campaigns(town.store)
    sent = next(each for each in await town.read(campaigns.listing, sam.staff) if each.started_at)
    known = (await page(town, sam, pattern)).file
    assert known
    assert await key_of(town, sam, sent.reference) == known.key


async def test_a_draft_without_the_file_of_all_stays_when_all_its_times_are_approved(
    town: Town, sam: By, hal: By
) -> None:
    pattern = await a_pattern(town, sam, TUESDAYS)
    await town.write(attached_to_pattern, sam, pattern, jpeg())
    draft = await the_draft(town, sam)
    await town.write(campaign_file.remove, sam, draft.reference)
    await town.write(campaign_pattern.approve, hal, pattern)
    assert (await one(town, sam, draft.reference)).campaign.state is CampaignState.DRAFT


async def test_words_too_long_for_it_are_refused_whichever_comes_first(town: Town, sam: By) -> None:
    with pytest.raises(Refusal, match=r"campaign_file\.caption_too_long"):
        await town.write(attached_to_pattern, sam, await a_pattern(town, sam, texts=LONG), jpeg())
    pattern = await a_pattern(town, sam)
    await town.write(attached_to_pattern, sam, pattern, jpeg())
    with pytest.raises(Refusal, match=r"campaign_file\.caption_too_long"):
        await town.write(campaign_pattern.change, sam, pattern, plan(texts=LONG), DISTRICT)


async def test_a_draft_whose_own_words_are_too_long_for_it_keeps_what_it_has_and_tells(
    town: Town, sam: By
) -> None:
    pattern = await a_pattern(town, sam)
    draft = await the_draft(town, sam)
    said = replace(draft.facts, texts=LONG)
    await town.write(campaign.change, sam, draft.reference, said, DISTRICT)
    await town.write(attached_to_pattern, sam, pattern, jpeg())
    told = await one(town, sam, draft.reference)
    assert (told.file, told.campaign.facts, told.story[-1].label) == (None, said, KEPT)


async def test_what_could_not_be_sent_with_it_is_not_approved_for_all_its_times(
    town: Town, sam: By, hal: By
) -> None:
    pattern = await a_pattern(town, sam, TUESDAYS)
    await town.write(attached_to_pattern, sam, pattern, jpeg())
    await town.write(_say, facts(texts=LONG))
    with pytest.raises(Refusal, match=r"campaign_file\.caption_too_long"):
        await town.write(campaign_pattern.approve, hal, pattern)


async def test_the_same_again_is_harmless_and_what_ended_has_none_put_to_it(town: Town, sam: By) -> None:
    pattern = await a_pattern(town, sam)
    key = await town.write(attached_to_pattern, sam, pattern, jpeg())
    again = await town.write(attached_to_pattern, sam, pattern, jpeg())
    assert await town.read(marked) == [again]
    found = await page(town, sam, pattern)
    assert found.file
    assert (found.file.key, [line.label for line in found.story].count(PUT)) == (key, 1)
    await town.write(campaign_pattern.end, sam, pattern)
    for deed in (campaign_pattern_file.reserve, campaign_pattern_file.remove):
        with pytest.raises(Refusal, match=r"pattern\.cannot_move"):
            await town.write(deed, sam, pattern)


async def test_a_second_writer_is_told_and_who_does_not_work_records_is_refused(town: Town, sam: By) -> None:
    pattern = await a_pattern(town, sam)
    version = (await page(town, sam, pattern)).pattern.version
    key = await town.write(campaign_pattern_file.reserve, sam, pattern, version)
    await town.write(campaign_pattern.change, sam, pattern, plan(title="Barns"), DISTRICT, version)
    file = stored(key, jpeg())
    with pytest.raises(Changed):
        await town.write(campaign_pattern_file.attach, sam, pattern, file, DISTRICT, version)
    ann = await town.staff("Ann", Role.ANALYST)
    with pytest.raises(NotAllowed):
        await town.write(campaign_pattern_file.attach, ann, pattern, file, DISTRICT)
    with pytest.raises(NotAllowed):
        await town.read(campaign_files.of_pattern_for_staff, ann.staff, pattern)
