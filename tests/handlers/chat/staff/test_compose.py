"""A campaign begun in chat: three answers make a draft, whatever comes in between."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.actions import draft as draft_rows
from store.actions import reference as reference_data
from store.actions import staff
from store.domain.actor import SYSTEM
from store.domain.campaign import Campaign, CampaignFacts, CampaignState
from store.domain.campaign_form import CAMPAIGN, ENGLISH, REFERENCE, TITLE, TOPIC, VERSION
from store.domain.draft import Draft
from store.domain.subscription import Topic
from store.domain.understood import NOTHING, Understood
from store.queries import campaigns, chat
from tests.handlers.chat.staff.conftest import Office
from tests.support.campaigns import a_draft
from tests.support.phone import Phone
from tests.support.triage_factory import PROFILE

WORDS = "Lock your shed. Ask {email}."


async def begun(phone: Phone, title: str = "Sheds") -> None:
    """Answer all but the last question."""
    await phone.say("/campaign")
    await phone.say(title)
    await phone.tap("1. Safety campaigns")


async def newest(office: Office) -> Campaign:
    return (await office.town.read(campaigns.listing, office.cleo.staff))[0]


async def none_yet(office: Office) -> bool:
    return not await office.town.read(campaigns.listing, office.cleo.staff)


async def draft_of(office: Office) -> object:
    return (await office.town.read(chat.who, office.phone.user_id)).draft


async def test_three_answers_make_a_draft_that_shows_what_can_be_set(
    office: Office,
) -> None:
    await office.town.write(reference_data.seed, PROFILE)
    phone = office.phone
    await begun(phone)
    assert await none_yet(office)
    await phone.say(WORDS)
    made = await newest(office)
    assert (made.state, made.author) == (CampaignState.DRAFT, "Cleo")
    assert made.facts == CampaignFacts("Sheds", Topic.CAMPAIGNS, {"en": WORDS})
    assert await draft_of(office) is None
    assert phone.text.startswith("It is kept as a draft, and nobody gets it yet.")
    assert "No words yet in Polish, Romanian, Czech, Slovak and Ukrainian." in phone.text
    assert "Would hear of it now" not in phone.text
    assert phone.labels[:3] == ["Send for approval", "Words (1 of 6)", "Picture or PDF"]
    await phone.tap("How many would hear of it")
    assert "Would hear of it now: 0 people" in phone.text
    assert "How many would hear of it" not in phone.labels
    await phone.tap("Send for approval")
    assert phone.toast == "It waits for approval now."
    assert (await newest(office)).state is CampaignState.WAITING


@pytest.mark.parametrize(
    ("step", "bad", "why"),
    [
        ("title", "x" * 201, "That is 201 characters"),
        ("title", "🙃", "could not find any words"),
        ("topic", "meetings", "tap one of the buttons"),
        ("text", "Dear {name}", "{name} stands for nothing. You can write these: council"),
        ("text", "x" * 3_001, "That is 3001 characters"),
    ],
)
async def test_a_bad_answer_gets_a_sentence_and_the_question_again(
    office: Office, step: str, bad: str, why: str
) -> None:
    phone = office.phone
    await phone.say("/campaign")
    if step != "title":
        await phone.say("Sheds")
    if step == "text":
        await phone.tap("1. Safety campaigns")
    await phone.say(bad)
    assert why in phone.text
    assert "Throw it away" in phone.labels
    assert await none_yet(office)


async def test_a_second_answer_to_the_last_question_makes_no_second_one(office: Office) -> None:
    phone = office.phone
    await begun(phone)
    back = next(data for one in phone.heard for label, data in one.buttons.items() if label == "Back")
    await phone.say(WORDS)
    await phone.tap_data(back)
    assert phone.toast == "Got it already."
    assert len(await office.town.read(campaigns.listing, office.cleo.staff)) == 1


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


async def test_it_is_thrown_away(office: Office) -> None:
    phone = office.phone
    await begun(phone)
    await phone.tap("Throw it away")
    assert await draft_of(office) is None
    assert await none_yet(office)
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
    await phone.tap("Throw it away")
    await phone.tap_data(anew)
    assert "What shall the campaign be called?" in phone.text


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


async def test_whoever_leaves_meanwhile_makes_no_campaign(office: Office) -> None:
    await begun(office.phone)
    await office.town.write(staff.disable, SYSTEM, office.cleo.staff.id)
    await office.phone.say(WORDS)
    assert "do not know that command" in office.phone.text
    assert await none_yet(office)


@pytest.mark.parametrize("at", ["title", "where", "review"])
async def test_a_change_begun_in_the_form_of_before_leads_to_the_card_and_makes_no_new_one(
    office: Office, at: str
) -> None:
    phone, reference = office.phone, await a_draft(office.town, office.cleo, title="Sheds")
    before = {TITLE: "Sheds", TOPIC: "campaigns", ENGLISH: WORDS, "where": ["everywhere"]}
    old = Draft(CAMPAIGN.code, at, 7, before | {REFERENCE: reference, VERSION: 1})
    await office.town.write(draft_rows.keep, phone.user_id, old)
    await phone.say("Locks")
    assert f"You had begun to change the campaign {reference}" in phone.text
    assert phone.labels == ["Open its card", "Throw it away"]
    assert len(await office.town.read(campaigns.listing, office.cleo.staff)) == 1
    await phone.say("/campaign")
    await phone.tap("Go on")
    await phone.tap("Open its card")
    assert f"Campaign {reference} · Draft" in phone.text
    assert await draft_of(office) is None
    [kept] = await office.town.read(campaigns.listing, office.cleo.staff)
    assert (kept.reference, kept.version) == (reference, 1)
