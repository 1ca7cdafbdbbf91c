"""A story told in several quick messages, or where it was not asked for: not a word of it is lost."""

from __future__ import annotations

import pytest

from bot.emulator import Person
from tests.journeys.test_safety import KNIFE, tap_own
from tests.support.form import SKIP, fill, say, start, step_of, tap
from tests.support.town import Town, reference_in, said_since

TOLD = (
    "next door is at it again",
    "they throw bottles at the windows",
    "it's always the same ones",
    "we cannot sleep",
)


def say_quickly(person: Person, *texts: str) -> None:
    for text in texts:
        person.say(text)


async def test_quick_messages_after_what_happened_are_one_story(patient_town: Town) -> None:
    town = patient_town
    await start(town.ada, "what", group="other")
    say_quickly(town.ada, *TOLD)
    await town.settled()
    draft = await town.open_draft(town.ada)
    assert (draft.step, draft.answers["what"].splitlines()) == ("where", list(TOLD))
    await town.ada.wait_until(lambda: step_of(town.ada.last) == "where")
    kept = await town.kept(reference_in(await fill(town.ada)))
    assert kept.text.splitlines() == list(TOLD)


async def test_a_place_and_a_time_among_quick_messages_answer_what_they_answer(patient_town: Town) -> None:
    town = patient_town
    await start(town.ada, "what", group="other")
    say_quickly(town.ada, TOLD[0], "CT9 1EZ", TOLD[1], "last night", TOLD[2])
    await town.settled()
    draft = await town.open_draft(town.ada)
    assert draft.answers["what"].splitlines() == [TOLD[0], TOLD[1], TOLD[2]]
    assert draft.answers["where"]["words"] == "CT9 1EZ"
    assert draft.answers["when"] == "last_night"
    await town.ada.wait_until(lambda: step_of(town.ada.last) == "still")


async def test_an_edit_of_a_quick_message_changes_that_part(patient_town: Town) -> None:
    town = patient_town
    await start(town.ada, "what", group="other")
    town.ada.say(TOLD[0])
    second = town.ada.say("they thow bottels")
    await town.ada.wait_for("I have added this")
    town.ada.edit(second.id, TOLD[1])
    await town.ada.wait_for("changed your answer")
    assert (await town.open_draft(town.ada)).answers["what"].splitlines() == list(TOLD[:2])


async def test_words_after_a_tap_are_an_answer_again(patient_town: Town) -> None:
    town = patient_town
    await start(town.ada, "what", group="other")
    await say(town.ada, TOLD[0])
    await tap(town.ada, SKIP)
    assert step_of(await say(town.ada, "when the pub closes")) == "still"
    draft = await town.open_draft(town.ada)
    assert (draft.answers["what"], draft.answers["when"]) == (TOLD[0], {"words": "when the pub closes"})


async def test_words_at_where_are_its_answer_without_a_story_a_moment_ago(town: Town) -> None:
    await start(town.ada, "where", group="other")
    assert step_of(await say(town.ada, "by the swings")) == "when"
    assert (await town.open_draft(town.ada)).answers["where"]["words"] == "by the swings"


@pytest.mark.parametrize("step", ["still", "often", "files", "identity", "review"])
async def test_words_that_answer_nothing_go_to_the_story_wherever_they_are_said(
    town: Town, step: str
) -> None:
    await start(town.ada, step, group="other")
    before = (await town.open_draft(town.ada)).answers["what"]
    town.ada.say("one of them has a blue jacket")
    await town.ada.wait_for("I have added this to your report")
    assert step_of(await town.ada.wait_for(lambda bubble: step_of(bubble) == step)) == step
    kept = await town.kept(reference_in(await fill(town.ada)))
    assert kept.text == f"{before}\none of them has a blue jacket"


@pytest.mark.parametrize("text", ["9", "no", "skip", "thanks", "perhaps", "🎉"])
async def test_words_that_tell_nothing_are_no_part_of_the_story(town: Town, text: str) -> None:
    shown = await start(town.ada, "identity", group="other")
    before = (await town.open_draft(town.ada)).answers["what"]
    shown = await say(town.ada, text)
    assert "tap one of the buttons" in shown.text
    assert step_of(shown) == "identity"
    assert (await town.open_draft(town.ada)).answers["what"] == before


@pytest.mark.parametrize("step", ["danger", "still", "files", "identity", "review"])
async def test_what_a_card_says_is_kept_is_kept_and_nothing_is_asked_under_it(town: Town, step: str) -> None:
    await start(town.ada, step, group="other")
    await say(town.ada, KNIFE)
    await town.settled()
    [card] = said_since(town.ada)
    assert "What you wrote is kept" in card
    draft = await town.open_draft(town.ada)
    assert draft.answers["what"].splitlines()[-1] == KNIFE
    assert "emergency" in draft.answers["cards"]
    await tap_own(town.ada, "o:carry_on:", "Let us carry on")
    assert step_of(town.ada.last) == step


async def test_words_too_long_for_a_question_are_kept_where_a_card_says_so(town: Town) -> None:
    await start(town.ada, "where", group="other")
    await say(town.ada, f"{KNIFE} {'x' * 500}")
    await town.settled()
    [card] = said_since(town.ada)
    assert "What you wrote is kept" in card
    assert KNIFE in (await town.open_draft(town.ada)).answers["what"]


async def test_an_edit_that_is_no_answer_any_more_is_kept_where_a_card_says_so(town: Town) -> None:
    await start(town.ada, "still", group="other")
    said = town.ada.say("yes")
    await town.ada.wait_for("How often")
    town.ada.edit(said.id, KNIFE)
    await town.ada.wait_for("If someone is in danger now")
    await town.settled()
    draft = await town.open_draft(town.ada)
    assert (draft.answers["still"], draft.answers["what"].splitlines()[-1]) == ("yes", KNIFE)


async def test_a_story_that_gets_too_long_is_refused_in_words_also_under_a_card(town: Town) -> None:
    await start(town.ada, "files", group="other")
    for _ in range(4):
        town.ada.say("All night long. " * 280)
        await town.ada.wait_for("I have added this to your report")
    await town.settled()
    town.ada.say(f"{KNIFE} {'All night long. ' * 180}")
    await town.ada.wait_for("up to 20000")
    await town.settled()
    assert "If someone is in danger now" in said_since(town.ada)[0]
    assert all(step_of(bubble) is None for bubble in town.ada.news)
    assert KNIFE not in (await town.open_draft(town.ada)).answers["what"]
