"""Words out of the blue while the team waits for an answer: held together until it is clear what they are."""

from __future__ import annotations

import pytest

from store.actions import message, resident
from store.domain.message import MessageKind
from store.queries import chat
from tests.journeys.test_question import asked, said_by_ada
from tests.journeys.test_safety import ABUSE, KNIFE, tap_own
from tests.support.form import fill, say, step_of, tap
from tests.support.town import Town, reference_in


async def test_several_messages_are_one_answer(town: Town) -> None:
    reference = await asked(town)
    for text in ("Number nine", "it has a red door"):
        shown = await say(town.ada, text)
        assert f"Is this your answer about report {reference}?" in shown.text
    await tap(town.ada, "answer")
    expected = (MessageKind.ANSWER, "Number nine\nit has a red door")
    assert await said_by_ada(town, reference) == [expected]


async def test_several_messages_are_one_new_report(town: Town) -> None:
    reference = await asked(town)
    await say(town.ada, "The bins are full again")
    await say(town.ada, "and the foxes are at them")
    await tap(town.ada, "new")
    kept = await town.kept(reference_in(await fill(town.ada, group="other")))
    assert kept.text == "The bins are full again\nand the foxes are at them"
    assert await said_by_ada(town, reference) == []


@pytest.mark.parametrize("text", ["thanks", "7", "🎉"])
async def test_words_that_tell_nothing_do_not_lose_those_before(town: Town, text: str) -> None:
    reference = await asked(town)
    question = await say(town.ada, "Number nine")
    await say(town.ada, text)
    await tap(town.ada, "answer", question)
    assert await said_by_ada(town, reference) == [(MessageKind.ANSWER, "Number nine")]


async def test_a_greeting_does_not_lose_what_was_led_on(town: Town) -> None:
    led = await say(town.ada, "when is the next meeting in ramsgate please?")
    assert "What would you like" in (await say(town.ada, "thank you")).text
    assert step_of(await tap(town.ada, "report", led)) == "danger"


async def test_an_edit_of_one_of_several_changes_that_part(town: Town) -> None:
    reference = await asked(town)
    first = town.ada.say("Number nin")
    await town.ada.wait_for("Is this your answer")
    await say(town.ada, "it has a red door")
    town.ada.edit(first.id, "Number nine")
    await town.ada.wait_for("Is this your answer")
    await tap(town.ada, "answer")
    expected = (MessageKind.ANSWER, "Number nine\nit has a red door")
    assert await said_by_ada(town, reference) == [expected]


async def test_a_card_shown_before_it_is_clear_goes_with_the_new_report(town: Town) -> None:
    await asked(town)
    await say(town.ada, ABUSE)
    await tap_own(town.ada, "o:carry_on:", "Is this your answer")
    await say(town.ada, "it was friday night again")
    await tap(town.ada, "new")
    shown = await fill(town.ada, "safe_contact", offer="other", group="other")
    assert step_of(shown) == "safe_contact"
    kept = await town.kept(reference_in(await fill(town.ada)))
    assert kept.text == f"{ABUSE}\nit was friday night again"
    version = town.house.app.reference.profile.safety("domestic_abuse").version
    assert kept.safety_shown["domestic_abuse"] == version


async def test_a_card_is_shown_once_while_messages_are_held(town: Town) -> None:
    await asked(town)
    await say(town.ada, KNIFE)
    await tap_own(town.ada, "o:carry_on:", "Is this your answer")
    assert step_of(await say(town.ada, "he is at the door")) == "which"


async def test_who_is_never_written_to_reads_the_question_with_it(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    ada = (await town.house.read(chat.who, town.ada.id)).resident
    assert ada is not None
    await town.house.write(resident.set_do_not_contact, ada, True)
    await town.staff_does(message.ask, reference, "Which house is it?")
    await town.settled()
    assert "The team asks: Which house is it?" in (await say(town.ada, "Number nine")).text
