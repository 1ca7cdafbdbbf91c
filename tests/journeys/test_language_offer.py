"""Somebody's phone speaks one language, and they write another: they are asked once."""

from __future__ import annotations

from bot.emulator import Person
from tests.support.form import data_of, say, step_of
from tests.support.town import Town

POLISH = "Codziennie w nocy u sąsiada gra głośna muzyka, nie możemy spać, dzieci płaczą."
POLISH_DANGER = "Pomocy, sąsiad ma nóż i bije kobietę na klatce, proszę szybko, boję się o nią!"
OFFER = "Would you rather go on in this language: Polski?"


async def tap_own(person: Person, data: str, then: str) -> None:
    shown = next(b for b in reversed(person.messages) if data in data_of(b))
    person.tap_data(data, shown.id)
    await person.wait_for(then, timeout=15)


def offers(person: Person) -> int:
    return sum("o:language:pl" in data_of(b) for b in person.messages)


async def offered(town: Town) -> None:
    town.ada.say(POLISH)
    await town.ada.wait_for(OFFER, timeout=15)


async def test_the_offer_is_made_in_both_languages_and_one_tap_takes_it(town: Town) -> None:
    await offered(town)
    shown = town.ada.last
    assert shown.text.startswith("Czy wolą Państwo pisać dalej po polsku?")
    assert shown.labels == ["Polski", "English"]
    await tap_own(town.ada, "o:language:pl", "Czy ktoś jest teraz w niebezpieczeństwie")
    draft = await town.open_draft(town.ada)
    assert draft is not None
    assert draft.answers["what"] == POLISH


async def test_whoever_declines_is_not_asked_again_and_goes_on_where_they_were(town: Town) -> None:
    await offered(town)
    await tap_own(town.ada, "o:language_kept:", "I go on in English")
    question = next(b for b in reversed(town.ada.messages) if step_of(b) is not None)
    assert "Is anyone in danger" in question.text
    await say(town.ada, POLISH)
    await town.settled()
    assert offers(town.ada) == 0  # the one there was has become the answer


async def test_whoever_takes_no_notice_is_not_asked_again_either(town: Town) -> None:
    await offered(town)
    town.ada.say(POLISH)
    await town.settled()
    assert offers(town.ada) == 1


async def test_whoever_chose_a_language_is_not_asked(town: Town) -> None:
    town.ada.say("/language")
    await town.ada.wait_for("Which language", timeout=15)
    await tap_own(town.ada, "o:language:en", "I will write in English")
    town.ada.say(POLISH)
    await town.settled()
    assert not any(OFFER in b.text for b in town.ada.messages)


async def test_a_short_text_brings_no_offer(town: Town) -> None:
    town.ada.say("Dzień dobry, mam problem")
    await town.settled()
    assert offers(town.ada) == 0


async def test_under_a_card_that_stands_alone_the_offer_waits_and_the_card_speaks_both(town: Town) -> None:
    shown = await say(town.ada, POLISH_DANGER)
    assert "999" in shown.text
    assert "If someone is in danger now, call 999." in shown.text
    polish = town.house.app.reference.profile.safety("emergency").text["pl"]
    assert shown.text.startswith(polish)
    await town.settled()
    assert offers(town.ada) == 0
    await tap_own(town.ada, "o:carry_on:", OFFER)
    assert offers(town.ada) == 1
