from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import case, entry, escalation, message, reference, report, target, triage
from store.actions.resident import mark_blocked
from store.domain.case import CaseState, Outcome
from store.domain.event import Action
from store.domain.reference import Priority, Restriction
from store.domain.report import ClosedReason
from store.domain.staff import By, Role
from store.tables.case import CaseRow
from store.tables.report import ReportRow
from store.tables.resident import ResidentRow
from tests.support.deliveries import hush
from tests.support.triage_factory import PHONED, PROFILE, Town

# MORNING is a Monday at nine; a P3 report is due in five working days, the next word in twenty.
FIRST_DUE = datetime(2026, 11, 30, 17, tzinfo=UTC)
URGENT_DUE = datetime(2026, 11, 24, 17, tzinfo=UTC)
NEXT_WEEK_DUE = datetime(2026, 12, 7, 17, tzinfo=UTC)
NEXT_WORD = datetime(2026, 12, 21, 17, tzinfo=UTC)


def _standing(session: Session, table: type[ReportRow | CaseRow], reference_: str) -> Any:
    return session.scalars(select(table).where(table.reference == reference_)).one()


async def due(town: Town, reference_: str) -> tuple[datetime | None, bool]:
    """Return when a report is due, and whether its reporter heard from a person."""
    row = await town.read(_standing, ReportRow, reference_)
    return row.target_at, row.contacted_at is not None


async def case_due(town: Town, reference_: str) -> tuple[datetime | None, str | None, bool]:
    """Return when a case is due, for what, and whether its clock stands."""
    row = await town.read(_standing, CaseRow, reference_)
    return row.target_at, row.target_kind, row.target_paused_at is not None


@pytest.fixture
async def cleo(town: Town) -> By:
    await town.write(reference.seed, PROFILE)
    return await town.staff("Cleo")


async def opened(town: Town, by: By, reference_: str) -> str:
    return (await town.write(triage.open_case, by, reference_)).reference


async def test_a_new_report_is_due_by_its_priority(town: Town, cleo: By) -> None:
    assert await due(town, await town.report()) == (FIRST_DUE, False)
    assert await due(town, await town.report(category="street.threats")) == (URGENT_DUE, False)
    assert await due(town, await town.report(category="street.hate", danger="no")) == (None, False)


@pytest.mark.parametrize("say", [message.ask, message.reply])
async def test_a_word_from_a_person_sets_the_next_target_of_a_waiting_report(
    town: Town, cleo: By, say: Any
) -> None:
    reference_ = await town.report(identity="anonymous")
    await town.write(triage.take, cleo, reference_)
    assert await due(town, reference_) == (FIRST_DUE, False)
    await town.write(say, cleo, reference_, "Which nights?")
    assert await due(town, reference_) == (NEXT_WORD, True)
    town.pass_time(days=1)
    await town.write(message.reply, cleo, reference_, "Still on it.")
    assert await due(town, reference_) == (datetime(2026, 12, 22, 17, tzinfo=UTC), True)


async def test_a_note_meets_it_only_when_it_is_of_a_talk(town: Town, cleo: By) -> None:
    reference_ = await town.report()
    await town.write(message.note, cleo, reference_, "Known here.")
    assert await due(town, reference_) == (FIRST_DUE, False)
    await town.write(message.note, cleo, reference_, "Phoned: they are fine.", spoke=True)
    assert await due(town, reference_) == (NEXT_WORD, True)
    case_ = await opened(town, cleo, await town.report())
    await town.write(triage.add_to_case, cleo, await town.report(), case_)
    await town.write(message.note, cleo, case_, "Visited one of them.", spoke=True)
    assert (await case_due(town, case_))[0] == FIRST_DUE, "whom of the two is not said"
    alone = await opened(town, cleo, await town.report())
    await town.write(message.note, cleo, alone, "Visited them.", spoke=True)
    assert await case_due(town, alone) == (NEXT_WORD, "update", False)


@pytest.mark.parametrize(("words", "again"), [("", FIRST_DUE), ("Ask the highways team.", NEXT_WORD)])
async def test_a_report_that_is_back_in_the_queue_is_due_its_next_word(
    town: Town, cleo: By, words: str, again: datetime
) -> None:
    reference_ = await town.report()
    await town.write(triage.signpost, cleo, reference_, ClosedReason.OTHER_SERVICE, words)
    await town.write(triage.reopen, cleo, reference_, "It is for us")
    assert await due(town, reference_) == (again, bool(words))


