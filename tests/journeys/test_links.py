"""Posters and web pages lead into the chat."""

from __future__ import annotations

import pytest

from tests.support.form import data_of, fill, step_of
from tests.support.town import Town, reference_in

PARKING = "/start report_vehicle-parking"


async def test_a_link_opens_the_report_at_its_category(town: Town) -> None:
    town.ada.say(PARKING)
    shown = await town.ada.wait_for("Nuisance or dangerous parking")
    assert "Nobody reads this chat live" in shown.text
    assert step_of(shown) == "danger"
    draft = await town.open_draft(town.ada)
    assert (draft.answers["group"], draft.answers["category"]) == ("vehicle", "vehicle.parking")
    kept = await town.kept(reference_in(await fill(town.ada)))
    assert kept.category == "vehicle.parking"


async def test_a_link_never_throws_an_open_report_away(town: Town) -> None:
    town.ada.say("There is a burnt car by the church")
    await town.ada.wait_for()
    before = await town.open_draft(town.ada)
    town.ada.say(PARKING)
    shown = await town.ada.wait_for("not sent yet")
    assert len(shown.labels) == 2
    after = await town.open_draft(town.ada)
    assert after.answers["what"] == before.answers["what"]
    assert after.step == before.step


@pytest.mark.parametrize("how", ["tap", "word"])
async def test_who_starts_again_after_a_link_starts_at_its_category(town: Town, how: str) -> None:
    town.ada.say("There is a burnt car by the church")
    await town.ada.wait_for()
    town.ada.say(PARKING)
    shown = await town.ada.wait_for("not sent yet")
    if how == "tap":
        town.ada.tap_data(next(d for d in data_of(shown) if d.startswith("o:restart:")), shown.id)
    else:
        town.ada.say("start again")
    await town.ada.wait_for("Nuisance or dangerous parking")
    answers = (await town.open_draft(town.ada)).answers
    assert (answers["category"], "what" in answers) == ("vehicle.parking", False)


async def test_the_link_is_forgotten_by_who_goes_on(town: Town) -> None:
    town.ada.say("There is a burnt car by the church")
    await town.ada.wait_for()
    town.ada.say(PARKING)
    await town.ada.wait_for("not sent yet")
    town.ada.say("carry on")
    await town.settled()
    assert "then" not in (await town.open_draft(town.ada)).answers


@pytest.mark.parametrize("payload", ["report_vehicle-flying", "whatever", "report_", "x.y"])
async def test_a_link_that_is_not_known_gets_a_kind_word_and_the_start(town: Town, payload: str) -> None:
    town.ada.say(f"/start {payload}")
    await town.ada.wait_for("Hello")
    assert "do not know what that link was for" in town.ada.news[0].text
    assert await town.draft(town.ada) is None


async def test_a_link_after_a_message_that_was_led_on_opens_at_its_category(town: Town) -> None:
    town.ada.say("when is the next meeting in ramsgate please?")
    await town.ada.wait_for("meeting")
    town.ada.say(PARKING)
    await town.ada.wait_for("Nuisance or dangerous parking")
    draft = await town.open_draft(town.ada)
    assert (draft.answers["group"], draft.answers["category"]) == ("vehicle", "vehicle.parking")


async def test_a_link_while_an_addition_is_open_finds_the_report_that_waits(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    town.ada.say("/report There is a burnt car by the church")
    await town.ada.wait_for()
    town.ada.tap_data(f"o:add:{reference}", town.ada.last.id)
    await town.ada.wait_for("like to add")
    town.ada.say(PARKING)
    await town.ada.wait_for("not sent yet")
    draft = await town.open_draft(town.ada)
    assert draft.answers["what"] == "There is a burnt car by the church"
