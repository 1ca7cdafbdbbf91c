"""A child is spoken to as one, a second danger is not played down, and a cry needs no words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.journeys.test_file import JPEG
from tests.journeys.test_safety import tap_own
from tests.support.form import data_of, fill, say, start, step_of
from tests.support.town import Town, guardian, reference_in, said_since

CARD = "If someone is in danger now"
CHILDREN = {
    "en": "my mum hits me im in year 6",
    "pl": "mam 11 lat i tata mnie bije",
    "ro": "am 11 ani și tata mă bate",
    "cs": "je mi 11 a táta mě bije",
    "sk": "mám 11 rokov a otec ma bije",
    "uk": "мені 11 років і тато мене б'є",
}


@pytest.mark.parametrize("language", CHILDREN)
async def test_a_child_hears_of_childline_first_and_not_of_the_adults_helpline(
    town: Town, language: str
) -> None:
    person = town.emulator.person(f"Eva {language}", language_code=language)
    shown = await say(person, CHILDREN[language])
    await town.settled()
    assert len(said_since(person)) == 1
    assert "Thank you for telling us. It is not your fault" in shown.text
    assert shown.text.index("0800 1111") < shown.text.index("999")
    assert "0808 2000 247" not in shown.text
    assert "o:hide:" in data_of(shown)


async def test_data_from_before_the_childs_card_says_the_card_itself(own_town: Town) -> None:
    reference = own_town.house.app.reference
    texts = tuple(text for text in reference.profile.safety_texts if text.code != "child_writes")
    profile = replace(reference.profile, safety_texts=texts)
    own_town.house.app.reference = replace(reference, profile=profile)
    assert "03000 41 11 11" in (await say(own_town.ada, CHILDREN["en"])).text


async def test_what_a_child_tells_is_kept_as_a_child_at_risk_and_asks_whether_writing_is_safe(
    town: Town,
) -> None:
    await guardian(town)
    await say(town.ada, CHILDREN["en"])
    await tap_own(town.ada, "o:carry_on:", "Is anyone in danger")
    shown = await fill(town.ada, "safe_contact", offer="child_at_risk")
    assert step_of(shown) == "safe_contact"
    kept = await town.kept(reference_in(await fill(town.ada)))
    assert kept.record_type == "safeguarding"
    assert {"child_writes", "child_at_risk"} <= set(kept.safety_shown)


async def test_a_small_child_alone_in_the_street_brings_a_card_that_stands_alone(town: Town) -> None:
    shown = await say(town.ada, "theres a little girl on her own in the street, cant be more than 3")
    await town.settled()
    assert len(said_since(town.ada)) == 1
    assert shown.text.startswith(CARD)
    assert "Childline" in shown.text


async def test_another_kind_of_danger_brings_the_card_again_but_the_same_one_does_not(town: Town) -> None:
    assert (await say(town.ada, "hes trying to get in the back door")).text.startswith(CARD)
    await tap_own(town.ada, "o:carry_on:", "Is anyone in danger")
    await say(town.ada, "still trying to get in")
    await town.settled()
    assert CARD not in "".join(said_since(town.ada))
    assert (await say(town.ada, "he has a knife now")).text.startswith(CARD)
    draft = await town.open_draft(town.ada)
    assert set(draft.answers["dangers"]) == {"break_in", "weapon"}


@pytest.mark.parametrize("cry", ["999", "112", "SOS", "🆘", "im scared", "I'm really frightened"])
async def test_a_cry_without_a_story_brings_the_card(town: Town, cry: str) -> None:
    shown = await say(town.ada, cry)
    await town.settled()
    assert len(said_since(town.ada)) == 1
    assert shown.text.startswith(CARD)


@pytest.mark.parametrize("cry", ["999", "\N{SQUARED SOS}"])
async def test_a_cry_inside_a_form_or_while_led_on_brings_the_card_alone(town: Town, cry: str) -> None:
    await start(town.ada, "where", group="other")
    await say(town.ben, "there is a massive pothole on my road, who fixes it")
    for person in (town.ada, town.ben):
        assert (await say(person, cry)).text.startswith(CARD)
        await town.settled()
        assert len(said_since(person)) == 1


async def test_under_the_picture_of_an_injury_stands_a_cry_too(town: Town) -> None:
    town.ada.send_photo(JPEG, caption="look what he did")
    shown = await town.ada.wait_for("0808 2000 247")
    assert "o:hide:" in data_of(shown)


async def test_rape_brings_kind_words_and_more_than_101(town: Town) -> None:
    shown = await say(town.ada, "i was raped last night")
    await town.settled()
    assert len(said_since(town.ada)) == 1
    assert "I am sorry this happened" in shown.text
    assert "0808 168 9276" in shown.text
    assert "999" in shown.text
    draft = await town.open_draft(town.ada)
    assert {"sexual_assault", "crime_not_asb"} <= {*draft.answers["seen"], *draft.answers["cards"]}
