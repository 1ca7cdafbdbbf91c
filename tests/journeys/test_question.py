"""The team asks, the resident answers: by the button, by simply writing, or in the middle of a form."""

from __future__ import annotations

from store.actions import message, triage
from store.domain.case import CaseState
from store.domain.message import MessageKind
from store.queries import cases
from tests.support.form import fill, say, start, step_of, tap
from tests.support.town import Town, reference_in


async def asked(town: Town, text: str = "Which house is it?") -> str:
    """Ask Ada about a fresh report of hers; return its reference once she has the question."""
    reference = await town.report(town.ada, group="other")
    town.ada.mark()
    await town.staff_does(message.ask, reference, text)
    shown = await town.ada.wait_for(text)
    assert shown.labels == ["Answer"]
    return reference


async def said_by_ada(town: Town, reference: str) -> list[tuple[MessageKind, str]]:
    told = (await town.page(reference)).messages
    return [(m.kind, m.text) for m in told if m.kind is not MessageKind.QUESTION]


async def test_an_answer_by_the_button(town: Town) -> None:
    reference = await asked(town)
    town.ada.tap("Answer")
    await town.ada.wait_for("write your answer")
    assert reference in (await say(town.ada, "Number nine")).text
    assert await said_by_ada(town, reference) == [(MessageKind.ANSWER, "Number nine")]


async def test_an_answer_by_simply_writing(town: Town) -> None:
    reference = await asked(town)
    shown = await say(town.ada, "Number nine")
    assert f"Is this your answer about report {reference}?" in shown.text
    assert "Thank you" in (await tap(town.ada, "answer")).text
    assert await said_by_ada(town, reference) == [(MessageKind.ANSWER, "Number nine")]


async def test_words_that_are_no_answer_become_a_new_report(town: Town) -> None:
    reference = await asked(town)
    await say(town.ada, "The bins are full again")
    assert step_of(await tap(town.ada, "new")) == "danger"
    second = reference_in(await fill(town.ada, group="other"))
    assert (await town.kept(second)).text == "The bins are full again"
    assert await said_by_ada(town, reference) == []


async def test_a_report_half_filled_in_waits_for_the_answer_and_comes_back(town: Town) -> None:
    reference = await asked(town)
    question = town.ada.last
    await start(town.ada, "when", group="other")
    town.ada.tap("Answer", question)
    await town.ada.wait_for("write your answer")
    town.ada.say("Number nine")
    await town.ada.wait_for("is with the team")
    shown = await town.ada.wait_for("Let us carry on")
    assert step_of(shown) == "when"
    assert await said_by_ada(town, reference) == [(MessageKind.ANSWER, "Number nine")]
    assert reference_in(await fill(town.ada)) != reference


async def test_stopping_the_answer_brings_the_half_filled_report_back(town: Town) -> None:
    await asked(town)
    question = town.ada.last
    await start(town.ada, "when", group="other")
    town.ada.tap("Answer", question)
    await town.ada.wait_for("write your answer")
    town.ada.say("/cancel")
    await town.ada.wait_for()
    await town.settled()
    assert (draft := await town.draft(town.ada))
    assert (draft.form, draft.step) == ("report", "when")


async def test_report_typed_in_the_middle_of_an_answer_finds_the_half_filled_report(town: Town) -> None:
    await asked(town)
    question = town.ada.last
    await start(town.ada, "when", group="other")
    town.ada.tap("Answer", question)
    await town.ada.wait_for("write your answer")
    shown = await say(town.ada, "/report")
    assert shown.labels == ["Carry on", "Start again"]
    town.ada.tap("Carry on")
    assert step_of(await town.ada.wait_for("carry on")) == "when"


async def test_the_question_stays_in_sight_while_it_is_answered(town: Town) -> None:
    await asked(town)
    question = town.ada.last
    town.ada.tap("Answer")
    assert (await town.ada.wait_for("write your answer")).id != question.id


async def test_a_question_answered_already_is_not_asked_again_by_its_old_button(town: Town) -> None:
    await asked(town)
    question = town.ada.last
    town.ada.tap("Answer")
    await town.ada.wait_for("write your answer")
    await say(town.ada, "Number nine")
    query = town.ada.tap("Answer", question)
    assert "answered or is gone" in (await town.ada.wait_for_answer(query))["text"]


async def test_a_case_waits_for_the_reporter_and_goes_on_with_the_answer(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    case = await town.staff_does(triage.open_case, reference)
    town.ada.mark()
    await town.staff_does(message.ask, reference, "Which house?")
    await town.ada.wait_for("Which house?")
    assert await case_state(town, case.reference) is CaseState.WAITING_REPORTER
    town.ada.tap("Answer")
    await town.ada.wait_for("write your answer")
    await say(town.ada, "Number nine")
    assert await case_state(town, case.reference) is CaseState.INVESTIGATING


async def test_the_officer_hears_that_the_reporter_wrote_but_not_what(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    await town.staff_does(triage.take, reference)
    town.ada.mark()
    await town.staff_does(message.ask, reference, "Which house?")
    await town.ada.wait_for("Which house?")
    town.cleo.mark()
    town.ada.tap("Answer")
    await town.ada.wait_for("write your answer")
    await say(town.ada, "Number nine")
    told = await town.cleo.wait_for(reference)
    assert "Number nine" not in told.text


async def test_a_question_waits_in_the_list_of_own_reports_too(town: Town) -> None:
    reference = await asked(town)
    await say(town.ada, "/myreports")
    town.ada.tap(f"o:see:{reference}")
    shown = await town.ada.wait_for("The team asks: Which house is it?")
    assert "Answer" in shown.labels


async def case_state(town: Town, reference: str) -> CaseState:
    listed = await town.house.read(cases.listing, town.officer.staff)
    return next(line.state for line in listed if line.reference == reference)


async def test_words_too_long_for_an_answer_stay_and_may_begin_a_report(town: Town) -> None:
    reference = await asked(town)
    story = "The bins are full again. " * 160
    await say(town.ada, story)
    shown = await tap(town.ada, "answer")
    assert "up to 3500 characters" in shown.text
    assert step_of(shown) == "which"
    await tap(town.ada, "new", shown)
    second = reference_in(await fill(town.ada, group="other"))
    assert (await town.kept(second)).text == story.strip()
    assert await said_by_ada(town, reference) == []
