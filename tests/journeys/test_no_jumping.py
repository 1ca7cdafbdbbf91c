"""No step is ever jumped over: not by an edit, an old button, or data that nobody offered."""

from __future__ import annotations

import pytest

from tests.support.form import CHANGE, GO_TO, SEND, SKIP, data_of, fill, say, start, step_of, tap
from tests.support.town import Town


async def test_danger_that_an_edit_brings_up_shows_the_card_before_anything_is_sent(town: Town) -> None:
    town.ada.say("/report")
    await town.ada.wait_for("danger")
    said = town.ada.say("no")
    await town.ada.wait_for()
    await fill(town.ada, "review")
    town.ada.edit(said.id, "yes")
    shown = await town.ada.wait_for()
    assert step_of(shown) == "danger_card"
    assert "999" in shown.text


@pytest.mark.parametrize("value", [SEND, CHANGE, GO_TO + "review", GO_TO + "identity"])
async def test_what_belongs_to_the_review_does_nothing_before_it(town: Town, value: str) -> None:
    shown = await start(town.ada, "what")
    data = next(d for d in data_of(shown) if d.endswith(":~b"))
    town.ada.tap_data(data.removesuffix("~b") + value, shown.id)
    await town.ada.wait_until(lambda: bool(town.ada.callback_answers), 3, "an answer")
    assert (await town.open_draft(town.ada)).step == "what"
    assert step_of(await say(town.ada, "It goes on.")) == "where"


async def test_a_button_of_an_older_form_does_not_act_on_the_next_one(town: Town) -> None:
    old = await start(town.ada, "review")
    send = next(d for d in data_of(old) if d.endswith(SEND))
    await fill(town.ada)
    await start(town.ada, "review")
    town.ada.tap_data(send, old.id)
    await town.ada.wait_until(lambda: bool(town.ada.callback_answers), 3, "an answer")
    assert (await town.open_draft(town.ada)).step == "review"


async def test_an_old_start_again_does_not_wipe_the_form_that_came_after_it(town: Town) -> None:
    await start(town.ada, "where", group="other")
    town.ada.say("/report")
    asked = await town.ada.wait_for("carry on")
    again = next(d for d in data_of(asked) if d.startswith("o:restart"))
    await tap_own(town, "Carry on")
    await say(town.ada, "the clock tower")
    town.ada.tap_data(again, asked.id)
    await town.ada.wait_until(lambda: len(town.ada.callback_answers) > 1, 3, "an answer")
    assert (await town.open_draft(town.ada)).step == "when"


async def test_skipping_at_a_change_takes_the_answer_out(town: Town) -> None:
    await start(town.ada, "review", group="other")
    await tap(town.ada, CHANGE)
    await tap(town.ada, GO_TO + "where")
    assert step_of(await tap(town.ada, SKIP)) == "review"
    assert (await town.open_draft(town.ada)).answers["where"] is None


async def tap_own(town: Town, label: str) -> None:
    town.ada.tap(label)
    await town.ada.wait_for()
