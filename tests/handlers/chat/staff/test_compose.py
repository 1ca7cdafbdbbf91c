"""A campaign written in chat: every answer kept, every bad one refused, whatever comes in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from store.actions import campaign, staff
from store.actions import reference as reference_data
from store.domain.actor import SYSTEM
from store.domain.campaign import Campaign, CampaignFacts, CampaignState
from store.domain.staff import Role
from store.domain.subscription import Topic
from store.domain.understood import NOTHING, Understood
from store.queries import campaigns, chat
from tests.handlers.chat.staff.conftest import Office
from tests.support.campaigns import a_draft, sending, waiting
from tests.support.phone import Phone
from tests.support.triage_factory import PROFILE

WORDS = "Lock your shed. Ask {email}."
MORNING_AFTER = datetime(2026, 12, 5, 14, 30, tzinfo=UTC)


async def to_review(phone: Phone, *, when: str = "As soon", title: str = "Sheds") -> None:
    """Write a campaign up to its review: English and Polish, for one area, with a link."""
    await phone.say("/campaign")
    await phone.say(title)
    await phone.tap("1. Safety campaigns")
    await phone.say(WORDS)
    await phone.say("Zamknij szopę.")
    await phone.tap("Skip these questions")
    await phone.tap(f"2. ☐ {PROFILE.areas[0].name}")
    await phone.tap("Done")
    await phone.say("https://example.org/locks")
    await (phone.tap(when) if when == "As soon" else phone.say(when))


async def newest(office: Office) -> Campaign:
    return (await office.town.read(campaigns.listing, office.cleo.staff))[0]


async def none_yet(office: Office) -> bool:
    return not await office.town.read(campaigns.listing, office.cleo.staff)


async def draft_of(office: Office) -> object:
    return (await office.town.read(chat.who, office.phone.user_id)).draft


async def test_it_is_written_shown_as_people_get_it_and_waits_for_approval(office: Office) -> None:
    await office.town.write(reference_data.seed, PROFILE)
    phone = office.phone
    await to_review(phone)
    assert [one.text for one in phone.heard if one.method == "sendMessage"][:2] == [
        f"Lock your shed. Ask {PROFILE.district.email}.",
        "Zamknij szopę.",
    ]
    assert "No words yet in Romanian, Czech, Slovak and Ukrainian." in phone.text
    assert "Would hear of it now: 0 people" in phone.text
    assert f"from {PROFILE.areas[0].name}" in phone.text
    assert phone.labels[-4:] == ["Send for approval", "Change an answer", "Back", "Throw it away"]
    assert await none_yet(office)
    await phone.tap("Send for approval")
    made = await newest(office)
    assert (made.state, made.author) == (CampaignState.WAITING, "Cleo")
    assert made.facts == CampaignFacts(
        "Sheds",
        Topic.CAMPAIGNS,
        {"en": WORDS, "pl": "Zamknij szopę."},
        frozenset({PROFILE.areas[0].code}),
        link="https://example.org/locks",
    )
    assert await draft_of(office) is None
    assert f"Open {made.reference}" in phone.labels


async def test_it_can_stay_a_draft_and_a_second_tap_makes_no_second_one(office: Office) -> None:
    await to_review(office.phone, when="5 December 14:30")
    keep = next(
        data for one in office.phone.heard for label, data in one.buttons.items() if label.startswith("Keep")
    )
    await office.phone.tap_data(keep)
    made = await newest(office)
    assert (made.state, made.facts.send_at) == (CampaignState.DRAFT, MORNING_AFTER)
    await office.phone.tap_data(keep)
    assert office.phone.toast == "Got it already."
    assert len(await office.town.read(campaigns.listing, office.cleo.staff)) == 1


@pytest.mark.parametrize(
    ("step", "bad", "why"),
    [
        ("title", "x" * 201, "That is 201 characters"),
        ("title", "🙃", "could not find any words"),
        ("topic", "meetings", "tap one of the buttons"),
        ("text", "Dear {name}", "{name} stands for nothing. You can write these: council"),
        ("text", "x" * 3_001, "That is 3001 characters"),
        ("where", "Atlantis", "tap all that you want"),
        ("link", "http://example.org", "A link begins with https://"),
        ("when", "someday", "I cannot read when that is"),
        ("when", "1 December 2020", "Its time is past"),
    ],
)
async def test_a_bad_answer_gets_a_sentence_and_the_question_again(
    office: Office, step: str, bad: str, why: str
) -> None:
    phone = office.phone
    await to_review(phone)
    await phone.tap("Change an answer")
    labels = {"title": "Name", "topic": "What", "text": "Words in English", "where": "Areas"}
    await phone.tap(labels.get(step, step.capitalize()))
    await phone.say(bad)
    assert why in phone.text
    assert "Throw it away" in phone.labels
    assert await none_yet(office)


async def test_one_answer_is_changed_and_the_others_stay(office: Office) -> None:
    phone = office.phone
    await to_review(phone)
    await phone.tap("Change an answer")
    await phone.tap("Words in Polish")
    await phone.tap("Skip")
    assert "No words yet in Polish, Romanian" in phone.text
    await phone.tap("Send for approval")
    assert (await newest(office)).facts.texts == {"en": WORDS}


async def test_a_time_that_passes_before_it_is_sent_is_asked_again(office: Office) -> None:
    await to_review(office.phone, when="tomorrow at 10")
    office.town.pass_time(days=2)
    await office.phone.tap("Send for approval")
    assert "Its time is past" in office.phone.text
    assert await none_yet(office)
    await office.phone.tap("Change an answer")
    await office.phone.tap("When")
    await office.phone.tap("As soon")
    await office.phone.tap("Send for approval")
    assert (await newest(office)).state is CampaignState.WAITING


async def test_a_reply_a_report_and_a_subscription_in_between_lose_nothing_of_it(office: Office) -> None:
    phone, reference = office.phone, await office.town.report()
    await phone.say("/campaign")
    await phone.say("Sheds")
    await phone.say(f"/note {reference}")
    assert "Write your note" in phone.text
    await phone.say("Rang them.")
    assert "Noted." in phone.text
    assert "What must people have subscribed to?" in phone.text
    await phone.say("/report")
    await phone.say("/note K7M-4XQ-9PC")
    await phone.say("/campaign")
    assert "half written: “Sheds”" in phone.text
    await phone.tap("Go on")
    assert "What must people have subscribed to?" in phone.text
    await phone.tap("1. Safety campaigns")
    assert "in English" in phone.text
    assert await none_yet(office)


async def test_an_old_button_of_it_brings_it_back(office: Office) -> None:
    phone = office.phone
    await phone.say("/campaign")
    await phone.say("Sheds")
    topic = next(iter(phone.heard[-1].buttons.values()))
    await phone.say("/report")
    assert "Sheds" not in phone.text
    await phone.tap_data(topic)
    assert "What must people have subscribed to?" in phone.text


async def test_it_is_thrown_away_only_when_that_was_asked_again(office: Office) -> None:
    phone = office.phone
    await to_review(phone)
    await phone.tap("Throw it away")
    assert "Do you want to stop" in phone.text
    await phone.tap("Carry on")
    assert "Would hear of it now" in phone.text
    await phone.tap("Throw it away")
    await phone.tap("Yes, delete")
    assert await draft_of(office) is None
    await phone.say("/campaign")
    assert "What shall the campaign be called?" in phone.text


async def test_a_new_one_takes_the_place_of_the_half_written_only_when_that_is_wanted(office: Office) -> None:
    phone = office.phone
    await phone.say("/campaign")
    await phone.say("Sheds")
    await phone.say("/campaign")
    anew = next(data for one in phone.heard for data in one.buttons.values() if "anew" in data)
    await phone.tap_data(anew)
    assert "What shall the campaign be called?" in phone.text
    await phone.say("Bikes")
    await phone.tap_data(anew)
    assert "What must people have subscribed to?" in phone.text


async def test_what_it_says_calls_for_no_safety_card_and_alerts_nobody(office: Office) -> None:
    read: list[str] = []

    def reads(text: str) -> Understood:
        read.append(text)
        return NOTHING

    phone = Phone(office.town.store, replace(office.services, read=reads), office.phone.user_id)
    await phone.say("/campaign")
    await phone.say("Knife amnesty: he has a knife, call 999")
    assert read == []
    assert "What must people have subscribed to?" in phone.text


async def test_one_that_is_there_is_changed_and_approved_anew(office: Office) -> None:
    sue, hers = await office.colleague("Sue", Role.SUPERVISOR)
    reference = await waiting(office.town, office.cleo, places=frozenset({PROFILE.wards[0].code}))
    await hers.tap_data(f"s:campaign:{reference}:")
    await hers.tap("Change it")
    await hers.tap("Change an answer")
    await hers.tap("Name")
    await hers.say("Sheds and bikes")
    await hers.tap("Keep as draft")
    known = (await office.town.read(campaigns.page, sue.staff, reference)).campaign
    assert (known.facts.title, known.state, known.author) == ("Sheds and bikes", CampaignState.DRAFT, "Sue")
    assert known.facts.places == {PROFILE.wards[0].code}


async def test_whoever_changes_it_second_is_told_before_theirs_takes_the_place(office: Office) -> None:
    sue, hers = await office.colleague("Sue", Role.SUPERVISOR)
    reference = await a_draft(office.town, office.cleo)
    await hers.tap_data(f"s:campaign_change:{reference}:")
    await hers.tap("Change an answer")
    await hers.tap("Name")
    await hers.say("Hers")
    known = (await office.town.read(campaigns.page, sue.staff, reference)).campaign
    facts = CampaignFacts("His", Topic.CAMPAIGNS, known.facts.texts)
    await office.town.write(campaign.change, office.cleo, reference, facts, PROFILE.district)
    await hers.tap("Keep as draft")
    assert "Cleo changed it meanwhile" in hers.text
    await hers.tap("Keep as draft")
    assert (await newest(office)).facts.title == "Hers"


async def test_what_goes_out_is_changed_no_more_and_one_form_is_open_at_a_time(office: Office) -> None:
    sue, hers = await office.colleague("Sue", Role.SUPERVISOR)
    out = await sending(office.town, office.cleo, sue)
    await hers.tap_data(f"s:campaign_change:{out}:")
    assert hers.toast.startswith("That cannot be done with a campaign that is: ")
    await hers.say("/campaign")
    await hers.say("Mine")
    await hers.tap_data(f"s:campaign_change:{await a_draft(office.town, office.cleo)}:")
    assert "half written: “Mine”" in hers.text


async def test_whoever_leaves_meanwhile_makes_no_campaign(office: Office) -> None:
    await to_review(office.phone)
    await office.town.write(staff.disable, SYSTEM, office.cleo.staff.id)
    await office.phone.tap("Send for approval")
    assert "do not know that command" in office.phone.text
    assert await none_yet(office)
