"""The safety screen: on every free text, at once, never in the way, and its version is kept."""

from __future__ import annotations

import pytest

from bot.emulator import Person
from store.actions import alert
from store.queries import alerts, chat
from tests.support.form import data_of, fill, say, start, step_of, tap
from tests.support.town import Town, guardian, reference_in, said_since

KNIFE = "theres a man outside my door right now with a knife shouting hes going to kill me"
DESPAIR = "i cant do this anymore, i want to die, everyone would be better off without me"
ABUSE = "my husband beats me every night and i am so scared of him"
EMERGENCIES = {
    "pl": "Pomocy, sąsiad ma nóż i bije kobietę na klatce!",
    "ro": "Ajutor, vecinul are un cuțit și o bate pe femeie pe scară!",
    "cs": "Pomoc, soused má nůž a bije ženu na chodbě!",
    "sk": "Pomoc, sused má nôž a bije ženu na chodbe!",
    "uk": "Допоможіть, сусід має ніж і б'є жінку в під'їзді!",
}


async def carry_on(person: Person) -> None:
    """Tap the way on under a safety card."""
    await tap_own(person, "o:carry_on:", "Is anyone in danger")


async def tap_own(person: Person, data: str, then: str) -> None:
    """Tap the newest button of this kind and wait for what it brings."""
    shown = next(b for b in reversed(person.messages) if data in data_of(b))
    person.tap_data(data, shown.id)
    await person.wait_for(then)


async def test_danger_brings_the_999_card_first_and_no_question(town: Town) -> None:
    shown = await say(town.ada, KNIFE)
    assert "call 999" in shown.text
    for way in ("55", "18000", "BSL", "text 999"):
        assert way in shown.text
    assert step_of(shown) is None
    assert "Carry on with my report" in shown.labels


async def test_the_screen_never_blocks_and_the_version_shown_is_kept(town: Town) -> None:
    await say(town.ada, KNIFE)
    await carry_on(town.ada)
    kept = await town.kept(reference_in(await fill(town.ada, danger="yes", group="other")))
    assert kept.text == KNIFE
    assert kept.safety_shown["emergency"] == town.house.app.reference.profile.safety("emergency").version


async def test_whoever_had_the_card_need_not_read_it_again(town: Town) -> None:
    await say(town.ada, KNIFE)
    await carry_on(town.ada)
    assert step_of(await say(town.ada, "yes")) == "offer"


async def test_hiding_the_chat_stays_on_offer_under_a_later_card(town: Town) -> None:
    assert "Hide this chat" in (await say(town.ada, ABUSE)).labels
    shown = await say(town.ada, "please hurry he is coming back and he has a knife")
    assert "call 999" in shown.text
    assert "Hide this chat" in shown.labels


@pytest.mark.parametrize("said", ["yes he is", "yeah still here", "not sure"])
async def test_a_typed_yes_or_a_doubt_about_danger_brings_the_card_and_is_kept(town: Town, said: str) -> None:
    await say(town.ada, "loud music from the flat above since eleven")
    shown = await say(town.ada, said)
    assert "call 999" in shown.text
    draft = await town.draft(town.ada)
    assert draft is not None
    assert draft.answers["danger"] == "yes"
    assert said in draft.answers["what"]


@pytest.mark.parametrize("language", EMERGENCIES)
async def test_danger_in_every_language_brings_the_card_with_the_english_beneath(
    town: Town, language: str
) -> None:
    person = town.emulator.person(f"Eva {language}", language_code=language)
    shown = await say(person, EMERGENCIES[language])
    assert "999" in shown.text
    english = shown.text.index("If someone is in danger now, call 999.")
    folded = [mark for mark in shown.raw["entities"] if mark["type"] == "expandable_blockquote"]
    before = len(shown.text[:english].encode("utf-16-le")) // 2
    assert folded[0]["offset"] == before
    assert "\ue000" not in shown.text


@pytest.mark.parametrize("step", ["where", "extra.hours", "what"])
async def test_the_screen_runs_at_every_step_where_words_are_typed(town: Town, step: str) -> None:
    await start(town.ada, step)
    await say(town.ada, KNIFE)
    assert any("If someone is in danger now" in said for said in said_since(town.ada))
    draft = await town.open_draft(town.ada)
    assert step in draft.answers
    assert "emergency" in draft.answers["cards"]


async def test_the_screen_runs_on_an_edited_answer(town: Town) -> None:
    await start(town.ada, "what")
    first = town.ada.say("Loud music")
    await town.ada.wait_for("Where is it")
    town.ada.edit(first.id, KNIFE)
    await town.ada.wait_for("If someone is in danger now")


