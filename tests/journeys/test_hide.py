"""To hide the chat: by a word, by a neutral command, under every question of a report about abuse."""

from __future__ import annotations

import pytest

from bot.emulator import Person
from store.domain.resident import Resident
from store.queries import chat
from tests.journeys.test_safety import ABUSE, carry_on, tap_own
from tests.support.form import STORY, data_of, fill, say, start, step_of
from tests.support.town import Town, guardian, reference_in

WATCHED = {
    "en": "he goes through my phone",
    "pl": "on sprawdza mój telefon",
    "ro": "soțul îmi verifică telefonul",
    "cs": "manžel mi kontroluje mobil",
    "sk": "manžel mi číta správy",
    "uk": "він перевіряє мій телефон",
}
WISHES = {
    "en": "Please delete this chat, quick!",
    "pl": "ukryj ten czat",
    "ro": "ascunde acest chat",
    "cs": "skryj tento chat",
    "sk": "skry tento čet",
    "uk": "сховай цей чат",
}


async def resident(town: Town, person: Person) -> Resident:
    found = (await town.house.read(chat.who, person.id)).resident
    assert found is not None
    return found


async def emptied(town: Town, person: Person) -> None:
    """Wait until nothing is left in the chat, and see that nothing follows."""
    await person.wait_until(lambda: not person.messages)
    await town.settled()
    assert not person.messages


@pytest.mark.parametrize("language", WATCHED)
async def test_a_watched_phone_brings_the_card_with_hiding_on_offer(town: Town, language: str) -> None:
    person = town.emulator.person(f"Eva {language}", language_code=language)
    shown = await say(person, WATCHED[language])
    assert "0808 2000 247" in shown.text
    assert "o:hide:" in data_of(shown)


@pytest.mark.parametrize("language", WISHES)
async def test_the_bare_wish_hides_the_chat_at_once(town: Town, language: str) -> None:
    person = town.emulator.person(f"Eva {language}", language_code=language)
    await say(person, "loud music next door all night long")
    await town.settled()
    person.say(WISHES[language])
    await emptied(town, person)
    assert (await resident(town, person)).do_not_contact


async def test_a_wish_to_hide_among_other_words_brings_the_card_and_keeps_them(town: Town) -> None:
    said = "can i delete this chat after, my partner shouts when he finds things"
    shown = await say(town.ada, said)
    assert "o:hide:" in data_of(shown)
    assert (await town.open_draft(town.ada)).answers["what"] == said


async def test_the_neutral_command_hides_the_chat_and_keeps_the_open_report(town: Town) -> None:
    await start(town.ada, "where", group="other")
    await town.settled()
    town.ada.say("/clear")
    await emptied(town, town.ada)
    draft = await town.open_draft(town.ada)
    assert (draft.step, draft.answers["asked"]) == ("where", "hidden")
    assert (await resident(town, town.ada)).do_not_contact


@pytest.mark.parametrize("hello", ["hi", "yes", "/start", "/help", "/foo", "/language"])
async def test_who_says_hello_after_hiding_hears_nothing_of_the_open_report(town: Town, hello: str) -> None:
    await start(town.ada, "where", group="other")
    await town.settled()
    town.ada.say("/clear")
    await emptied(town, town.ada)
    await say(town.ada, hello)
    await town.settled()
    said = " ".join(f"{m.text} {' '.join(data_of(m))}" for m in town.ada.messages if m.from_bot)
    assert not any(sign in said for sign in ("not sent yet", "Where", "f:report", "o:resume"))
    await say(town.ada, "/report")
    await tap_own(town.ada, "o:resume:", "Where")


async def test_a_story_told_after_hiding_joins_the_open_report(town: Town) -> None:
    await start(town.ada, "where", group="other")
    await town.settled()
    town.ada.say("/clear")
    await emptied(town, town.ada)
    town.ada.say("he kicked the bins over again last night")
    await town.ada.wait_for("not sent yet")
    assert (await town.open_draft(town.ada)).answers["what"].endswith("again last night")


async def test_a_story_typed_with_the_neutral_command_is_kept_and_nothing_is_said_of_it(town: Town) -> None:
    town.ada.say("/clear the lads next door play loud music every night")
    await emptied(town, town.ada)
    draft = await town.open_draft(town.ada)
    assert draft.answers["what"] == "the lads next door play loud music every night"
    town.ada.say("/report")
    await town.ada.wait_for("not sent yet")


async def test_an_edit_into_the_wish_hides_the_chat(town: Town) -> None:
    told = town.ada.say("loud music next door all night long")
    await town.ada.wait_for("Is anyone in danger")
    await town.settled()
    town.ada.edit(told.id, "hide this chat")
    await emptied(town, town.ada)


async def test_after_hiding_nothing_is_pushed_and_the_sent_report_promises_none(town: Town) -> None:
    town.ada.say("/clear")
    await town.settled()
    await say(town.ada, "/report")
    shown = await fill(town.ada, group="other")
    assert "We will not write to you first" in shown.text
    assert "o:hide:" in data_of(shown)
    reference = reference_in(shown)
    await town.settled()
    before = len(town.ada.messages)
    from store.actions import triage

    await town.staff_does(triage.take, reference)
    await town.settled()
    assert len(town.ada.messages) == before


async def test_who_hid_the_chat_may_be_written_to_again_from_their_list(town: Town) -> None:
    await town.report(town.ada, group="other")
    town.ada.say("/clear")
    await emptied(town, town.ada)
    await say(town.ada, "/myreports")
    await tap_own(town.ada, "o:speak:", "when there is news")
    assert not (await resident(town, town.ada)).do_not_contact


async def test_hiding_is_on_offer_under_every_question_about_abuse_and_when_it_is_sent(town: Town) -> None:
    await guardian(town)
    await say(town.ada, ABUSE)
    await carry_on(town.ada)
    for step in ("offer", "safe_contact", "where", "identity", "review"):
        shown = await fill(town.ada, step, offer="domestic_abuse", safe_contact="yes")
        assert (step_of(shown), "o:hide:" in data_of(shown)) == (step, True)
    shown = await fill(town.ada)
    reference_in(shown)
    assert "o:hide:" in data_of(shown)
    assert "We will write to you here" in shown.text


async def test_other_reports_are_not_cluttered_with_it(town: Town) -> None:
    shown = await say(town.ada, STORY)
    assert "o:hide:" not in data_of(shown)
    assert "o:hide:" not in data_of(await fill(town.ada, group="other"))


async def test_the_card_tapped_before_it_is_written_down_as_sent_goes_too(town: Town) -> None:
    shown = await say(town.ada, ABUSE)
    town.ada.tap_data("o:hide:", shown.id)
    await emptied(town, town.ada)
