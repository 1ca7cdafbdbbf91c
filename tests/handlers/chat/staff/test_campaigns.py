"""Campaigns in chat: watched, agreed to, halted, and whatever is tapped twice or too late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from notifications import campaign_progress
from store.actions import reference as reference_data
from store.actions import subscription
from store.actions.subscription import Consent
from store.domain.campaign import CampaignState
from store.domain.campaign_button import CampaignButton
from store.domain.delivery import DeliveryState
from store.domain.event import Action
from store.domain.staff import By, Role
from store.domain.subscription import Frequency, Subscription, Topic
from store.queries import campaigns
from store.queries import urgent as alerts
from tests.handlers.chat.staff.conftest import Office
from tests.support import urgent
from tests.support.campaign_files import SHOWS, attached
from tests.support.campaigns import WISH, a_draft, approved, begun, ended, partly_failed, sending, waiting
from tests.support.papers import PAPER
from tests.support.phone import Phone
from tests.support.pictures import jpeg
from tests.support.triage_factory import PROFILE, Town, counted


async def sue_in(office: Office) -> tuple[By, Phone]:
    return await office.colleague("Sue", Role.SUPERVISOR)


async def state_of(town: Town, by: By, reference: str) -> CampaignState:
    return (await town.read(campaigns.page, by.staff, reference)).campaign.state


async def opened(phone: Phone, reference: str) -> None:
    await phone.tap_data(f"s:campaign:{reference}:")


async def test_the_newest_come_first_and_the_pages_turn(office: Office) -> None:
    assert "No campaigns yet" in (await office.phone.say("/campaigns"))[0].text
    for number in range(10):
        await a_draft(office.town, office.cleo, title=f"Number {number}")
        office.town.pass_time(minutes=1)
    await office.phone.say("/campaigns")
    assert office.phone.labels[:2] == ["Draft · Number 9", "Draft · Number 8"]
    await office.phone.tap("Older ones")
    last = ["Draft · Number 1", "Draft · Number 0", "From the start", "Recurring ones"]
    assert office.phone.labels == last
    await office.phone.tap("From the start")
    await office.phone.tap("Draft · Number 9")
    assert "Would hear of it now: 0 people" in office.phone.text


async def test_it_says_for_how_many_it_comes_too_late(office: Office) -> None:
    weekly = Subscription(frozenset({Topic.CAMPAIGNS}), frequency=Frequency.WEEKLY)
    person = await office.town.resident()
    await office.town.write(subscription.subscribe, person, weekly, Consent("Yes", "en"))
    office.town.pass_time(hours=1)
    await opened(office.phone, await a_draft(office.town, office.cleo, good_for=timedelta(days=1)))
    assert "Would hear of it now: 1 person\nToo late for 1 of them: it ends before" in office.phone.text
    await opened(office.phone, await a_draft(office.town, office.cleo, spread=3, good_for=timedelta(days=1)))
    assert "\nToo late for about 1 of them: it ends before" in office.phone.text


async def test_who_would_hear_of_it_is_counted_before_its_turn_and_only_as_it_is_opened(
    office: Office,
) -> None:
    reference = await a_draft(office.town, office.cleo)
    for opens in (f"s:campaign:{reference}:", f"s:campaign_submit:{reference}:"):
        with counted() as statements:
            await office.phone.tap_data(opens)
        counts = [at for at, one in enumerate(statements) if "FROM subscriber" in one]
        claimed = next(at for at, one in enumerate(statements) if one.startswith("UPDATE inbox"))
        assert counts
        assert max(counts) < claimed
        assert "Would hear of it now: 0 people" in office.phone.text
    with counted() as statements:
        await office.phone.tap("Change it")
        await office.stranger().tap_data(f"s:campaign:{reference}:")
        await office.phone.tap_data("s:campaign:K7M-4XQ-9PC:")
        await office.phone.tap_data(f"s:campaign:{reference}:", chat_id=-100200300)
    assert not [one for one in statements if "FROM subscriber" in one]


async def test_one_is_shown_with_its_words_its_readers_and_what_is_missing(office: Office) -> None:
    reference = await a_draft(office.town, office.cleo, link="https://example.org/locks")
    await opened(office.phone, reference)
    assert office.phone.text == (
        f"Campaign {reference} · Draft\nLock your shed\n\n"
        "English:\nLock your shed. Ask {email}.\n\nPolish:\nZamknij szopę.\n\n"
        "No words yet in Romanian, Czech, Slovak and Ukrainian. Who reads them gets the English ones.\n"
        "For those who subscribed to: Safety campaigns, from everywhere\n"
        "Would hear of it now: 0 people\n"
        "Goes out: as soon as it is approved, outside quiet hours\n"
        "Good for: 7 days\n"
        "Read more: https://example.org/locks\n"
        "Public page: there once it goes out\n"
        "Written by: Cleo"
    )
    assert office.phone.labels == [
        "Send for approval",
        "Words (2 of 6)",
        "Picture or PDF",
        "Buttons",
        "Link",
        "Areas",
        "When",
        "Spread over hours",
        "More",
        "Try it on myself",
        "Cancel it",
        "All campaigns",
    ]


async def test_one_for_some_says_for_whom_and_over_how_many_hours(office: Office) -> None:
    some = {"places": frozenset({PROFILE.wards[0].code}), "languages": frozenset({"en", "pl"}), "spread": 4}
    await opened(office.phone, await a_draft(office.town, office.cleo, **some))
    assert f"from {PROFILE.wards[0].name}, who read English and Polish" in office.phone.text
    assert "as soon as it is approved, spread over 4 hours" in office.phone.text
    assert "No words yet" not in office.phone.text


async def test_whoever_approves_reads_everything_that_goes_out(office: Office) -> None:
    town, (_, hers) = office.town, await sue_in(office)
    await town.write(reference_data.seed, PROFILE)
    told = {"buttons": frozenset(CampaignButton), "category": "noise.domestic", "public": False}
    reference = await a_draft(town, office.cleo, good_for=timedelta(hours=30), **told)
    await town.write(attached, office.cleo, reference, jpeg())
    await opened(hers, reference)
    noise = PROFILE.category("noise.domestic").label["en"]
    buttons = f"Report this ({noise}), Find a meeting, More like this, Less like this"
    for said in (f"Picture above the words: {SHOWS}", f"Buttons: {buttons}", "Good for: 30 hours"):
        assert f"\n{said}\n" in hers.text, said
    assert "Public page: not there" in hers.text
    await town.write(attached, office.cleo, reference, PAPER)
    await opened(hers, reference)
    assert "\nDocument above the words (PDF)\n" in hers.text


async def test_places_that_the_profile_has_no_more_are_not_everywhere(office: Office) -> None:
    await opened(office.phone, await a_draft(office.town, office.cleo, places=frozenset({"atlantis"})))
    assert "from atlantis (no longer in the profile)" in office.phone.text


async def test_a_second_person_agrees_and_never_its_author(office: Office) -> None:
    town, (sue, hers) = office.town, await sue_in(office)
    reference = await a_draft(town, office.cleo)
    await opened(office.phone, reference)
    await office.phone.tap("Send for approval")
    assert office.phone.toast == "It waits for approval now."
    assert "It waits for a supervisor who did not write it." in office.phone.text
    assert office.phone.labels == ["Change it", "Try it on myself", "Cancel it", "All campaigns"]
    await office.phone.tap_data(f"s:campaign_approve:{reference}:2")
    assert office.phone.toast == "Only a supervisor may do this."
    own = await waiting(town, sue)
    await opened(hers, own)
    assert "Approve" not in hers.labels
    await hers.tap_data(f"s:campaign_approve:{own}:2")
    assert hers.toast == "You wrote it. Somebody else approves it."
    await opened(hers, reference)
    await hers.tap("Approve")
    assert hers.toast == "It is approved."
    assert "Approved by: Sue" in hers.text
    assert await state_of(town, sue, reference) is CampaignState.APPROVED


async def test_a_button_that_was_made_up_agrees_to_no_urgent_alert(office: Office) -> None:
    _, hers = await sue_in(office)
    alert = await urgent.waiting(office.town, office.cleo)
    for verb in ("approve", "cancel_yes", "try", "pause"):
        await hers.tap_data(f"s:campaign_{verb}:{alert}:")
    found = await office.town.read(alerts.find, office.cleo.staff, alert)
    assert found.state is CampaignState.WAITING
    assert await office.town.how_often(Action.CAMPAIGN_TESTED) == 0


async def test_it_goes_back_with_a_reason_that_its_author_reads(office: Office) -> None:
    _, hers = await sue_in(office)
    reference = await waiting(office.town, office.cleo)
    await opened(hers, reference)
    await hers.tap("Send back")
    assert "Why does campaign" in hers.text
    await hers.say("Say which sheds.")
    assert "It is a draft again" in hers.text
    await opened(office.phone, reference)
    assert "Sue sent it back: Say which sheds." in office.phone.text
    await hers.tap_data(f"s:campaign_return:{reference}:2")
    assert hers.toast == "It is: Draft."


async def test_it_is_paused_goes_on_and_is_cancelled_once_that_was_asked_again(office: Office) -> None:
    town, (sue, _) = office.town, await sue_in(office)
    reference = await sending(town, office.cleo, sue)
    await opened(office.phone, reference)
    await office.phone.tap("Pause")
    assert await state_of(town, sue, reference) is CampaignState.PAUSED
    await office.phone.tap("Go on")
    assert await state_of(town, sue, reference) is CampaignState.SENDING
    await office.phone.tap("Cancel it")
    assert "for good" in office.phone.text
    await office.phone.tap("No, keep it")
    assert await state_of(town, sue, reference) is CampaignState.SENDING
    await office.phone.tap("Cancel it")
    yes = next(iter(office.phone.heard[0].buttons.values()))
    await office.phone.tap_data(yes)
    assert office.phone.toast == "It is cancelled."
    assert office.phone.labels == ["Try it on myself", "All campaigns"]
    await office.phone.tap_data(yes)
    assert office.phone.toast == "It is cancelled."
    await office.phone.tap_data(yes.replace("cancel_yes", "cancel"))
    assert office.phone.toast == "It is: Cancelled."
    assert await town.how_often(Action.CAMPAIGN_CANCELLED) == 1


@pytest.mark.parametrize("verb", ["submit", "approve", "pause", "resume", "cancel_yes"])
async def test_an_old_button_does_nothing_and_shows_how_it_stands(office: Office, verb: str) -> None:
    town, (sue, hers) = office.town, await sue_in(office)
    reference = await approved(town, office.cleo, sue)
    before = await town.how_often(Action.CAMPAIGN_CANCELLED)
    await hers.tap_data(f"s:campaign_{verb}:{reference}:1")
    assert "Approved" in hers.text
    assert hers.toast == (
        "It is approved." if verb == "approve" else "Sue changed this meanwhile. Open it again, then decide."
    )
    assert await state_of(town, sue, reference) is CampaignState.APPROVED
    assert await town.how_often(Action.CAMPAIGN_CANCELLED) == before


async def test_whoever_tries_it_gets_it_in_each_of_its_languages(office: Office) -> None:
    reference = await a_draft(office.town, office.cleo)
    await office.town.write(reference_data.seed, PROFILE)
    await opened(office.phone, reference)
    await office.phone.tap("Try it on myself")
    assert [one.text for one in office.phone.heard if one.kind == "staff.campaign"] == [
        f"Lock your shed. Ask {PROFILE.district.email}.",
        "Zamknij szopę.",
    ]


async def test_to_strangers_and_in_the_group_there_is_none_of_it(office: Office) -> None:
    reference = await a_draft(office.town, office.cleo)
    stranger = office.stranger()
    assert "do not know that command" in (await stranger.say("/campaigns"))[0].text
    await stranger.tap_data(f"s:campaign:{reference}:")
    assert stranger.text == ""
    await office.phone.tap_data(f"s:campaign:{reference}:", chat_id=-100200300)
    assert "Lock your shed" not in office.phone.text + office.phone.toast


async def test_what_failed_is_tried_again_while_it_is_good(office: Office) -> None:
    town, (sue, hers) = office.town, await sue_in(office)
    await town.write(reference_data.seed, PROFILE)
    town.pass_time(hours=1)
    reference = await partly_failed(town, office.cleo, sue)
    known = (await town.read(campaigns.page, sue.staff, reference)).campaign
    await opened(hers, reference)
    assert "Try the failed ones again" not in hers.labels
    await campaign_progress.results(town.store, known)
    await opened(hers, reference)
    assert "1 failed" in hers.text
    again = next(data for label, data in hers.heard[0].buttons.items() if label.startswith("Try the failed"))
    await hers.tap("Try the failed ones again")
    assert hers.toast == "What failed is tried again."
    assert await town.how_often(Action.CAMPAIGN_RETRIED) == 1
    await hers.tap_data(again)
    assert await town.how_often(Action.CAMPAIGN_RETRIED) == 1
    town.pass_time(days=8)
    await opened(hers, reference)
    assert "Try the failed ones again" not in hers.labels


async def test_how_long_it_takes_is_of_what_may_go_by_now(office: Office) -> None:
    town, (sue, _) = office.town, await sue_in(office)
    await town.write(reference_data.seed, PROFILE)
    town.pass_time(hours=1)
    digest = replace(WISH, frequency=Frequency.WEEKLY)
    await town.write(subscription.subscribe, await town.resident(), digest, Consent("Yes", "en"))
    reference = await begun(town, office.cleo, sue, people=22)
    known = (await town.read(campaigns.page, sue.staff, reference)).campaign
    await campaign_progress.results(town.store, known)
    await ended(town, *(DeliveryState.SENT for _ in range(2)))
    town.pass_time(seconds=10)
    await campaign_progress.results(town.store, known)
    await opened(office.phone, reference)
    assert "About 2 minutes left of what may go by now. 1 waits for a later time. " in office.phone.text
