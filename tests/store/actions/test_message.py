from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import case, entry, message, report, triage
from store.actions.restriction import restrict_report
from store.domain.case import CaseState, Outcome
from store.domain.errors import NotFound, Refusal
from store.domain.event import Action
from store.domain.message import MESSAGE_MAX_CHARACTERS, MessageKind
from store.domain.reference import Restriction
from store.domain.report import ClosedReason
from store.domain.staff import Role
from store.queries import own_reports
from store.tables.event import EventRow
from tests.support.case_file import a_case, another_report
from tests.support.triage_factory import PHONED, PROFILE, Town


def actors(session: Session, action: Action) -> list[str]:
    return list(session.scalars(select(EventRow.actor_id).where(EventRow.action == action.value)))


async def test_a_question_makes_the_case_wait_and_the_answer_sets_it_going(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    report = await town.report(ada)
    reference = (await town.write(triage.open_case, cleo, report)).reference
    asked = await town.twice(message.ask, cleo, report, " Which nights? ")
    assert (asked.kind, asked.text, asked.staff_name) == (MessageKind.QUESTION, "Which nights?", "Cleo")
    told = town.last(Action.QUESTION_ASKED)
    assert (told["reference"], told["message_id"], told["text"]) == (report, asked.id, "Which nights?")
    page = await town.write(case.open_page, cleo, reference)
    assert page.case.state is CaseState.WAITING_REPORTER
    town.pass_time(hours=2)
    answered = await town.twice(message.answer, ada, asked.id, "Fridays")
    assert answered.staff_name is None
    told = town.last(Action.ANSWER_RECEIVED)
    assert (told["officer_id"], told["case_id"], told["message_id"]) == (
        cleo.staff.id,
        page.case.id,
        answered.id,
    )
    page = await town.write(case.open_page, cleo, reference)
    assert page.case.state is CaseState.INVESTIGATING
    assert page.messages[0].answered_at == town.clock.now()
    for action in (Action.QUESTION_ASKED, Action.ANSWER_RECEIVED):
        assert await town.how_often(action) == 1


async def test_a_late_second_tap_does_not_make_an_answered_case_wait_again(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    report = await town.report(ada)
    await town.write(triage.open_case, cleo, report)
    asked = await town.write(message.ask, cleo, report, "Which nights?")
    await town.write(message.answer, ada, asked.id, "Fridays")
    await town.write(message.ask, cleo, report, "Which nights?")
    page = await town.write(triage.open_report, cleo, report)
    assert page.case_state is CaseState.INVESTIGATING


async def test_a_question_about_a_report_in_triage_moves_nothing(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    report = await town.report(ada)
    asked = await town.write(message.ask, cleo, report, "Where exactly?")
    await town.write(message.answer, ada, asked.id, "By the bins")
    assert await town.how_often(Action.CASE_STATE_CHANGED) == 0


async def test_a_question_is_answered_only_by_the_one_it_was_put_to(town: Town) -> None:
    cleo, ada, ben = await town.staff("Cleo"), await town.resident("Ada"), await town.resident("Ben")
    asked = await town.write(message.ask, cleo, await town.report(ada), "When?")
    replied = await town.write(message.reply, cleo, await town.report(ada), "Thank you.")
    for resident, wanted in ((ben, asked.id), (ada, replied.id), (ada, "nothing")):
        with pytest.raises(NotFound) as refusal:
            await town.write(message.answer, resident, wanted, "Now")
        assert refusal.value.key == "question.not_found"


async def test_an_anonymous_reporter_answers_behind_the_relay(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident("Ada")
    report = await town.report(ada, identity="anonymous")
    asked = await town.write(message.ask, cleo, report, "When?")
    await town.write(message.answer, ada, asked.id, "At night")
    await town.write(message.add, ada, report, "And on Sundays")
    page = await town.write(triage.open_report, cleo, report)
    assert page.reporter_name is None
    for action in (Action.ANSWER_RECEIVED, Action.ADDITION_RECEIVED):
        assert await town.read(actors, action) == [page.report.reporter_id] != [ada.id]


async def test_what_a_reporter_wrote_is_unread_until_the_officer_opens_the_page(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    ada = await town.resident()
    report = await town.report(ada)
    await town.write(triage.take, cleo, report)
    await town.twice(message.add, ada, report, "They are back.")
    assert town.last(Action.ADDITION_RECEIVED)["officer_id"] == cleo.staff.id
    assert await town.how_often(Action.ADDITION_RECEIVED) == 1
    for by, unread in ((dan, True), (cleo, True), (cleo, False)):
        page = await town.write(triage.open_report, by, report)
        assert [said.unread for said in page.messages] == [unread]


async def test_nobody_asks_or_adds_where_nobody_reads_but_staff_may_reply(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    ended = await town.report(ada)
    await town.write(triage.reject, cleo, ended, ClosedReason.NOT_ASB, "")
    calls: list[Any] = [(message.ask, cleo), (message.add, ada)]
    for act, who in calls:
        with pytest.raises(Refusal) as refusal:
            await town.write(act, who, ended, "Hello?")
        assert refusal.value.key == "report.closed"
    assert (await town.write(message.reply, cleo, ended, "You may call 101.")).kind is MessageKind.REPLY
    assert town.last(Action.REPLY_SENT)["text"] == "You may call 101."
    worked = await town.report(ada)
    reference = (await town.write(triage.open_case, cleo, worked)).reference
    await town.write(case.close, cleo, reference, Outcome.RESOLVED, "Done.")
    with pytest.raises(Refusal) as closed:
        await town.write(message.ask, cleo, worked, "Hello?")
    assert closed.value.key == "case.already_closed"
    assert (await town.write(message.add, ada, worked, "It started again.")).unread


async def test_a_note_goes_to_a_report_or_a_case_once(town: Town) -> None:
    cleo = await town.staff("Cleo")
    report = await town.report()
    reference = (await town.write(triage.open_case, cleo, report)).reference
    for wanted in (report, reference, report, reference):
        await town.write(message.note, cleo, wanted, "Call the landlord.")
    page = await town.write(case.open_page, cleo, reference)
    about = {(note.kind, note.report_id, note.case_id) for note in page.messages}
    assert about == {
        (MessageKind.NOTE, page.reports[0].id, None),
        (MessageKind.NOTE, None, page.case.id),
    }
    assert len(page.messages) == 2
    assert await town.how_often(Action.NOTE_ADDED) == 2
    with pytest.raises(NotFound) as refusal:
        await town.write(message.note, cleo, "K7M-4XQ-9PC", "Lost.")
    assert refusal.value.key == "case.not_found"


async def test_a_note_on_a_report_goes_to_no_case_and_the_other_way_round(town: Town) -> None:
    cleo = await town.staff("Cleo")
    report, case_ = await town.report(), await a_case(town, cleo)
    await town.write(message.note_on_report, cleo, report, "Seen.")
    await town.write(message.note_on_case, cleo, case_, "Seen.")
    with pytest.raises(NotFound, match=r"report\.not_found"):
        await town.write(message.note_on_report, cleo, case_, "Lost.")
    with pytest.raises(NotFound, match=r"case\.not_found"):
        await town.write(message.note_on_case, cleo, report, "Lost.")
    assert await town.how_often(Action.NOTE_ADDED) == 2


@pytest.mark.parametrize(
    ("text", "key"), [(" \n", "message.needs_text"), ("x" * (MESSAGE_MAX_CHARACTERS + 1), "message.too_long")]
)
async def test_empty_and_endless_messages_are_refused(town: Town, text: str, key: str) -> None:
    cleo = await town.staff("Cleo")
    report = await town.report()
    for say in (message.ask, message.reply, message.note):
        with pytest.raises(Refusal) as refusal:
            await town.write(say, cleo, report, text)
        assert refusal.value.key == key


@pytest.mark.parametrize("closed", [False, True])
async def test_who_may_not_open_the_case_asks_and_the_case_does_not_stir(town: Town, closed: bool) -> None:
    dee = await town.staff("Dee", Role.OFFICER, Restriction.HATE, Restriction.SAFEGUARDING)
    sid = await town.staff("Sid", Role.OFFICER, Restriction.SAFEGUARDING)
    ada = await town.resident()
    child, hate = await town.report(ada, "street.safeguarding"), await town.report(category="street.hate")
    reference = (await town.write(triage.open_case, dee, hate)).reference
    await town.write(triage.add_to_case, dee, child, reference)
    if closed:
        await town.write(case.close, dee, reference, Outcome.RESOLVED, "Done.")
    before = await town.how_often(Action.CASE_STATE_CHANGED)
    town.pass_time(minutes=1)
    asked = await town.write(message.ask, sid, child, "Which nights?")
    assert await town.how_often(Action.CASE_STATE_CHANGED) == before
    page = await town.write(case.open_page, dee, reference)
    assert page.case.state is (CaseState.CLOSED if closed else CaseState.OPEN)
    assert [q.id for q in await town.read(own_reports.open_questions, ada)] == [asked.id]
    assert (await town.write(message.answer, ada, asked.id, "Fridays")).text == "Fridays"


def answer_and_go_on(session: Session, *args: Any) -> str:
    """Do as a turn does: say why not, and commit."""
    try:
        message.answer(session, *args)
    except Refusal as refusal:
        return refusal.key
    return "kept"


async def test_an_answer_that_is_refused_leaves_the_question_open(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    asked = await town.write(message.ask, cleo, await town.report(ada), "Where?")
    for text, said in ((" ", "message.needs_text"), ("x" * 3_501, "message.too_long"), ("There", "kept")):
        assert [q.id for q in await town.read(own_reports.open_questions, ada)] == [asked.id]
        assert await town.write(answer_and_go_on, ada, asked.id, text) == said
    assert await town.read(own_reports.open_questions, ada) == []


@pytest.mark.parametrize("end", ["rejected", "signposted", "withdrawn", "case closed"])
async def test_what_has_ended_takes_its_question_with_it(town: Town, end: str) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    wanted = await town.report(ada)
    asked = await town.write(message.ask, cleo, wanted, "Where?")
    assert len(await town.read(own_reports.open_questions, ada)) == 1
    if end == "rejected":
        await town.write(triage.reject, cleo, wanted, ClosedReason.NOT_ASB, "")
    elif end == "signposted":
        await town.write(triage.signpost, cleo, wanted, ClosedReason.OTHER_SERVICE, "")
    elif end == "withdrawn":
        await town.write(report.withdraw, ada, wanted)
    else:
        reference = (await town.write(triage.open_case, cleo, wanted)).reference
        await town.write(case.close, cleo, reference, Outcome.RESOLVED, "Done.")
    assert await town.read(own_reports.open_questions, ada) == []
    with pytest.raises(NotFound) as refusal:
        await town.write(message.answer, ada, asked.id, "There")
    assert refusal.value.key == "question.not_found"
    assert await town.how_often(Action.ANSWER_RECEIVED) == 0


async def test_everybody_of_a_case_who_can_be_written_to_is_told_once(town: Town) -> None:
    cleo = await town.staff("Cleo", Role.OFFICER, Restriction.HATE)
    dan = await town.staff("Dan")
    reference = await a_case(town, cleo)
    await another_report(town, cleo, reference)
    hidden = await town.report()
    phoned = (await town.write(entry.enter, cleo, PROFILE, PHONED)).reference
    for one in (hidden, phoned):
        await town.write(triage.add_to_case, cleo, one, reference)
    await town.write(restrict_report, cleo, hidden, Restriction.HATE, "Slurs")
    told = await town.twice(message.reply_to_all, dan, reference, "We met the landlord.")
    assert [(one.kind, one.text) for one in told] == [(MessageKind.REPLY, "We met the landlord.")] * 2
    assert await town.how_often(Action.REPLY_SENT) == 2
    assert len(await town.write(message.reply_to_all, cleo, reference, "We met them all.")) == 3


async def test_where_nobody_has_a_chat_a_reply_to_all_is_refused(town: Town) -> None:
    cleo = await town.staff("Cleo")
    phoned = (await town.write(entry.enter, cleo, PROFILE, PHONED)).reference
    reference = (await town.write(triage.open_case, cleo, phoned)).reference
    with pytest.raises(Refusal) as refusal:
        await town.write(message.reply_to_all, cleo, reference, "Hello")
    assert refusal.value.key == "case.no_chats"
    assert await town.how_often(Action.REPLY_SENT) == 0


async def test_in_words_to_everybody_each_reads_their_own_reference(town: Town) -> None:
    cleo = await town.staff("Cleo")
    first = await town.report()
    reference = (await town.write(triage.open_case, cleo, first)).reference
    second = await another_report(town, cleo, reference)
    told = await town.write(message.reply_to_all, cleo, reference, "About {reference}: we met them.")
    assert [one.text for one in told] == [f"About {own}: we met them." for own in (first, second)]


async def test_from_a_case_only_its_own_reporters_are_written_to(town: Town) -> None:
    cleo = await town.staff("Cleo")
    reference, alone = await a_case(town, cleo), await town.report()
    elsewhere = await another_report(town, cleo, await a_case(town, cleo))
    for deed in (message.ask, message.reply):
        for strange in (alone, elsewhere):
            with pytest.raises(Refusal) as refusal:
                await town.write(deed, cleo, strange, "Hello", case_reference=reference)
            assert refusal.value.key == "case.not_its_report"
    assert await town.how_often(Action.REPLY_SENT) == 0
