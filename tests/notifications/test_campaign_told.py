"""Who hears in their own chat that a campaign waits, and what became of that."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from notifications.timetable import come_again
from store.actions import campaign, campaign_by_hand, campaign_file, campaign_pattern
from store.domain.campaign import CampaignState
from store.domain.delivery import DeliveryState
from store.domain.staff import By, Role
from store.queries import campaigns
from tests.support.campaign_files import attached
from tests.support.campaign_patterns import TUESDAYS, a_pattern
from tests.support.campaigns import a_draft, facts, waiting
from tests.support.deliveries import Letter, letters, link_chat
from tests.support.pictures import jpeg
from tests.support.triage_factory import PROFILE, Town

CLEO, SUE, GUS, ANN = 801, 802, 803, 804


async def somebody(town: Town, name: str, role: Role, chat_id: int) -> By:
    by = await town.staff(name, role)
    await town.write(link_chat, by.staff.id, chat_id)
    return by


async def cleo_and_sue(town: Town) -> tuple[By, By]:
    cleo = await somebody(town, "Cleo", Role.OFFICER, CLEO)
    return cleo, await somebody(town, "Sue", Role.SUPERVISOR, SUE)


async def waits(town: Town) -> list[Letter]:
    return await letters(town.store, "staff.campaign_waits")


async def decided(town: Town) -> list[Letter]:
    return await letters(town.store, "staff.campaign_decided")


async def test_each_supervisor_but_its_author_hears_once_that_it_waits(town: Town) -> None:
    _, sue = await cleo_and_sue(town)
    await somebody(town, "Gus", Role.SUPERVISOR, GUS)
    await somebody(town, "Ann", Role.ADMINISTRATOR, ANN)
    await town.staff("Max", Role.SUPERVISOR)
    reference = await a_draft(town, sue)
    await town.twice(campaign.submit, sue, reference)
    [told] = await waits(town)
    assert told.chat_id == GUS
    assert told.text == (
        f"Sue wrote a campaign that waits for approval: “Lock your shed” ({reference}). "
        "It goes out as soon as it is approved."
    )
    assert told.buttons == {"Open the campaign": f"s:campaign:{reference}:"}


async def test_its_author_hears_that_it_was_approved_and_when_it_goes_out(town: Town) -> None:
    cleo, sue = await cleo_and_sue(town)
    at = town.clock.now().replace(hour=14, minute=30) + timedelta(days=1)
    reference = await waiting(town, cleo, send_at=at)
    await town.twice(campaign.approve, sue, reference)
    [told] = await decided(town)
    assert told.chat_id == CLEO
    assert told.text.startswith(f"Sue approved your campaign “Lock your shed” ({reference}). It goes out on ")
    assert told.text.endswith("at 2:30pm.")
    assert "2026" not in told.text


async def test_what_is_approved_for_all_its_times_goes_out_without_telling_its_author_each_time(
    town: Town,
) -> None:
    cleo, sue = await cleo_and_sue(town)
    pattern = await a_pattern(town, cleo, TUESDAYS)
    await town.write(campaign_pattern.approve, sue, pattern)
    town.pass_time(days=8, hours=1)
    await come_again(town.store)
    newest = (await town.read(campaigns.listing, cleo.staff))[0]
    assert (newest.state, newest.approver) == (CampaignState.APPROVED, "Sue")
    assert await decided(town) == []


async def test_a_time_of_another_year_is_told_with_it(town: Town) -> None:
    cleo, sue = await cleo_and_sue(town)
    reference = await waiting(town, cleo, send_at=datetime(2027, 5, 12, 8, tzinfo=UTC))
    await town.write(campaign.approve, sue, reference)
    [told] = await decided(town)
    assert told.text.endswith("It goes out on Wednesday 12 May 2027 at 9am.")


async def test_its_author_reads_why_it_came_back_and_nobody_hears_what_they_did_themselves(
    town: Town,
) -> None:
    cleo, sue = await cleo_and_sue(town)
    reference = await waiting(town, cleo)
    await town.write(campaign.send_back, sue, reference, "Say which sheds.")
    own = await waiting(town, sue)
    await town.write(campaign.send_back, sue, own, "Not yet.")
    [told] = await decided(town)
    assert (told.chat_id, told.text) == (
        CLEO,
        f"Sue sent your campaign “Lock your shed” ({reference}) back:\nSay which sheds.",
    )


async def test_at_night_it_waits_for_the_morning_and_is_not_told_where_it_waits_no_more(town: Town) -> None:
    cleo, sue = await cleo_and_sue(town)
    night = datetime(2026, 12, 4, 23, 0, tzinfo=UTC)
    town.clock.advance(night - town.clock.now())
    approved, changed, left = [await waiting(town, cleo) for _ in range(3)]
    await town.write(campaign.approve, sue, approved)
    await town.write(campaign.change, cleo, changed, facts(title="Bikes"), PROFILE.district)
    by_state = {state: [one for one in await waits(town) if one.state == state] for state in DeliveryState}
    assert len(by_state[DeliveryState.OVERTAKEN]) == 2
    [told] = by_state[DeliveryState.QUEUED]
    assert left in told.text
    assert told.due_at == datetime(2026, 12, 5, 8, 0, tzinfo=UTC)
    [word] = await decided(town)
    assert "It goes out now." in word.text
    assert word.due_at == told.due_at


async def test_an_author_who_works_no_reports_any_more_or_has_no_chat_hears_nothing(town: Town) -> None:
    _, sue = await cleo_and_sue(town)
    dan = await town.staff("Dan")
    await town.write(campaign.approve, sue, await waiting(town, dan))
    assert await decided(town) == []


async def test_what_waits_no_more_for_its_file_or_its_days_is_not_told(town: Town) -> None:
    cleo, sue = await cleo_and_sue(town)
    night = datetime(2026, 12, 4, 23, 0, tzinfo=UTC)
    town.clock.advance(night - town.clock.now())
    picture = await waiting(town, cleo)
    await town.write(attached, cleo, picture, jpeg())
    [told] = await waits(town)
    assert told.state == DeliveryState.OVERTAKEN
    await town.write(campaign.submit, cleo, picture)
    await town.write(campaign_file.remove, cleo, picture)
    assert {one.state for one in await waits(town)} == {DeliveryState.OVERTAKEN}
    pattern = await a_pattern(town, cleo)
    days = [date(2026, 12, number) for number in (14, 15, 16)]
    dated = await town.write(campaign_by_hand.make_one, cleo, pattern, days[0], days[0])
    await town.write(campaign.submit, cleo, dated)
    await town.write(campaign_by_hand.confirm_days, cleo, dated, days[0], days[1])
    assert (await waits(town))[-1].state == DeliveryState.QUEUED
    await town.write(campaign_by_hand.confirm_days, sue, dated, days[2])
    assert (await waits(town))[-1].state == DeliveryState.OVERTAKEN