async def test_the_screen_runs_on_an_addition_to_a_report(town: Town) -> None:
    reference = await town.report(town.ada)
    town.ada.tap_data(f"o:see:{reference}", town.ada.last.id)
    await town.ada.wait_for("Now: Received")
    town.ada.tap_data(f"o:add:{reference}", town.ada.last.id)
    await town.settled()
    town.ada.say(KNIFE)
    await town.ada.wait_for("If someone is in danger now")


async def test_despair_brings_the_crisis_lines_and_alerts_the_granted_alone(town: Town) -> None:
    trusted = await guardian(town)
    shown = await say(town.ada, DESPAIR)
    assert "116 123" in shown.text
    assert step_of(shown) is None
    waiting = await town.house.read(alerts.listing, trusted.staff, 100)
    assert DESPAIR in [one.text for one in waiting]
    assert await town.house.read(alerts.listing, town.officer.staff, 100) == []


async def test_the_alert_reaches_the_duty_contact_without_a_word_of_it(town: Town) -> None:
    await guardian(town, town.ben.id)
    assert "has been told" in (await say(town.ada, DESPAIR)).text
    told = await town.ben.wait_for("Alert")
    assert "/console/alerts/" in told.text
    assert "want to die" not in told.text


async def test_outside_duty_hours_the_card_promises_nothing(own_town: Town) -> None:
    await guardian(own_town, own_town.ben.id)
    own_town.pass_time(hours=10)
    shown = await say(own_town.ada, DESPAIR)
    assert "116 123" in shown.text
    assert "has been told" not in shown.text


async def test_an_answer_to_an_alert_reaches_the_person(town: Town) -> None:
    trusted = await guardian(town)
    await say(town.ada, DESPAIR)
    waiting = await town.house.read(alerts.listing, trusted.staff, 100)
    one = next(found for found in waiting if found.done_at is None and found.text == DESPAIR)
    await town.house.write(alert.answer, trusted, one.id, "I am Cleo from the team. Can I ring you?")
    await town.ada.wait_for("Can I ring you?")
    await town.house.write(alert.finish, trusted, one.id, "Rang, safe with her sister.")
    done = await town.house.read(alerts.one, trusted.staff, one.id)
    assert (done.done_by, done.note) == ("Guardian", "Rang, safe with her sister.")


async def test_abuse_offers_to_hide_the_chat_and_asks_whether_writing_is_safe(town: Town) -> None:
    shown = await say(town.ada, ABUSE)
    assert "Hide this chat" in shown.labels
    await carry_on(town.ada)
    asked = await fill(town.ada, "safe_contact", offer="domestic_abuse")
    assert "safe for us to write to you" in asked.text
    await tap(town.ada, "no")
    who = await town.house.read(chat.who, town.ada.id)
    assert who.resident is not None
    assert who.resident.do_not_contact


async def test_whoever_must_not_be_written_to_gets_answers_but_no_pushes(town: Town) -> None:
    await say(town.ada, ABUSE)
    await carry_on(town.ada)
    shown = await fill(town.ada, offer="domestic_abuse", safe_contact="no")
    reference = reference_in(shown)
    await town.settled()
    before = len(town.ada.messages)
    trusted = await guardian(town)
    from store.actions import triage

    await town.house.write(triage.take, trusted, reference)
    await town.settled()
    assert len(town.ada.messages) == before
    await say(town.ada, "/myreports")
    assert len(town.ada.messages) > before


async def test_hide_this_chat_takes_every_message_away(town: Town) -> None:
    town.ada.say("hello")
    await town.ada.wait_for("What would you like")
    shown = await say(town.ada, ABUSE)
    await town.settled()
    town.ada.tap_data("o:hide:", shown.id)
    await town.ada.wait_until(lambda: not town.ada.messages)
    assert (await town.draft(town.ada)) is not None


async def test_after_hiding_nothing_of_a_report_shows_until_its_person_wishes_to_go_on(town: Town) -> None:
    shown = await say(town.ada, ABUSE)
    town.ada.tap_data("o:hide:", shown.id)
    await town.ada.wait_until(lambda: not town.ada.messages)
    await say(town.ada, "it was the same again on friday")
    await town.settled()
    asked = town.ada.messages[-1]
    assert "o:resume:" in data_of(asked)
    assert "danger" not in asked.text
    draft = await town.draft(town.ada)
    assert draft is not None
    assert draft.answers["what"].splitlines() == [ABUSE, "it was the same again on friday"]
    await tap_own(town.ada, "o:resume:", "Is anyone in danger")


async def test_the_wish_not_to_be_written_to_can_be_taken_back(town: Town) -> None:
    await say(town.ada, "/privacy")
    town.ada.tap("Do not write to me first")
    await town.ada.wait_for("We will not write to you first")
    town.ada.tap("You may write to me again")
    await town.ada.wait_for("when there is news")
    who = await town.house.read(chat.who, town.ada.id)
    assert who.resident is not None
    assert not who.resident.do_not_contact
