"""The safety screen hears what is written under a file, after a command, and in an edit."""

from __future__ import annotations

import pytest

from store.domain.message import MessageKind
from tests.journeys.test_file import JPEG
from tests.journeys.test_question import said_by_ada
from tests.journeys.test_safety import KNIFE, tap_own
from tests.support.form import fill, say, start, step_of, tap
from tests.support.town import Town, reference_in, said_since

CARD = "If someone is in danger now"
NEWS = "they come back every friday"


@pytest.mark.parametrize("step", ["danger", "what", "where", "when", "still", "files", "review"])
async def test_the_screen_runs_on_a_caption_and_nothing_is_asked_under_its_card(
    town: Town, step: str
) -> None:
    await start(town.ada, step, group="other")
    town.ada.send_photo(JPEG, caption=KNIFE)
    await town.ada.wait_for(CARD)
    await town.settled()
    assert len(said_since(town.ada)) == 1
    draft = await town.open_draft(town.ada)
    assert "emergency" in draft.answers["cards"]
    assert KNIFE in draft.answers["what"]
    assert len(draft.answers["evidence"]) == 1


@pytest.mark.parametrize("step", ["where", "when", "still", "files", "review"])
async def test_a_caption_that_answers_nothing_is_part_of_the_story(town: Town, step: str) -> None:
    await start(town.ada, step, group="other")
    town.ada.send_photo(JPEG, caption=NEWS)
    await town.ada.wait_for("I have added this to your report")
    draft = await town.open_draft(town.ada)
    assert draft.step == step
    assert draft.answers["what"].splitlines()[-1] == NEWS
    assert step not in draft.answers


async def test_a_caption_that_tells_nothing_is_left(town: Town) -> None:
    await start(town.ada, "files", group="other")
    before = (await town.open_draft(town.ada)).answers["what"]
    town.ada.send_photo(JPEG, caption="🎉")
    await town.ada.wait_for("have your file")
    await town.settled()
    assert len(said_since(town.ada)) == 1
    assert (await town.open_draft(town.ada)).answers["what"] == before


async def test_a_caption_that_makes_the_story_too_long_is_refused_in_words(town: Town) -> None:
    await start(town.ada, "what", group="other")
    for _ in range(5):
        await say(town.ada, "/report")
        await say(town.ada, "All night long. " * 250)
    town.ada.tap_data("o:resume:", town.ada.last.id)
    await town.ada.wait_for("carry on")
    town.ada.send_photo(JPEG, caption=NEWS)
    await town.ada.wait_for("up to 20000")


COMMANDS = [
    "/help",
    "/start",
    "/myreports",
    "/projects",
    "/cancel",
    "/privacy",
    "/language",
    "/somebody",
    "/open",
]


@pytest.mark.parametrize("command", [*COMMANDS, "/report"])
async def test_what_is_typed_with_a_command_is_screened_and_kept(town: Town, command: str) -> None:
    town.ada.say(f"{command} {KNIFE}")
    await town.ada.wait_for(CARD)
    await town.settled()
    assert len(said_since(town.ada)) == 1
    await tap_own(town.ada, "o:carry_on:", "Is anyone in danger")
    assert (await town.kept(reference_in(await fill(town.ada, offer="other", group="other")))).text == KNIFE


@pytest.mark.parametrize("command", COMMANDS)
async def test_what_is_typed_with_a_command_goes_with_the_open_report(town: Town, command: str) -> None:
    await start(town.ada, "where", group="other")
    town.ada.say(f"{command} {KNIFE}")
    await town.ada.wait_for(CARD)
    await town.settled()
    assert len(said_since(town.ada)) == 1
    draft = await town.open_draft(town.ada)
    assert (draft.step, draft.answers["what"].splitlines()[-1]) == ("where", KNIFE)


async def test_a_command_with_harmless_words_is_that_command(town: Town) -> None:
    assert "What I can do" in (await say(town.ada, "/help please")).text
    assert await town.draft(town.ada) is None


async def test_report_with_words_begins_with_them(town: Town) -> None:
    shown = await say(town.ada, "/report two old sofas\nin the alley")
    assert "I have kept what you wrote" in shown.text
    assert step_of(shown) == "danger"
    kept = await town.kept(reference_in(await fill(town.ada, group="other")))
    assert kept.text == "two old sofas\nin the alley"


async def test_report_with_words_that_read_as_a_question_is_still_a_report(town: Town) -> None:
    shown = await say(town.ada, "/report when is the next meeting in ramsgate please?")
    assert step_of(shown) == "danger"


async def test_report_with_words_keeps_them_with_the_open_one_and_asks_whether_to_go_on(town: Town) -> None:
    await start(town.ada, "where", group="other")
    town.ada.say(f"/report {NEWS}")
    shown = await town.ada.wait_for("not sent yet")
    assert shown.labels == ["Carry on", "Start again"]
    assert (await town.open_draft(town.ada)).answers["what"].splitlines()[-1] == NEWS


async def test_report_with_the_story_at_what_happened_does_not_ask_it_again(town: Town) -> None:
    await start(town.ada, "what", group="other")
    await say(town.ada, f"/report {NEWS}")
    await town.ada.wait_for("not sent yet")
    assert step_of(await say(town.ada, "carry on")) == "where"


async def test_an_edit_of_report_with_words_changes_them(town: Town) -> None:
    first = town.ada.say("/report two old sofas")
    await town.ada.wait_for("kept what you wrote")
    town.ada.edit(first.id, "/report two old beds")
    await town.ada.wait_for("changed your answer")
    assert (await town.open_draft(town.ada)).answers["what"] == "two old beds"


async def test_an_edit_after_sending_is_screened_and_kept_as_its_card_says(town: Town) -> None:
    await start(town.ada, "what", group="other")
    told = town.ada.say("Loud music")
    await town.ada.wait_for("Where is it")
    reference = reference_in(await fill(town.ada))
    town.ada.edit(told.id, KNIFE)
    await town.ada.wait_for("does not change a report")
    assert CARD in said_since(town.ada)[0]
    assert (await town.kept(reference)).text == "Loud music"
    await tap_own(town.ada, "o:carry_on:", "Is this more about report")
    await tap(town.ada, "answer")
    assert await said_by_ada(town, reference) == [(MessageKind.ADDITION, KNIFE)]


async def test_an_edit_of_an_old_message_goes_with_the_report_that_is_open(town: Town) -> None:
    told = town.ada.say("hello")
    await town.ada.wait_for("What would you like")
    await start(town.ada, "where", group="other")
    town.ada.edit(told.id, KNIFE)
    await town.ada.wait_for("does not change a report")
    draft = await town.open_draft(town.ada)
    assert (draft.step, draft.answers["what"].splitlines()[-1]) == ("where", KNIFE)
