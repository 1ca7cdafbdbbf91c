"""One's own reports: see them, add to them, take them back; and only one's own."""

from __future__ import annotations

import pytest

from bot.emulator import Bubble, Person
from store.actions import message, triage
from store.domain.message import MessageKind
from store.domain.report import ReportState
from tests.journeys.test_file import JPEG, fetched
from tests.support.form import say
from tests.support.town import Town


async def see(person: Person, reference: str) -> Bubble:
    """Open one report from the list."""
    await say(person, "/myreports")
    person.tap(f"o:see:{reference}")
    return await person.wait_for(f"Report {reference}")


async def test_without_a_report_the_list_offers_to_start_one(town: Town) -> None:
    shown = await say(town.ada, "/myreports")
    assert "not sent us a report" in shown.text
    assert shown.labels == ["Report a problem"]


async def test_a_report_is_shown_with_its_day_and_state(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    shown = await see(town.ada, reference)
    assert "Wednesday 25 November" in shown.text
    assert "Now: Received" in shown.text
    assert shown.labels == ["Add something", "Take it back", "All my reports"]


async def test_words_are_added(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    await see(town.ada, reference)
    town.ada.tap("Add something")
    await town.ada.wait_for("like to add")
    assert reference in (await say(town.ada, "It is a blue van")).text
    (added,) = (await town.page(reference)).messages
    assert (added.kind, added.text) == (MessageKind.ADDITION, "It is a blue van")
    assert await town.draft(town.ada) is None


async def test_a_file_is_added(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    await see(town.ada, reference)
    town.ada.tap("Add something")
    await town.ada.wait_for("like to add")
    town.ada.send_photo(JPEG)
    await town.ada.wait_for("added the file")
    assert len(await fetched(town, reference, 1)) == 1


async def test_a_report_is_taken_back_after_a_second_thought(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    await see(town.ada, reference)
    town.ada.tap("Take it back")
    shown = await town.ada.wait_for("want to take back")
    town.ada.tap("Yes, take it back", shown)
    await town.ada.wait_for("out of the list")
    assert (await town.kept(reference)).state is ReportState.WITHDRAWN
    assert "Now: Closed" in (await see(town.ada, reference)).text


async def test_what_the_team_works_on_is_not_taken_back(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    await town.staff_does(triage.open_case, reference)
    town.ada.say("/myreports")
    shown = await town.ada.wait_for("Your reports")
    query = town.ada.tap_data(f"o:withdraw_yes:{reference}", shown.id)
    assert "working on that report already" in (await town.ada.wait_for_answer(query))["text"]
    assert (await town.kept(reference)).state is ReportState.IN_CASE


async def test_with_a_form_open_an_addition_does_not_lose_it(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    await say(town.ada, "/report A second story, half told")
    await see(town.ada, reference)
    town.ada.tap("Add something")
    await town.ada.wait_for("like to add")
    town.ada.say("It is a blue van")
    await town.ada.wait_for("added it to report")
    await town.ada.wait_for("Let us carry on")
    assert (draft := await town.draft(town.ada))
    assert (draft.form, draft.answers["what"]) == ("report", "A second story, half told")


@pytest.mark.parametrize("verb", ["see", "add", "withdraw", "withdraw_yes"])
async def test_somebody_elses_report_can_not_be_found(town: Town, verb: str) -> None:
    reference = await town.report(town.ada, group="other")
    shown = await say(town.ben, "/start")
    before = await town.events()
    query = town.ben.tap_data(f"o:{verb}:{reference}", shown.id)
    assert (await town.ben.wait_for_answer(query))["text"] == "I can not find that report."
    await town.settled()
    assert await town.events() == before
    assert await town.draft(town.ben) is None
    assert (await town.kept(reference)).state is ReportState.WAITING


async def test_somebody_elses_question_can_not_be_answered(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    question = await town.staff_does(message.ask, reference, "Which house?")
    shown = await say(town.ben, "/start")
    query = town.ben.tap_data(f"o:answer:{question.id}", shown.id)
    assert "answered or is gone" in (await town.ben.wait_for_answer(query))["text"]
    assert await town.draft(town.ben) is None