@pytest.mark.parametrize(("words", "told"), [("Ask the highways team.", True), ("", False)])
async def test_the_end_of_a_report_ends_its_target(town: Town, cleo: By, words: str, told: bool) -> None:
    reference_ = await town.report()
    await town.write(triage.signpost, cleo, reference_, ClosedReason.OTHER_SERVICE, words)
    assert await due(town, reference_) == (None, told)
    ada = await town.resident()
    mine = await town.report(ada)
    await town.write(report.withdraw, ada, mine)
    assert await due(town, mine) == (None, False)


@pytest.mark.parametrize("why", ["entered", "hushed", "blocked"])
async def test_words_that_reach_nobody_end_the_target_and_are_no_contact(
    town: Town, cleo: By, why: str
) -> None:
    references = []
    for _ in range(2):
        ada = await town.resident()
        references.append(await town.report(ada))
        if why == "entered":
            await town.write(_unreachable, references[-1])
        elif why == "hushed":
            await town.write(hush, ada.chat_id)
        else:
            await town.write(mark_blocked, ada.chat_id, blocked=True)
    mine, other = references
    await town.write(triage.reject, cleo, mine, ClosedReason.NOT_ASB, "Not for us.")
    case_ = await opened(town, cleo, other)
    heard = await town.report()
    await town.write(triage.add_to_case, cleo, heard, case_)
    await town.write(case.close, cleo, case_, Outcome.RESOLVED, "It has stopped.")
    assert [await due(town, one) for one in (mine, other, heard)] == [
        (None, False),
        (None, False),
        (None, True),
    ]


async def test_a_case_takes_the_earliest_target_of_its_reports_and_then_updates(town: Town, cleo: By) -> None:
    first = await town.report()
    case_ = await opened(town, cleo, first)
    assert await case_due(town, case_) == (FIRST_DUE, "first_contact", False)
    urgent = await town.report(category="street.threats")
    await town.write(triage.add_to_case, cleo, urgent, case_)
    assert await case_due(town, case_) == (URGENT_DUE, "first_contact", False)
    await town.write(message.reply, cleo, urgent, "We are on it.")
    # The other reporter still waits for a first word; the case is urgent now, and so are they.
    assert await case_due(town, case_) == (URGENT_DUE, "first_contact", False)
    await town.write(message.reply, cleo, first, "We are on it.")
    assert await case_due(town, case_) == (FIRST_DUE, "update", False)


async def test_a_report_whose_reporter_was_told_brings_the_next_update(town: Town, cleo: By) -> None:
    reference_ = await town.report()
    await town.write(message.reply, cleo, reference_, "Thank you.")
    town.pass_time(days=1)
    case_ = await opened(town, cleo, reference_)
    assert await case_due(town, case_) == (NEXT_WORD, "update", False)
    assert await due(town, reference_) == (None, True), "what is due to them is the case's from now on"
    urgent = await town.report(category="street.threats")
    await town.write(triage.take, cleo, urgent)
    await town.write(message.reply, cleo, urgent, "Thank you.")
    await town.write(triage.add_to_case, cleo, urgent, case_)
    assert (await case_due(town, case_))[1] == "update"


async def test_a_report_told_twice_brings_the_last_word_into_the_case(town: Town, cleo: By) -> None:
    reference_ = await town.report()
    await town.write(message.reply, cleo, reference_, "Thank you.")
    town.pass_time(days=7)
    await town.write(message.reply, cleo, reference_, "Still on it.")
    case_ = await opened(town, cleo, reference_)
    later = datetime(2026, 12, 30, 17, tzinfo=UTC)
    assert await case_due(town, case_) == (later, "update", False)
    await town.write(_retarget, case_, Priority.P1)
    assert (await case_due(town, case_))[0] == datetime(2026, 12, 7, 17, tzinfo=UTC)


async def waits(town: Town, reference_: str) -> bool:
    """Tell whether the clock of a report stands."""
    return (await town.read(_standing, ReportRow, reference_)).target_paused_at is not None


async def test_the_clock_of_a_waiting_report_stands_until_its_reporter_writes(town: Town, cleo: By) -> None:
    moved = datetime(2026, 12, 22, 17, tzinfo=UTC)
    for identity in ("named", "anonymous"):
        ada = await town.resident()
        reference_ = await town.report(ada, identity=identity)
        asked = await town.twice(message.ask, cleo, reference_, "Which nights?")
        assert await waits(town, reference_)
        await town.write(message.note, cleo, reference_, "Asked.")
        await town.write(triage.take, cleo, reference_)
        assert await waits(town, reference_)
        town.pass_time(days=1)
        if identity == "named":
            await town.write(message.answer, ada, asked.id, "Fridays")
        else:
            await town.write(message.add, ada, reference_, "Fridays")
        assert (await due(town, reference_), await waits(town, reference_)) == ((moved, True), False)
        await town.twice(message.add, ada, reference_, "And Saturdays")
        assert await due(town, reference_) == (moved, True)
        town.pass_time(days=-1)


