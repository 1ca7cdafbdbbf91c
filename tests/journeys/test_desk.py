"""An officer works a report from the staff group's card to the last word, in chat alone."""

from __future__ import annotations

import pytest

from bot.emulator import Bubble
from store.actions import staff
from store.domain.actor import SYSTEM
from store.domain.report import ReportState
from tests.support.form import STORY, say, step_of
from tests.support.town import Town


async def card_of(town: Town, reference: str) -> Bubble:
    """Wait for the group's card of a report; it can be followed from then on."""
    card = await town.desk.wait_for(lambda bubble: reference in bubble.text)
    await town.settled()
    return card


async def deed(town: Town, label: str, wanted: str) -> Bubble:
    """Cleo taps a button in private; return the first message with these words."""
    town.cleo.tap(label)
    return await town.cleo.wait_for(wanted)


async def test_from_the_card_to_the_last_word(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    town.ada.mark()
    card = await card_of(town, reference)
    town.desk.tap(town.cleo, "Take it", card)
    assert reference in (await town.ada.wait_for("is looking at it now")).text
    await town.desk.wait_for(lambda bubble: bubble.id == card.id and "Taken by Cleo" in bubble.text)

    town.cleo.mark()
    town.desk.tap(town.cleo, "Open in private", card)
    opened = await town.cleo.wait_for(STORY)
    assert opened.protected
    assert STORY not in town.desk.transcript()

    town.ada.mark()
    await deed(town, "Ask", "want to ask the reporter")
    assert "on its way" in (await say(town.cleo, "Which house?")).text
    town.ada.tap("Answer", await town.ada.wait_for("Which house?"))
    await town.ada.wait_for("write your answer")
    town.cleo.mark()
    await say(town.ada, "Number nine")
    told = await town.cleo.wait_for(f"reporter of {reference} wrote")
    town.cleo.tap("Open the report", told)
    await town.cleo.wait_for("Number nine")

    town.ada.mark()
    case = await deed(town, "Open a case", "Case ")
    await town.ada.wait_for("has started work on it")
    assert case.text
    await deed(town, "s:close:", "did case")
    await deed(town, "1. Resolved", "people who reported it be told")
    await say(town.cleo, "The owner was fined.")
    assert "The owner was fined." in (await town.ada.wait_for(f"Report {reference} is now closed")).text


async def test_a_second_report_is_added_to_the_case_of_the_first(town: Town) -> None:
    first = await town.report(town.ada, group="other")
    second = await town.report(town.ben, group="other")
    await say(town.cleo, f"/open {first}")
    case = await deed(town, "Open a case", "Case ")
    await town.settled()
    town.ben.mark()
    await say(town.cleo, f"/open {second}")
    await deed(town, "Add to a case", "Which case does report")
    reference = (await town.page(first)).case_reference
    assert reference
    assert "is in case" in (await say(town.cleo, reference)).text
    assert second in (await town.ben.wait_for("has started work on it")).text
    assert (await town.kept(second)).state is ReportState.IN_CASE
    assert case.protected


async def test_two_officers_tap_take_it_and_one_has_it(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    card = await card_of(town, reference)
    town.desk.tap(town.cleo, "Take it", card)
    await town.desk.wait_for(lambda bubble: bubble.id == card.id and "Taken by" in bubble.text)
    query = town.desk.tap(town.cleo, "s:", card)
    await town.settled()
    assert query
    kept = await town.kept(reference)
    assert kept.taken_by == town.officer.staff.id


async def test_an_officer_who_is_disabled_is_a_stranger_from_then_on(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    await say(town.cleo, f"/open {reference}")
    asked = await deed(town, "Reply", "want to tell the reporter")
    assert step_of(asked) == "text"
    await town.house.write(staff.disable, SYSTEM, town.officer.staff.id)
    assert "do not know that command" in (await say(town.cleo, "You will hear from us")).text
    assert "do not know that command" in (await say(town.cleo, f"/open {reference}")).text
    assert (await town.page(reference)).messages == ()


@pytest.mark.parametrize("command", ["/queue", "/mine"])
async def test_lists_carry_no_word_of_any_story(town: Town, command: str) -> None:
    reference = await town.report(town.ada, group="other", danger="yes", what="Very secret story")
    card = await card_of(town, reference)
    town.desk.tap(town.cleo, "Take it", card)
    await town.settled()
    shown = await say(town.cleo, command)
    assert shown.labels
    assert "secret" not in shown.text + "".join(shown.labels)
