"""Files of reports for which pictures could do harm: neither asked for nor kept, and that is said."""

from __future__ import annotations

from tests.journeys.test_file import JPEG
from tests.journeys.test_own_reports import see
from tests.support.form import DONE, SEND, fill, say, start, step_of, tap
from tests.support.town import Town, reference_in

CHILD = "a little girl next door is always hungry and covered in bruises, i think her dad beats her"
DRAGGED = "a man is trying to drag a child into his van right now"


async def of_a_child(town: Town) -> None:
    """Tell of a child at risk out of the blue, up to the offer."""
    await say(town.ada, CHILD)
    if step_of(town.ada.last) is None:
        town.ada.tap("Carry on with my report")
        await town.ada.wait_for("danger")
    await say(town.ada, "no")


async def test_a_report_of_a_child_at_risk_asks_for_no_pictures_and_takes_none(town: Town) -> None:
    await of_a_child(town)
    await tap(town.ada, "child_at_risk")
    town.ada.send_photo(JPEG)
    await town.ada.wait_for("do not send pictures")
    asked = len(town.ada.messages)
    await say(town.ada, "yes")
    reference = reference_in(await fill(town.ada))
    assert not any("photos, videos" in bubble.text for bubble in town.ada.messages[asked:])
    assert (await town.page(reference)).evidence == ()


async def test_a_child_at_risk_takes_no_pictures_later_either(town: Town) -> None:
    await of_a_child(town)
    reference = reference_in(await fill(town.ada, offer="child_at_risk"))
    await see(town.ada, reference)
    town.ada.tap("Add something")
    await town.ada.wait_for("like to add")
    town.ada.send_photo(JPEG)
    await town.ada.wait_for("do not send pictures")
    assert (await town.page(reference)).evidence == ()


async def test_a_photo_sent_before_it_was_clear_that_it_could_harm_is_taken_out_and_that_is_said(
    town: Town,
) -> None:
    await start(town.ada, "group")
    town.ada.send_photo(JPEG)
    await town.ada.wait_for("kept your file")
    await say(town.ada, "People in the street")
    shown = await fill(town.ada, "what", category="street.sexual")
    assert "taken out the file" in shown.text
    assert "evidence" not in (await town.open_draft(town.ada)).answers
    assert (await town.page(reference_in(await fill(town.ada)))).evidence == ()


async def test_words_of_a_child_at_risk_take_out_the_photo_sent_before_them(town: Town) -> None:
    await start(town.ada, "what", group="other")
    town.ada.send_photo(JPEG)
    await town.ada.wait_for("kept your file")
    town.ada.say(CHILD)
    await town.ada.wait_for("If a child is in danger")
    town.ada.tap("Carry on with my report")
    await town.ada.wait_for("Where is it")
    shown = await say(town.ada, "CT9 1EZ")
    assert "taken out the file" in shown.text


async def test_a_photo_that_is_still_there_when_the_report_is_sent_is_left_out_and_that_is_said(
    town: Town,
) -> None:
    await start(town.ada, "what", group="other")
    told = town.ada.say("Loud music")
    await town.ada.wait_for("Where is it")
    town.ada.send_photo(JPEG)
    await town.ada.wait_for("kept your file")
    await say(town.ada, "CT9 1EZ")
    await fill(town.ada, "files")
    await tap(town.ada, DONE)
    await fill(town.ada, "review")
    town.ada.edit(told.id, DRAGGED)
    await town.ada.wait_for("I have changed")
    town.ada.tap("Carry on with my report")
    await town.ada.wait_for("Please check your report")
    shown = await tap(town.ada, SEND)
    assert "taken out the file" in shown.text
    assert (await town.page(reference_in(shown))).evidence == ()