async def test_a_word_while_the_clock_stands_counts_the_wait_anew(town: Town, cleo: By) -> None:
    ada = await town.resident()
    reference_ = await town.report(ada)
    await town.write(message.ask, cleo, reference_, "Which nights?")
    town.pass_time(days=2)
    await town.write(message.reply, cleo, reference_, "No hurry.")
    assert await waits(town, reference_)
    town.pass_time(days=1)
    await town.write(message.add, ada, reference_, "Fridays")
    assert (await due(town, reference_))[0] == datetime(2026, 12, 24, 17, tzinfo=UTC)


async def test_a_case_opened_while_the_reporter_was_waited_for_has_the_time_of_the_wait(
    town: Town, cleo: By
) -> None:
    reference_, closed = await town.report(), await town.report()
    await town.write(message.ask, cleo, reference_, "Which nights?")
    await town.write(message.ask, cleo, closed, "Which nights?")
    town.pass_time(days=1)
    moved = datetime(2026, 12, 22, 17, tzinfo=UTC)
    assert await case_due(town, await opened(town, cleo, reference_)) == (moved, "update", False)
    assert not await waits(town, reference_)
    await town.write(triage.signpost, cleo, closed, ClosedReason.OTHER_SERVICE, "")
    assert await due(town, closed) == (None, True)
    assert not await waits(town, closed)


async def test_the_clock_runs_where_the_question_did_not_reach_anybody_or_nothing_is_due(
    town: Town, cleo: By
) -> None:
    ada, hal = await town.resident(), await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    hushed, untargeted = await town.report(ada), await town.report(category="street.hate", danger="no")
    await town.write(hush, ada.chat_id)
    for reference_ in (hushed, untargeted):
        await town.write(message.ask, hal, reference_, "Which nights?")
        assert not await waits(town, reference_)
    assert await due(town, hushed) == (FIRST_DUE, False)
    assert await due(town, untargeted) == (None, True)


async def test_nobody_is_waited_for_longer_than_ten_working_days_before_there_is_a_case(
    town: Town, cleo: By
) -> None:
    reference_ = await town.report()
    await town.write(message.ask, cleo, reference_, "Which nights?")
    town.pass_time(days=13)
    await town.write(escalation.escalate)
    assert await waits(town, reference_)
    town.pass_time(days=2)
    assert await town.write(escalation.escalate) == 0
    assert not await waits(town, reference_)
    at, _ = await due(town, reference_)
    assert at is not None
    assert at > NEXT_WORD
    town.clock.advance(at - town.clock.now())
    assert await town.write(escalation.escalate) == 1
    assert town.last(Action.TARGET_MISSED)["target"] == "update"
    assert await town.write(escalation.escalate) == 0


async def test_for_people_who_cannot_be_written_to_the_decision_counts(town: Town, cleo: By) -> None:
    ada = await town.resident()
    hidden, hushed = await town.report(identity="anonymous"), await town.report(ada)
    await town.write(hush, ada.chat_id)
    for reference_ in (hidden, hushed):
        assert (await due(town, reference_))[0] == FIRST_DUE
        assert await case_due(town, await opened(town, cleo, reference_)) == (NEXT_WORD, "update", False)
        assert await due(town, reference_) == (None, False)


async def test_a_question_that_waits_until_they_write_is_no_contact_yet(town: Town, cleo: By) -> None:
    ada = await town.resident()
    reference_ = await town.report(ada)
    await town.write(hush, ada.chat_id)
    await town.write(message.ask, cleo, reference_, "Which nights?")
    assert await due(town, reference_) == (FIRST_DUE, False)
    await town.write(message.note, cleo, reference_, "She came by.", spoke=True)
    assert await due(town, reference_) == (NEXT_WORD, True)


async def test_the_clock_stands_while_the_case_waits_for_the_reporter(town: Town, cleo: By) -> None:
    ada = await town.resident()
    reference_, other = await town.report(ada), await town.report()
    case_ = await opened(town, cleo, reference_)
    await town.write(triage.add_to_case, cleo, other, case_)
    asked = await town.write(message.ask, cleo, reference_, "Which nights?")
    assert await case_due(town, case_) == (FIRST_DUE, "first_contact", True)
    town.pass_time(hours=24)
    await town.write(message.answer, ada, asked.id, "Fridays")
    moved = datetime(2026, 12, 1, 17, tzinfo=UTC)
    assert await case_due(town, case_) == (moved, "first_contact", False)
    assert (await due(town, other))[0] == moved
    await town.write(case.move, cleo, case_, CaseState.WAITING_REPORTER)
    await town.write(message.reply, cleo, other, "We are waiting.")
    assert (await case_due(town, case_))[1:] == ("update", True)
    await town.write(case.move, cleo, case_, CaseState.INVESTIGATING)
    await town.write(case.move, cleo, case_, CaseState.WAITING_PARTNER)
    assert (await case_due(town, case_))[1:] == ("update", False)


