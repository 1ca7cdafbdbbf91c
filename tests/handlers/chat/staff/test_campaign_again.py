"""A draft becomes a recurring campaign in chat, and one that comes again comes at other times."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from store.actions import campaign, campaign_pattern
from store.domain.campaign import CampaignState
from store.domain.campaign_pattern import Pattern
from store.domain.campaign_rule import CampaignRule, Kind
from store.domain.event import Action
from store.domain.staff import Role
from store.queries import campaign_patterns, campaigns, chat
from tests.handlers.chat.staff.conftest import Office
from tests.support.campaign_patterns import MAY, TUESDAYS, a_pattern, plan
from tests.support.campaigns import a_draft, facts, waiting
from tests.support.phone import Phone
from tests.support.triage_factory import PROFILE

ASKED = "When does it come again?"


async def ask(phone: Phone, reference: str) -> None:
    await phone.tap_data(f"s:campaign_again:{reference}:")


async def the_pattern(office: Office) -> Pattern:
    [(found, _)] = await office.town.read(campaign_patterns.listing, office.cleo.staff)
    return found


async def state_of(office: Office, reference: str) -> CampaignState:
    return (await office.town.read(campaigns.find, office.cleo.staff, reference)).state


async def test_a_draft_is_made_recurring_from_its_card(office: Office) -> None:
    phone, reference = office.phone, await a_draft(office.town, office.cleo)
    await phone.tap_data(f"s:campaign:{reference}:")
    await phone.tap("More")
    await phone.tap("Make it recurring")
    assert "“Lock your shed”" in phone.text
    assert ASKED in phone.text
    assert phone.labels[0] == "1. Every week on Monday"
    await phone.say("every Tuesday and Friday")
    assert phone.labels[0] == "At 09:00"
    await phone.tap("At 09:00")
    await phone.tap("They are certain")
    assert "every week on Tuesday and Friday. It goes out at 09:00." in phone.text
    assert "Its next days: 24 November 2026; 27 November 2026; 1 December 2026." in phone.text
    await phone.tap("Yes, make it recurring")
    made = await the_pattern(office)
    assert phone.text.startswith("It comes again now.")
    assert f"Recurring campaign {made.reference} · Comes again\nLock your shed" in phone.text
    assert made.plan.facts == facts()
    assert (made.plan.rule.words, made.plan.at) == ("every week on Tuesday and Friday", time(9))
    assert await state_of(office, reference) is CampaignState.CANCELLED
    assert (await office.town.read(chat.who, phone.user_id)).draft is None


async def test_it_is_written_in_other_ways_and_asked_again_until_it_is_understood(office: Office) -> None:
    phone, reference = office.phone, await a_draft(office.town, office.cleo)
    await ask(phone, reference)
    for said, why in (
        ("every second Friday", "I cannot read when that is."),
        ("30 February", "It can never come like that."),
        ("every 60 weeks on Friday", "It can never come like that."),
    ):
        await phone.say(said)
        assert why in phone.text
        assert ASKED in phone.text
    await phone.say("the last full week of June")
    for said, why in (
        ("in the morning", "I cannot read which time of the day that is."),
        ("1:30", "Not between one and two at night"),
    ):
        await phone.say(said)
        assert why in phone.text
    await phone.say("6pm")
    await phone.tap("A person confirms them each time")
    assert "the last full week of June. It goes out at 18:00." in phone.text
    assert "A person confirms them each time." in phone.text
    await phone.tap("Back")
    await phone.tap("They are certain")
    await phone.tap("Yes, make it recurring")
    made = await the_pattern(office)
    assert (made.plan.rule.kind, made.plan.at, made.plan.sure) == (Kind.WEEK, time(18), True)


async def test_it_is_left_as_it_is(office: Office) -> None:
    phone, reference = office.phone, await a_draft(office.town, office.cleo)
    await ask(phone, reference)
    await phone.say("when something happens")
    await phone.tap("Leave it as it is")
    assert phone.text.startswith(f"Campaign {reference} · Draft")
    assert await office.town.how_often(Action.PATTERN_MADE) == 0


async def test_what_is_no_draft_or_comes_again_already_is_refused(office: Office) -> None:
    town, phone = office.town, office.phone
    reference = await waiting(town, office.cleo)
    await phone.tap_data(f"s:campaign_more:{reference}:")
    assert "Make it recurring" not in phone.labels
    await ask(phone, reference)
    assert phone.toast == "That cannot be done with a campaign that is: Waits for approval."
    pattern = await a_pattern(town, office.cleo)
    its = (await town.read(campaign_patterns.page, office.cleo.staff, pattern)).came[0].campaign
    await phone.tap_data(f"s:campaign_more:{its}:")
    assert "Make it recurring" not in phone.labels
    await ask(phone, its or "")
    assert phone.toast == "It is one time of a recurring campaign already."


async def test_who_works_no_reports_makes_nothing_recurring(office: Office) -> None:
    reference = await a_draft(office.town, office.cleo)
    _, anns = await office.colleague("Ann", Role.ANALYST)
    for phone in (anns, office.stranger()):
        await ask(phone, reference)
        assert phone.text == ""
    assert await state_of(office, reference) is CampaignState.DRAFT


async def to_the_last_question(office: Office, reference: str) -> None:
    await ask(office.phone, reference)
    await office.phone.say("every Tuesday")
    await office.phone.tap("At 09:00")
    await office.phone.tap("They are certain")


async def test_a_draft_that_somebody_changed_meanwhile_is_shown_first(office: Office) -> None:
    phone, reference = office.phone, await a_draft(office.town, office.cleo)
    sue, _ = await office.colleague("Sue", Role.SUPERVISOR)
    await to_the_last_question(office, reference)
    await office.town.write(campaign.change, sue, reference, facts(title="Barns"), PROFILE.district)
    await phone.tap("Yes, make it recurring")
    assert phone.text.startswith("Sue changed it meanwhile, so nothing was written.")
    assert "Barns" in phone.text
    assert await office.town.how_often(Action.PATTERN_MADE) == 0
    await phone.tap("Put mine in all the same")
    assert (await the_pattern(office)).plan.facts.title == "Barns"


async def test_a_draft_that_was_sent_for_approval_meanwhile_stays_that(office: Office) -> None:
    phone, reference = office.phone, await a_draft(office.town, office.cleo)
    sue, _ = await office.colleague("Sue", Role.SUPERVISOR)
    await to_the_last_question(office, reference)
    await office.town.write(campaign.submit, sue, reference)
    await phone.tap("Yes, make it recurring")
    await phone.tap("Put mine in all the same")
    assert "That cannot be done with a campaign that is: Waits for approval." in phone.text
    assert f"Campaign {reference} · Waits for approval" in phone.text
    assert await state_of(office, reference) is CampaignState.WAITING
    assert (await office.town.read(chat.who, phone.user_id)).draft is None


async def test_one_comes_otherwise_from_its_card_and_its_approval_is_gone(office: Office) -> None:
    town, phone = office.town, office.phone
    sue, _ = await office.colleague("Sue", Role.SUPERVISOR)
    reference = await a_pattern(town, office.cleo, TUESDAYS)
    await town.write(campaign_pattern.approve, sue, reference)
    await phone.tap_data(f"s:pattern:{reference}:")
    await phone.tap("When it comes again")
    assert phone.labels[0] == "1. As it is: every week on Tuesday"
    await phone.tap("1. As it is")
    await phone.say("18:30")
    await phone.tap("They are certain")
    await phone.tap("Yes, let it come so")
    assert phone.text.startswith("Kept. It has to be approved for all its times anew.")
    found = await the_pattern(office)
    assert (found.plan, found.approved_at) == (plan(TUESDAYS, at=time(18, 30)), None)
    await phone.tap("When it comes again")
    await phone.tap("1. As it is")
    await phone.tap("At 18:30")
    await phone.tap("They are certain")
    await phone.tap("Yes, let it come so")
    assert phone.text.startswith("Nothing of it changed.")


async def test_today_is_none_of_its_next_days_once_its_hour_is_past(office: Office) -> None:
    town, phone = office.town, office.phone
    reference = await a_draft(town, office.cleo)
    town.clock.advance(datetime(2026, 11, 24, 15, tzinfo=UTC) - town.clock.now())
    await ask(phone, reference)
    await phone.say("every Tuesday")
    await phone.say("4pm")
    await phone.tap("They are certain")
    assert "Its next days: 24 November 2026; 1 December 2026;" in phone.text
    await phone.tap("Back")
    await phone.tap("Back")
    await phone.tap("At 09:00")
    assert "Its next days: 1 December 2026; 8 December 2026; 15 December 2026." in phone.text
    await phone.tap("Yes, make it recurring")
    assert "Next: 1 December 2026; 8 December 2026; 15 December 2026" in phone.text
    await phone.tap("All recurring ones")
    assert phone.labels[0] == "Comes again 1 December 2026 · Lock your shed"


async def test_a_proposal_that_stays_as_it_is_has_no_other_author(office: Office) -> None:
    uncertain = plan(MAY, sure=False)
    reference = await office.town.write(campaign_pattern.make, office.cleo, uncertain, PROFILE.district)
    _, hers = await office.colleague("Sue", Role.SUPERVISOR)
    await hers.tap_data(f"s:pattern_again:{reference}:")
    await hers.tap("1. As it is")
    await hers.tap("At 09:00")
    await hers.tap("Yes, let it come so")
    assert hers.text.startswith("Nothing of it changed.")
    assert (await the_pattern(office)).author == "Cleo"


@pytest.mark.parametrize("mine", [True, False])
async def test_one_that_somebody_changed_meanwhile_is_shown_first(office: Office, mine: bool) -> None:
    phone, reference = office.phone, await a_pattern(office.town, office.cleo, TUESDAYS)
    sue, _ = await office.colleague("Sue", Role.SUPERVISOR)
    await phone.tap_data(f"s:pattern_again:{reference}:")
    await phone.say("date unknown")
    await phone.tap("At 09:00")
    changed = plan(replace(TUESDAYS, rrule="FREQ=WEEKLY;BYDAY=WE"))
    await office.town.write(campaign_pattern.change, sue, reference, changed, PROFILE.district)
    await phone.tap("Yes, let it come so")
    assert phone.text.startswith("Sue changed it meanwhile")
    assert "Comes again: every week on Wednesday" in phone.text
    await phone.tap("Put mine in all the same" if mine else "Leave it as it is")
    wanted = CampaignRule(Kind.UNKNOWN) if mine else changed.rule
    assert (await the_pattern(office)).plan.rule == wanted
    assert phone.text.startswith("Kept." if mine else "Recurring campaign")


async def test_one_that_ended_meanwhile_is_shown_as_that(office: Office) -> None:
    phone, reference = office.phone, await a_pattern(office.town, office.cleo, TUESDAYS)
    await phone.tap_data(f"s:pattern_again:{reference}:")
    await phone.say("date unknown")
    await phone.tap("At 09:00")
    await office.town.write(campaign_pattern.end, office.cleo, reference)
    await phone.tap("Yes, let it come so")
    assert phone.text.startswith("That cannot be done with a recurring campaign that is: Ended.")
    assert phone.labels == ["All recurring ones"]
    await phone.tap_data(f"s:pattern_again:{reference}:")
    assert phone.toast == "That cannot be done with a recurring campaign that is: Ended."
