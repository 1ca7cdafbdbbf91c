"""Who is in despair gets the crisis card first and alone, then an open choice; nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.chat.resident import lead
from store.queries import alerts
from tests.journeys.test_file import JPEG
from tests.journeys.test_safety import tap_own
from tests.support.form import fill, say, step_of, tap
from tests.support.town import Town, guardian, reference_in, said_since

CARD = "If someone is in danger now"
LIVES = "116 123"
DESPAIR = {
    "en": "i want to die",
    "pl": "nie chcę już żyć",
    "ro": "vreau să mor",
    "cs": "chci umřít",
    "sk": "nechcem žiť",
    "uk": "хочу померти",
}


@pytest.mark.parametrize("language", DESPAIR)
async def test_the_crisis_card_stands_alone_and_names_999(town: Town, language: str) -> None:
    person = town.emulator.person(f"Eva {language}", language_code=language)
    shown = await say(person, DESPAIR[language])
    await town.settled()
    assert len(said_since(person)) == 1
    assert LIVES in shown.text
    assert "999" in shown.text
    assert CARD not in shown.text
    assert "If your life or someone else's is in danger: call 999." in shown.text


async def choice(town: Town, said: str = DESPAIR["en"]) -> None:
    await say(town.ada, said)
    await tap_own(town.ada, "o:carry_on:", "say more")
    assert step_of(town.ada.last) == "lead"


async def test_carrying_on_brings_an_open_choice_and_no_form(town: Town) -> None:
    shown = await say(town.ada, DESPAIR["en"])
    assert shown.labels == ["Carry on"]
    await tap_own(town.ada, "o:carry_on:", "say more")
    assert town.ada.last.labels[:3] == [
        "1. I want to say more",
        "2. Nothing more",
        "3. I want to report a problem",
    ]


async def test_saying_more_is_kept_with_what_was_said_and_asked_no_questions(town: Town) -> None:
    trusted = await guardian(town)
    said = "i want to die, i have nobody left here"
    await choice(town, said)
    await tap(town.ada, "more")
    town.pass_time(minutes=30)
    shown = await say(town.ada, "he left me and the flat is all i had")
    assert step_of(shown) == "lead"
    await tap(town.ada, "report")
    kept = await town.kept(reference_in(await fill(town.ada, group="other")))
    assert kept.text == f"{said}\nhe left me and the flat is all i had"
    assert "suicide_selfharm" in kept.safety_shown
    told = [one for one in await town.house.read(alerts.listing, trusted.staff, 100) if one.done_at is None]
    assert [one.text for one in told].count(said) == 1


async def test_nothing_more_ends_it_kindly_and_what_follows_is_still_heard_so(town: Town) -> None:
    await choice(town)
    shown = await tap(town.ada, "enough")
    assert "write here again at any time" in shown.text
    assert step_of(await say(town.ada, "are you there")) == "lead"


async def test_stop_in_despair_takes_nothing_back_that_was_told(town: Town) -> None:
    await choice(town)
    shown = await say(town.ada, "stop")
    assert "write here again at any time" in shown.text
    assert (await town.open_draft(town.ada)).answers["parts"]


async def test_a_day_later_other_words_are_other_words(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    await choice(town)
    monkeypatch.setattr(lead, "DESPAIR_LASTS", timedelta(seconds=-1))  # the messenger dates what is said
    shown = await say(town.ada, "the bins in our street were not emptied and rubbish is everywhere")
    assert step_of(shown) == "danger"


async def test_a_picture_in_despair_is_held_and_begins_no_form(town: Town) -> None:
    await choice(town)
    town.ada.send_photo(JPEG)
    await town.ada.wait_for("say more")
    draft = await town.open_draft(town.ada)
    assert (draft.form, len(draft.answers["files"])) == ("kept", 1)


async def test_for_another_on_a_ledge_999_comes_first(town: Town) -> None:
    shown = await say(town.ada, "bloke on the edge of the multi storey")
    assert shown.text.startswith(CARD)


@pytest.mark.parametrize("said", ["i dont want to do this anymore", "this bass is killing me"])
async def test_a_manner_of_speaking_brings_no_crisis_card(town: Town, said: str) -> None:
    await say(town.ada, said)
    await town.settled()
    assert LIVES not in "".join(said_since(town.ada))
