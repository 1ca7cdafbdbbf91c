"""The parts of a campaign set in chat: kept as the console keeps them, in any order and at any time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from store.actions import campaign, staff
from store.domain.actor import SYSTEM
from store.domain.campaign import Campaign, CampaignFacts, CampaignState
from store.domain.campaign_button import CampaignButton
from store.domain.staff import Role
from store.domain.subscription import Topic
from store.queries import campaigns, chat
from tests.handlers.chat.staff.conftest import Office
from tests.support.campaign_files import attached
from tests.support.campaigns import LOCKS, a_draft, approved, facts, go_out, sending, waiting
from tests.support.phone import Phone
from tests.support.pictures import jpeg
from tests.support.triage_factory import PROFILE

AREA, WARD = PROFILE.areas[0], PROFILE.wards[0]
NOISE = PROFILE.category("noise.domestic")
FRIDAY = datetime(2026, 11, 27, 9, tzinfo=UTC)


async def known(office: Office, reference: str) -> Campaign:
    return await office.town.read(campaigns.find, office.cleo.staff, reference)


async def ask(phone: Phone, reference: str, part: str) -> None:
    await phone.tap_data(f"s:campaign_part:{reference}:{part}")


@pytest.mark.parametrize(
    ("part", "steps", "then"),
    [
        ("title", ["Bikes"], {"title": "Bikes"}),
        ("topic", ["[2. Surveys]"], {"topic": Topic.SURVEYS}),
        ("text_en", ["Mark it."], {"texts": {**LOCKS.texts, "en": "Mark it."}}),
        ("text_uk", ["Замкніть."], {"texts": {**LOCKS.texts, "uk": "Замкніть."}}),
        ("text_pl", ["[Take the Polish words off]"], {"texts": {"en": LOCKS.texts["en"]}}),
        ("where", [f"[2. ☐ {AREA.name}]", "[Done]"], {"places": frozenset({AREA.code})}),
        ("where", [f"{AREA.name}, {WARD.name}", "[Done]"], {"places": frozenset({AREA.code, WARD.code})}),
        ("reads", ["[2. ☐ English]", "[3. ☐ Polish]", "[Done]"], {"languages": frozenset({"en", "pl"})}),
        ("link", ["https://example.org"], {"link": "https://example.org"}),
        ("when", ["Friday 9am"], {"send_at": FRIDAY}),
        ("spread", ["4"], {"spread": 4}),
        ("good_for", ["3 days"], {"good_for": timedelta(days=3)}),
        ("public", ["[No, keep it off]"], {"public": False}),
        (
            "buttons",
            ["[2. ☐ Report this]", "[4. ☐ More like this]", "[Done]", "[noise]", f"[1. {NOISE.label['en']}]"],
            {
                "buttons": frozenset({CampaignButton.REPORT, CampaignButton.MORE}),
                "category": NOISE.code,
            },
        ),
    ],
)
async def test_a_part_is_asked_kept_and_shown_on_the_card(
    office: Office, part: str, steps: list[str], then: dict[str, Any]
) -> None:
    reference = await a_draft(office.town, office.cleo)
    await ask(office.phone, reference, part)
    assert "Leave it as it is" in office.phone.labels
    for step in steps:
        await (office.phone.tap(step.strip("[]")) if step.startswith("[") else office.phone.say(step))
    assert office.phone.text.startswith("Kept.\n\n")
    assert (await known(office, reference)).facts == facts(**then)
    assert (await office.town.read(chat.who, office.phone.user_id)).draft is None


async def test_an_older_button_to_change_a_draft_shows_its_card(office: Office) -> None:
    reference = await a_draft(office.town, office.cleo)
    await office.phone.tap_data(f"s:campaign_change:{reference}:")
    assert office.phone.text.startswith(f"Campaign {reference} · Draft")


async def test_what_is_left_as_it_is_stays_and_the_card_comes_back(office: Office) -> None:
    reference = await a_draft(office.town, office.cleo)
    before = await known(office, reference)
    await ask(office.phone, reference, "title")
    await office.phone.tap("Leave it as it is")
    assert office.phone.text.startswith(f"Campaign {reference} · Draft")
    await ask(office.phone, reference, "text_pl")
    assert "It says now:\nZamknij szopę." in office.phone.text
    await office.phone.say("Zamknij szopę.")
    assert "Nothing of it changed." in office.phone.text
    assert await known(office, reference) == before


@pytest.mark.parametrize(
    ("part", "bad", "why"),
    [
        ("text_en", "Dear {name}", "{name} stands for nothing."),
        ("text_cs", "x" * 3_001, "That is 3001 characters"),
        ("where", "Atlantis", "tap all that you want"),
        ("where", "3", "Please tap all that you want"),
        ("link", "http://example.org", "A link begins with https://"),
        ("when", "someday", "I cannot read when that is"),
        ("when", "1 December 2020", "Its time is past"),
        ("spread", "49", "Give a whole number from 0 to 48."),
        ("good_for", "none", "Give a whole number from 1 to 90."),
        ("public", "perhaps", "tap one of the buttons"),
    ],
)
async def test_a_bad_answer_gets_a_sentence_and_the_question_again(
    office: Office, part: str, bad: str, why: str
) -> None:
    reference = await a_draft(office.town, office.cleo)
    before = await known(office, reference)
    await ask(office.phone, reference, part)
    if bad == "3":  # as many as there are: it names none
        bad = str(len(office.phone.labels) + 5)
    await office.phone.say(bad)
    assert why in office.phone.text
    assert "Leave it as it is" in office.phone.labels
    assert await known(office, reference) == before


async def test_what_the_store_refuses_is_said_and_asked_again(office: Office) -> None:
    town, phone = office.town, office.phone
    reference = await a_draft(town, office.cleo)
    await ask(phone, reference, "good_for")
    await phone.say("1")
    await ask(phone, reference, "spread")
    await phone.say("40")
    assert phone.text.startswith("Its days end before all of it is out")
    assert "Over how many hours" in phone.text
    await phone.say("2")
    assert (await known(office, reference)).facts.spread == 2
    assert "The last of it is due: " in phone.text
    await town.write(attached, office.cleo, reference, jpeg())
    await ask(phone, reference, "text_pl")
    await phone.say("x" * 1_025)
    assert "The one in Polish has 1025." in phone.text
    assert (await known(office, reference)).facts.texts["pl"] == LOCKS.texts["pl"]


async def test_the_other_languages_are_written_one_after_the_other(office: Office) -> None:
    phone, reference = office.phone, await a_draft(office.town, office.cleo, texts={"en": "Lock it."})
    await phone.tap_data(f"s:campaign:{reference}:")
    await phone.tap("Words (1 of 6)")
    assert "No words yet in Polish, Romanian, Czech, Slovak and Ukrainian." in phone.text
    for name in ("Polish", "Romanian", "Czech", "Slovak", "Ukrainian"):
        await phone.tap(f"＋ {name}")
        await phone.say(f"Lock it in {name}.")
    assert "No words yet" not in phone.text
    assert [label for label in phone.labels if label.startswith("＋")] == []
    await phone.tap("Back to the campaign")
    assert "Words (6 of 6)" in phone.labels
    assert "Ukrainian:\nLock it in Ukrainian." in phone.text


async def test_a_draft_with_very_many_words_is_still_one_message(office: Office) -> None:
    texts = {code: code * 1_400 for code in ("en", "pl", "ro", "cs", "sk", "uk")}
    reference = await a_draft(office.town, office.cleo, texts=texts | {"ro": "Scurt."})
    await office.phone.tap_data(f"s:campaign:{reference}:")
    [card] = [one for one in office.phone.heard if one.method == "editMessageText"]
    assert len(card.text) < 4_096
    assert card.text.count("… (shortened)") == 5
    assert "Romanian:\nScurt.\n" in card.text


async def test_what_is_seldom_set_stands_behind_more(office: Office) -> None:
    phone, reference = office.phone, await a_draft(office.town, office.cleo, languages=frozenset({"pl"}))
    await phone.tap_data(f"s:campaign:{reference}:")
    await phone.tap("More")
    assert "Languages read: Polish\nGood for: 7 days" in phone.text
    await phone.tap("Languages read")
    await phone.tap("1. ☐ Whatever they read")
    await phone.tap("Done")
    assert "who read" not in phone.text


async def test_a_link_is_put_under_it_and_taken_off(office: Office) -> None:
    phone, reference = office.phone, await a_draft(office.town, office.cleo)
    await phone.tap_data(f"s:campaign:{reference}:")
    await phone.tap("Link")
    await phone.say("https://example.org")
    assert "Read more: https://example.org" in phone.text
    await phone.tap("Link")
    await phone.tap("No link")
    assert (await known(office, reference)).facts.link is None


@pytest.mark.parametrize("make", [waiting, approved])
async def test_a_change_takes_the_approval_back_and_says_so(office: Office, make: Any) -> None:
    town, (sue, hers) = office.town, await office.colleague("Sue", Role.SUPERVISOR)
    by = (office.cleo,) if make is waiting else (office.cleo, sue)
    reference = await make(town, *by)
    await hers.tap_data(f"s:campaign:{reference}:")
    await hers.tap("Change it")
    assert "it is a draft again" in hers.text
    await hers.tap("More")
    await hers.tap("Name")
    await hers.say("Sheds and bikes")
    assert "Kept. It is a draft again: it has to be sent for approval anew." in hers.text
    of = await known(office, reference)
    assert (of.facts.title, of.state, of.author, of.approver) == (
        "Sheds and bikes",
        CampaignState.DRAFT,
        "Sue",
        None,
    )
    await hers.tap("Send for approval")
    assert "Approve" not in hers.labels


async def test_whoever_changes_it_second_is_told_before_theirs_goes_in(office: Office) -> None:
    _, hers = await office.colleague("Sue", Role.SUPERVISOR)
    reference = await a_draft(office.town, office.cleo)
    await ask(hers, reference, "title")
    his = CampaignFacts("His", Topic.CAMPAIGNS, LOCKS.texts, link="https://example.org")
    await office.town.write(campaign.change, office.cleo, reference, his, PROFILE.district)
    await hers.say("Hers")
    assert hers.text.startswith("Cleo changed it meanwhile, so nothing was written.")
    assert "Read more: https://example.org" in hers.text
    assert hers.labels == ["Put mine in all the same", "Back", "Leave it as it is"]
    mine = next(iter(hers.heard[0].buttons.values()))
    await office.town.write(
        campaign.change, office.cleo, reference, facts(title="His again"), PROFILE.district
    )
    await hers.tap_data(mine)
    assert "Cleo changed it meanwhile" in hers.text
    await hers.tap("Put mine in all the same")
    assert (await known(office, reference)).facts == facts(title="Hers")
    await hers.tap_data(mine)
    assert hers.toast


async def test_what_began_to_go_out_meanwhile_is_shown_and_not_changed(office: Office) -> None:
    town, (sue, hers) = office.town, await office.colleague("Sue", Role.SUPERVISOR)
    reference = await approved(town, office.cleo, sue)
    await ask(hers, reference, "title")
    await go_out(town)
    await hers.say("Hers")
    assert "That cannot be done with a campaign that is: Going out." in hers.text
    assert "Leave it as it is" not in hers.labels
    assert (await known(office, reference)).facts.title == LOCKS.title
    out = await sending(town, office.cleo, sue)
    for verb in ("change", "words", "more", "part", "file", "days"):
        await hers.tap_data(f"s:campaign_{verb}:{out}:title")
        assert hers.toast.startswith("That cannot be done with a campaign that is: "), verb


async def test_an_old_question_answers_nothing_more(office: Office) -> None:
    phone, reference = office.phone, await a_draft(office.town, office.cleo)
    await ask(phone, reference, "public")
    no = next(data for one in phone.heard for label, data in one.buttons.items() if label.startswith("No"))
    await ask(phone, reference, "spread")
    await phone.tap_data(no)
    assert phone.toast == "Got it already."
    await phone.say("2")
    kept = (await known(office, reference)).facts
    assert (kept.public, kept.spread) == (True, 2)
    await phone.tap_data(f"s:campaign_part:{reference}:author")
    assert phone.toast == "That cannot be done just now."


async def test_what_is_half_written_waits_until_a_part_is_kept(office: Office) -> None:
    phone, reference = office.phone, await a_draft(office.town, office.cleo)
    await phone.say("/campaign")
    await phone.say("Mine")
    await ask(phone, reference, "title")
    await phone.say("Other")
    assert (await known(office, reference)).facts.title == "Other"
    assert "What must people have subscribed to?" in phone.text
    await phone.tap("1. Safety campaigns")
    await phone.say("Words.")
    assert "\nMine\n" in phone.text


async def test_whoever_leaves_meanwhile_changes_nothing(office: Office) -> None:
    phone, reference = office.phone, await a_draft(office.town, office.cleo)
    await ask(phone, reference, "title")
    await office.town.write(staff.disable, SYSTEM, office.cleo.staff.id)
    await phone.say("Other")
    assert "do not know that command" in phone.text
    assert (await known(office, reference)).facts.title == LOCKS.title


async def test_whoever_leaves_meanwhile_can_still_stop_the_form(office: Office) -> None:
    phone, reference = office.phone, await a_draft(office.town, office.cleo)
    await ask(phone, reference, "title")
    await office.town.write(staff.disable, SYSTEM, office.cleo.staff.id)
    await phone.tap("Leave it as it is")
    assert reference not in phone.text
    assert (await office.town.read(chat.who, phone.user_id)).draft is None


async def test_a_ward_that_is_named_again_is_ticked_no_more(office: Office) -> None:
    reference = await a_draft(office.town, office.cleo)
    await ask(office.phone, reference, "where")
    await office.phone.say(WARD.name)
    await office.phone.say(WARD.name)
    assert f"☐ {WARD.name}" in " ".join(office.phone.labels)
