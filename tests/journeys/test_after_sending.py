"""Words just after a report was sent: more of it, or something new; the person says which."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.actions import resident
from store.domain.message import MessageKind
from store.queries import chat
from tests.journeys.test_question import said_by_ada
from tests.support.form import fill, say, step_of, tap
from tests.support.town import Town, reference_in

NEWS = "they are back and louder than before"


async def test_more_of_a_report_that_was_just_sent_is_added_to_it(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    asked = await say(town.ada, NEWS)
    assert f"Is this more about report {reference}" in asked.text
    await say(town.ada, "the same three lads as before")
    await tap(town.ada, "answer")
    expected = (MessageKind.ADDITION, f"{NEWS}\nthe same three lads as before")
    assert await said_by_ada(town, reference) == [expected]
    assert await town.draft(town.ada) is None


async def test_something_new_begins_a_report_with_the_words(town: Town) -> None:
    first = await town.report(town.ada, group="other")
    await say(town.ada, NEWS)
    assert step_of(await tap(town.ada, "new")) == "danger"
    second = reference_in(await fill(town.ada, offer="other", group="other"))
    assert second != first
    assert (await town.kept(second)).text == NEWS


async def test_what_is_said_long_after_is_a_new_report(town: Town) -> None:
    await town.report(town.ada, group="other")
    town.house.clock.advance(timedelta(minutes=31))
    assert step_of(await say(town.ada, NEWS)) == "danger"


async def test_who_asks_for_a_report_gets_one(town: Town) -> None:
    await town.report(town.ada, group="other")
    assert step_of(await say(town.ada, f"/report {NEWS}")) == "danger"


async def test_who_is_not_safe_to_write_to_is_reminded_of_no_report(town: Town) -> None:
    await town.report(town.ada, group="other")
    ada = (await town.house.read(chat.who, town.ada.id)).resident
    assert ada is not None
    await town.house.write(resident.set_do_not_contact, ada, True)
    await town.settled()
    assert step_of(await say(town.ada, NEWS)) == "danger"


async def test_words_that_are_held_wait_while_something_is_added(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    await say(town.ada, NEWS)
    town.ada.tap_data(f"o:add:{reference}", town.ada.last.id)
    await town.ada.wait_for("like to add")
    town.ada.say("It is a blue van")
    await town.ada.wait_for("Is this more about report")
    await tap(town.ada, "answer")
    said = [text for _, text in await said_by_ada(town, reference)]
    assert said == ["It is a blue van", NEWS]


@pytest.mark.parametrize("start", ["o:report:", "/report", "/start report_vehicle-parking"])
async def test_a_report_that_is_begun_takes_the_words_that_are_held(town: Town, start: str) -> None:
    await town.report(town.ada, group="other")
    asked = await say(town.ada, NEWS)
    if start.startswith("/"):
        town.ada.say(start)
    else:
        town.ada.tap_data(start, asked.id)
    await town.ada.wait_for("kept what you wrote")
    kept = await town.kept(reference_in(await fill(town.ada, offer="other", group="other")))
    assert kept.text == NEWS
