"""The picture or document of a campaign: one, checked with its words, and gone from an approved one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.actions import campaign, campaign_file, campaign_pattern, reference, retention
from store.domain.campaign import CampaignState
from store.domain.campaign_file import CAPTION_MAX_UNITS, CampaignFile, FileKind
from store.domain.errors import Changed, NotFound, Refusal
from store.domain.evidence_file import CLAIM_WITHIN
from store.domain.staff import By
from store.queries import campaign_files, campaigns
from tests.support.campaign_files import SHOWS, attached, attached_to_pattern, stored
from tests.support.campaign_patterns import a_pattern
from tests.support.campaigns import a_draft, approved, facts, send_it, sending
from tests.support.papers import PAPER, marked
from tests.support.pictures import jpeg
from tests.support.readers import hal
from tests.support.triage_factory import PROFILE, Town

__all__ = ["hal"]

DISTRICT = PROFILE.district
LONG = {"en": "a" * (CAPTION_MAX_UNITS + 1)}


@pytest.fixture
async def sam(town: Town) -> By:
    return await town.staff("Sam")


async def shown(town: Town, by: By, reference: str) -> CampaignFile | None:
    return (await town.read(campaigns.page, by.staff, reference)).file


async def test_a_picture_goes_with_a_campaign_and_another_takes_its_place(town: Town, sam: By) -> None:
    reference = await a_draft(town, sam)
    assert await shown(town, sam, reference) is None
    old = await town.write(attached, sam, reference, jpeg())
    picture = await shown(town, sam, reference)
    assert picture
    assert (picture.key, picture.kind, picture.seen) == (old, FileKind.PICTURE, SHOWS)
    new = await town.write(attached, sam, reference, PAPER)
    assert await town.read(marked) == [old]
    paper = await town.read(campaign_files.of_staff, sam.staff, reference)
    assert (paper.key, paper.kind, paper.seen) == (new, FileKind.DOCUMENT, "")


async def test_the_same_again_is_harmless_and_other_words_for_it_are_a_change(town: Town, sam: By) -> None:
    reference = await a_draft(town, sam)
    old = await town.write(attached, sam, reference, jpeg())
    again = await town.write(attached, sam, reference, jpeg())
    assert await town.read(marked) == [again]
    await town.write(attached, sam, reference, jpeg(), "A barn")
    assert await town.read(marked) == sorted([again, old])
    file = await shown(town, sam, reference)
    assert file
    assert file.seen == "A barn"


async def test_an_approval_is_gone_with_a_file_that_comes_or_goes(town: Town, sam: By, hal: By) -> None:
    dan = await town.staff("Dan")
    reference = await approved(town, sam, hal)
    await town.write(attached, dan, reference, jpeg())
    page = await town.read(campaigns.page, sam.staff, reference)
    assert (page.campaign.state, page.campaign.approver, page.campaign.author) == (
        CampaignState.DRAFT,
        None,
        "Dan",
    )
    await town.write(campaign.submit, dan, reference)
    await town.write(campaign.approve, hal, reference)
    for _ in range(2):
        await town.write(campaign_file.remove, sam, reference)
    page = await town.read(campaigns.page, sam.staff, reference)
    assert (page.campaign.state, page.file) == (CampaignState.DRAFT, None)
    assert [line.label for line in page.story][-2:] == ["Approved", "Picture or document taken off"]


async def test_words_too_long_for_a_file_are_refused_whichever_comes_first(town: Town, sam: By) -> None:
    reference = await a_draft(town, sam, texts=LONG)
    with pytest.raises(Refusal, match=r"campaign_file\.caption_too_long"):
        await town.write(attached, sam, reference, jpeg())
    other = await a_draft(town, sam)
    await town.write(attached, sam, other, jpeg())
    with pytest.raises(Refusal, match=r"campaign_file\.caption_too_long"):
        await town.write(campaign.change, sam, other, facts(texts=LONG), DISTRICT)
    await town.write(campaign_file.remove, sam, other)
    await town.write(campaign.change, sam, other, facts(texts=LONG), DISTRICT)


async def test_what_began_to_go_out_keeps_its_file(town: Town, sam: By, hal: By) -> None:
    reference = await sending(town, sam, hal)
    with pytest.raises(Refusal, match=r"campaign\.cannot_move"):
        await town.write(attached, sam, reference, jpeg())


async def test_a_second_writer_and_a_slow_one_are_told(town: Town, sam: By) -> None:
    reference = await a_draft(town, sam)
    key = await town.write(campaign_file.reserve, sam, reference, 1)
    await town.write(campaign.change, sam, reference, facts(title="Barns"), DISTRICT, 1)
    file = stored(key, jpeg())
    for deed in (
        town.write(campaign_file.attach, sam, reference, file, DISTRICT, 1),
        town.write(campaign_file.reserve, sam, reference, 1),
    ):
        with pytest.raises(Changed):
            await deed
    town.pass_time(seconds=(CLAIM_WITHIN + timedelta(seconds=1)).total_seconds())
    with pytest.raises(Refusal, match=r"campaign_file\.too_slow"):
        await town.write(campaign_file.attach, sam, reference, file, DISTRICT)


async def test_a_name_of_the_messenger_is_kept_and_only_that_one_forgotten(town: Town, sam: By) -> None:
    reference = await a_draft(town, sam)
    key = await town.write(attached, sam, reference, jpeg())
    assert await town.read(campaign_files.sent_as, key, "") is None
    await town.write(campaign_file.keep_sent_as, key, "", "second")
    await town.write(campaign_file.forget_sent_as, key, "first")
    assert await town.read(campaign_files.sent_as, key, "") == "second"
    assert await town.read(campaign_files.sent_as, key, "shed.pdf") is None
    await town.write(campaign_file.forget_sent_as, key, "second")
    assert await town.read(campaign_files.sent_as, key, "") is None


async def test_there_is_no_file_of_a_campaign_that_has_none(town: Town, sam: By) -> None:
    reference = await a_draft(town, sam)
    with pytest.raises(NotFound, match=r"campaign_file\.not_found"):
        await town.read(campaign_files.of_staff, sam.staff, reference)


async def test_what_was_cancelled_or_ended_has_its_file_for_ninety_days_and_what_went_out_for_good(
    town: Town, sam: By, hal: By
) -> None:
    await town.write(reference.seed, PROFILE)
    draft, told, kept = [await a_draft(town, sam) for _ in range(3)]
    pattern, goes_on = [await a_pattern(town, sam) for _ in range(2)]
    keys = [await town.write(attached, sam, one, jpeg()) for one in (draft, told, kept)]
    of_all = [await town.write(attached_to_pattern, sam, one, jpeg()) for one in (pattern, goes_on)]
    await send_it(town, sam, hal, told)
    for one in (draft, told):
        await town.write(campaign.cancel, sam, one)
    await town.write(campaign_pattern.end, sam, pattern)
    town.clock.advance(timedelta(days=90))
    assert (await town.write(retention.forget))["files"] == 0
    assert await town.read(marked) == []
    town.clock.advance(timedelta(minutes=1))
    for gone in (2, 0):
        assert (await town.write(retention.forget))["files"] == gone
        assert await town.read(marked) == sorted([keys[0], of_all[0]])
    assert await shown(town, sam, draft) is None
    found = [await shown(town, sam, one) for one in (told, kept)]
    assert [one.key for one in found if one] == keys[1:]
    known = await town.read(campaign_files.of_pattern_for_staff, sam.staff, goes_on)
    assert known.key == of_all[1]