async def test_closing_ends_all_targets_and_reopening_sets_one_anew(town: Town, cleo: By) -> None:
    reference_ = await town.report()
    case_ = await opened(town, cleo, reference_)
    await town.write(case.move, cleo, case_, CaseState.WAITING_REPORTER)
    await town.write(case.close, cleo, case_, Outcome.RESOLVED, "It has stopped.")
    assert await case_due(town, case_) == (None, None, False)
    assert await due(town, reference_) == (None, True)
    await town.write(message.reply, cleo, reference_, "One more thing.")
    await town.write(_retarget, case_, Priority.P1)
    assert await case_due(town, case_) == (None, None, False)
    await town.write(_retarget, case_, Priority.P3)
    await town.write(case.reopen, cleo, case_, "It began again.")
    assert await case_due(town, case_) == (NEXT_WORD, "update", False)


async def test_somebody_with_a_phone_only_is_to_hear_first_once_their_case_is_open_again(
    town: Town, cleo: By
) -> None:
    reference_ = (await town.write(entry.enter, cleo, PROFILE, PHONED)).reference
    case_ = await opened(town, cleo, reference_)
    await town.write(case.close, cleo, case_, Outcome.RESOLVED, "It has stopped.")
    assert await due(town, reference_) == (None, False)
    town.pass_time(hours=7 * 24)
    await town.write(case.reopen, cleo, case_, "It began again.")
    assert await case_due(town, case_) == (NEXT_WEEK_DUE, "first_contact", False)
    await town.write(_retarget, case_, Priority.P1)
    assert await case_due(town, case_) == (URGENT_DUE, "first_contact", False)


async def test_nobody_is_due_a_first_word_in_an_open_again_case_who_cannot_be_told(
    town: Town, cleo: By
) -> None:
    reference_ = await town.report()
    await town.write(_unreachable, reference_)
    case_ = await opened(town, cleo, reference_)
    await town.write(case.close, cleo, case_, Outcome.RESOLVED, "It has stopped.")
    await town.write(case.reopen, cleo, case_, "It began again.")
    assert await case_due(town, case_) == (NEXT_WORD, "update", False)


def _retarget(session: Session, case_: str, priority: Priority) -> None:
    row = _standing(session, CaseRow, case_)
    row.priority = priority.value
    target.retarget(session, row)


async def test_another_priority_means_another_target(town: Town, cleo: By) -> None:
    reference_ = await town.report()
    case_ = await opened(town, cleo, reference_)
    await town.write(_retarget, case_, Priority.P1)
    assert await case_due(town, case_) == (URGENT_DUE, "first_contact", False)
    await town.write(message.reply, cleo, reference_, "We are on it.")
    await town.write(_retarget, case_, Priority.P3)
    assert await case_due(town, case_) == (NEXT_WORD, "update", False)
    await town.write(_retarget, case_, Priority.P2)
    assert await case_due(town, case_) == (None, None, False)


async def test_without_a_seeded_profile_nothing_is_due_after_the_first_word(town: Town) -> None:
    dan = await town.staff("Dan")
    reference_ = await town.report()
    case_ = await opened(town, dan, reference_)
    await town.write(message.reply, dan, reference_, "Hello.")
    assert await case_due(town, case_) == (None, None, False)


async def test_a_reporter_without_chat_or_number_cannot_be_told(town: Town, cleo: By) -> None:
    reference_ = await town.report(replace(await town.resident(), language="pl"))
    await town.write(_unreachable, reference_)
    assert await case_due(town, await opened(town, cleo, reference_)) == (NEXT_WORD, "update", False)


def _unreachable(session: Session, reference_: str) -> None:
    row = _standing(session, ReportRow, reference_)
    session.get_one(ResidentRow, row.reporter_id).chat_id = None


async def test_for_somebody_with_a_number_only_a_talk_counts_whatever_they_said_of_messages(
    town: Town, cleo: By
) -> None:
    phoned = replace(PHONED, may_message=False)
    reference_ = (await town.write(entry.enter, cleo, PROFILE, phoned)).reference
    first, kind, _ = await case_due(town, await opened(town, cleo, reference_))
    assert (first is not None, kind) == (True, "first_contact")
