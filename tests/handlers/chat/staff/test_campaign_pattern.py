"""Recurring campaigns in chat: the list, one of them, and what is done about it with a tap."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from store.actions import campaign, campaign_calendar, campaign_pattern
from store.actions import reference as reference_data
from store.domain.campaign_pattern import Pattern, PatternState
from store.domain.campaign_rule import CampaignRule, Kind
from store.domain.event import Action
from store.domain.staff import By, Role
from store.engine import Session
from store.queries import campaign_patterns, campaigns
from store.tables.campaign_pattern import CampaignPatternRow
from tests.handlers.chat.staff.conftest import Office
from tests.support.campaign_files import SHOWS, attached_to_pattern
from tests.support.campaign_patterns import FROST, MAY, REACTIVE, RIBBON, TUESDAYS, a_pattern, plan
from tests.support.campaigns import facts
from tests.support.phone import Phone
from tests.support.pictures import jpeg
from tests.support.triage_factory import PROFILE

BY_ITSELF = "It goes out by itself until"


async def sue_in(office: Office) -> tuple[By, Phone]:
    return await office.colleague("Sue", Role.SUPERVISOR)


async def known(office: Office, reference: str) -> Pattern:
    return (await office.town.read(campaign_patterns.page, office.cleo.staff, reference)).pattern


async def opened(phone: Phone, reference: str) -> None:
    await phone.tap_data(f"s:pattern:{reference}:")


async def test_the_list_stands_behind_the_campaigns_with_what_comes_next(office: Office) -> None:
    town, phone = office.town, office.phone
    await phone.say("/campaigns")
    await phone.tap("Recurring ones")
    assert "Nothing comes again yet." in phone.text
    assert phone.labels == ["All campaigns"]
    await a_pattern(town, office.cleo)
    paused = await a_pattern(town, office.cleo, TUESDAYS, title="Bins")
    await town.write(campaign_pattern.pause, office.cleo, paused)
    over = await a_pattern(town, office.cleo, title="Bikes")
    await town.write(campaign_pattern.end, office.cleo, over)
    await a_pattern(town, office.cleo, REACTIVE, title="Frost")
    await phone.tap("All campaigns")
    await phone.tap("Recurring ones")
    assert phone.labels == [
        "Paused · Bins",
        "Comes again 10 December 2026 · Lock your shed",
        "Comes again, when a person says so · Frost",
        "Ended · Bikes",
        "All campaigns",
    ]
    for number in range(6):
        await a_pattern(town, office.cleo, title=f"Number {number}")
    await phone.tap("Ended")
    await phone.tap("All recurring ones")
    await phone.tap("Later ones")
    assert phone.labels[-2:] == ["From the start", "All campaigns"]
    await phone.tap("From the start")
    await phone.tap("Paused · Bins")
    assert "Recurring campaign" in phone.text


async def test_one_is_shown_with_its_rule_its_next_days_and_its_times(office: Office) -> None:
    town, phone = office.town, office.phone
    reference = await a_pattern(town, office.cleo, link="https://example.org/locks", spread=4)
    await town.write(attached_to_pattern, office.cleo, reference, jpeg())
    await opened(phone, reference)
    assert phone.text == (
        f"Recurring campaign {reference} · Comes again\nLock your shed\n\n"
        f"Picture above the words: {SHOWS}\n\n"
        "English:\nLock your shed. Ask {email}.\n\nPolish:\nZamknij szopę.\n\n"
        "Comes again: every year on 10 December\n"
        "Goes out: on its first day at 09:00, spread over 4 hours, outside quiet hours\n"
        "Next: 10 December 2026; 10 December 2027; 10 December 2028\n"
        "No words yet in Romanian, Czech, Slovak and Ukrainian. Who reads them gets the English ones.\n"
        "For those who subscribed to: Safety campaigns, from everywhere\n"
        "Good for: 7 days\n"
        "Read more: https://example.org/locks\n"
        "Public page: there once it goes out\n"
        "Written by: Cleo\n"
        "A draft of each time is made 28 days before it comes. "
        "A supervisor who did not write it approves it."
    )
    assert phone.labels == [
        "Draft · 10 December 2026",
        "Make one now",
        "Pause",
        "When it comes again",
        "What it says",
        "End it",
        "All recurring ones",
    ]
    await phone.tap("Draft · 10 December 2026")
    assert "One time of the recurring campaign “Lock your shed”" in phone.text
    await phone.tap("Its recurring campaign")
    assert phone.text.startswith(f"Recurring campaign {reference}")


async def test_days_that_are_a_proposal_are_said_to_be_one(office: Office) -> None:
    reference = await a_pattern(office.town, office.cleo, MAY)
    await opened(office.phone, reference)
    assert "Next: 1 to 31 May 2027" in office.phone.text
    assert "(a person confirms them each time)" in office.phone.text
    await office.phone.tap("Make one now")
    assert "Here is a draft of it." in office.phone.text
    assert "Confirm its days" in office.phone.labels
    await opened(office.phone, reference)
    assert office.phone.labels[0] == "Draft, confirm its days · 1 to 31 May 2027"


async def test_a_supervisor_who_did_not_write_it_approves_it_for_all_its_times(office: Office) -> None:
    town, (_, hers) = office.town, await sue_in(office)
    reference = await a_pattern(town, office.cleo, TUESDAYS)
    await opened(office.phone, reference)
    assert "Approve for all its times" not in office.phone.labels
    await office.phone.tap_data(f"s:pattern_approve:{reference}:")
    assert office.phone.toast == "Only a supervisor may do this."
    await opened(hers, reference)
    await hers.tap("Approve for all its times")
    assert hers.toast == "It goes out by itself from now on."
    assert BY_ITSELF in hers.text
    assert "Approved for all its times by: Sue" in hers.text
    assert "Approve for all its times" not in hers.labels
    assert (await known(office, reference)).approver == "Sue"
    yearly = await a_pattern(town, office.cleo)
    await opened(hers, yearly)
    assert "Approve for all its times" not in hers.labels
    await hers.tap_data(f"s:pattern_approve:{yearly}:")
    assert hers.toast.startswith("Each of its times is approved by itself")


async def test_its_author_does_not_approve_it(office: Office) -> None:
    sue, hers = await sue_in(office)
    reference = await a_pattern(office.town, sue, TUESDAYS)
    await opened(hers, reference)
    assert "Approve for all its times" not in hers.labels
    await hers.tap_data(f"s:pattern_approve:{reference}:")
    assert hers.toast == "You wrote it. Somebody else approves it."
    assert (await known(office, reference)).approved_at is None


async def test_whoever_approves_all_its_times_reads_all_of_it(office: Office) -> None:
    town, (sue, hers) = office.town, await sue_in(office)
    texts = {code: f"{code} {'x' * 1_400}" for code in ("en", "pl", "ro", "cs")}
    reference = await a_pattern(town, office.cleo, TUESDAYS, texts=texts)
    await opened(hers, reference)
    assert "(shortened)" not in hers.text
    await town.write(campaign_pattern.approve, sue, reference)
    await opened(hers, reference)
    assert hers.text.count(" … (shortened)") == 4


async def test_after_a_year_it_goes_out_by_itself_no_more_until_it_is_approved_anew(office: Office) -> None:
    town, (sue, hers) = office.town, await sue_in(office)
    reference = await a_pattern(town, office.cleo, TUESDAYS)
    await town.write(campaign_pattern.approve, sue, reference)
    town.pass_time(days=366)
    await opened(office.phone, reference)
    assert BY_ITSELF not in office.phone.text
    assert "A draft of each time is made 28 days before it comes" in office.phone.text
    await opened(hers, reference)
    await hers.tap("Approve for all its times")
    assert BY_ITSELF in hers.text


async def test_it_is_paused_comes_again_and_ends_once_that_was_asked_again(office: Office) -> None:
    town, phone = office.town, office.phone
    reference = await a_pattern(town, office.cleo)
    await opened(phone, reference)
    await phone.tap("Pause")
    assert phone.toast == "It is paused."
    assert "Next:" not in phone.text
    await phone.tap("Let it come again")
    assert (phone.toast, (await known(office, reference)).state) == ("It comes again.", PatternState.ACTIVE)
    await phone.tap("End it")
    assert "It never comes again, and its drafts are cancelled." in phone.text
    await phone.tap("No, keep it")
    await phone.tap("End it")
    yes = next(iter(phone.heard[0].buttons.values()))
    for _ in range(2):
        await phone.tap_data(yes)
        assert phone.toast == "It has ended."
        assert phone.labels == ["All recurring ones"]
    await phone.tap_data(yes.replace("end_yes", "end"))
    assert phone.toast == "It is: Ended."
    assert await town.how_often(Action.PATTERN_ENDED) == 1
    [made] = await town.read(campaigns.listing, office.cleo.staff)
    assert made.state.value == "cancelled"


@pytest.mark.parametrize("verb", ["approve", "pause", "end_yes", "make_one"])
async def test_a_button_of_before_a_change_does_nothing_and_shows_how_it_stands(
    office: Office, verb: str
) -> None:
    town, (sue, hers) = office.town, await sue_in(office)
    reference = await a_pattern(town, office.cleo, TUESDAYS)
    version = (await known(office, reference)).version
    changed = plan(TUESDAYS, title="Sheds and barns")
    await town.write(campaign_pattern.change, office.cleo, reference, changed, PROFILE.district)
    before = await town.read(campaigns.listing, sue.staff)
    await hers.tap_data(f"s:pattern_{verb}:{reference}:{version}")
    assert hers.toast == "Cleo changed this meanwhile. Open it again, then decide."
    assert "Sheds and barns" in hers.text
    found = await known(office, reference)
    assert (found.state, found.approved_at) == (PatternState.ACTIVE, None)
    assert await town.read(campaigns.listing, sue.staff) == before


async def test_one_is_made_by_hand_and_where_no_days_are_known_that_is_said(office: Office) -> None:
    town, phone = office.town, office.phone
    reference = await a_pattern(town, office.cleo, REACTIVE)
    await opened(phone, reference)
    assert "Next: when a person says so" in phone.text
    await phone.tap("Make one now")
    assert "Here is a draft of it. Its days can be set under “More”." in phone.text
    assert phone.labels[0] == "Send for approval"
    await opened(phone, reference)
    assert phone.labels[0] == "Draft · no days yet"
    terms = await a_pattern(town, office.cleo, CampaignRule(Kind.TERM, school_days=5))
    await opened(phone, terms)
    await phone.tap("Make one now")
    assert phone.toast == "No more of its days are known. Make one in the console, for days that you say."
    assert f"Recurring campaign {terms}" in phone.text


async def test_one_that_cannot_be_read_can_only_be_ended(office: Office) -> None:
    phone, reference = office.phone, await a_pattern(office.town, office.cleo, RIBBON)
    await office.town.write(_break, reference)
    await phone.tap_data("s:patterns::")
    assert phone.labels[0] == "Comes again · Cannot be read · Lock your shed"
    await opened(phone, reference)
    assert "What is kept of it cannot be read. It can only be ended." in phone.text
    assert phone.labels == ["Draft · 10 December 2026", "End it", "All recurring ones"]
    for verb in ("make_one", "again", "parts", "file", "part"):
        await phone.tap_data(f"s:pattern_{verb}:{reference}:title")
        assert "It can only be ended." in phone.toast
    await opened(phone, reference)
    await phone.tap("End it")
    await phone.tap("Yes, end it")
    assert phone.toast == "It has ended."
    assert (await known(office, reference)).state is PatternState.ENDED


def _break(session: Session, reference: str) -> None:
    session.execute(
        update(CampaignPatternRow).where(CampaignPatternRow.reference == reference).values(rule={})
    )


async def test_what_is_over_of_it_has_no_button(office: Office) -> None:
    town, phone = office.town, office.phone
    reference = await a_pattern(town, office.cleo)
    [made] = await town.read(campaigns.listing, office.cleo.staff)
    await town.write(campaign.cancel, office.cleo, made.reference)
    await opened(phone, reference)
    assert phone.labels[0] == "Make one now"


async def test_to_strangers_analysts_and_in_the_group_there_is_none_of_it(office: Office) -> None:
    reference = await a_pattern(office.town, office.cleo)
    _, anns = await office.colleague("Ann", Role.ANALYST)
    for phone in (office.stranger(), anns):
        for verb in ("", "_pause", "_end_yes", "_make_one", "_again", "_parts", "_part", "_file", "s"):
            await phone.tap_data(f"s:pattern{verb}:{reference}:")
            assert phone.text == ""
    await office.phone.tap_data(f"s:pattern:{reference}:", chat_id=-100200300)
    assert "Lock your shed" not in office.phone.text + office.phone.toast
    assert (await known(office, reference)).state is PatternState.ACTIVE
    assert (await known(office, reference)).plan.facts == facts()


async def test_what_is_known_of_the_days_of_an_entry_of_the_calendar_is_shown(office: Office) -> None:
    sue, hers = await sue_in(office)
    await office.town.write(reference_data.seed, replace(PROFILE, calendar=(FROST,)))
    await office.town.write(campaign_calendar.take_over, sue)
    await hers.tap_data("s:patterns::")
    await hers.tap("Comes again, when a person says so · First frost")
    assert "With the first warning." in hers.text
