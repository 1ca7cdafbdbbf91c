from __future__ import annotations

import pytest

from store.actions import case, message, triage
from store.domain.case import CaseState, Outcome
from store.domain.errors import Changed, NotAllowed, NotFound, Refusal
from store.domain.event import Action
from store.domain.message import MessageKind
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from tests.support.triage_factory import Town, counted


async def a_case(town: Town, by: By) -> str:
    return (await town.write(triage.open_case, by, await town.report())).reference


async def test_only_a_supervisor_takes_a_case_from_a_colleague(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    sue = await town.staff("Sue", Role.SUPERVISOR)
    reference = await a_case(town, cleo)
    with pytest.raises(NotAllowed) as refusal:
        await town.write(case.take, dan, reference)
    assert (refusal.value.key, refusal.value.values) == ("case.taken_by_other", {"who": "Cleo"})
    taken = await town.twice(case.take, sue, reference, 1)
    assert (taken.officer_id, taken.version) == (sue.staff.id, 2)
    assert await town.how_often(Action.CASE_TAKEN) == 1


async def test_a_case_moves_along_its_table_and_tells_before_and_after(town: Town) -> None:
    cleo = await town.staff("Cleo")
    reference = await a_case(town, cleo)
    moved = await town.twice(case.move, cleo, reference, CaseState.INVESTIGATING, 1)
    assert moved.state is CaseState.INVESTIGATING
    told = town.last(Action.CASE_STATE_CHANGED)
    assert (told["before"], told["after"], told["why"]) == ("open", "investigating", "decided")
    assert len(told["report_ids"]) == 1
    for to in (CaseState.MONITORING, CaseState.CLOSED, CaseState.REOPENED):
        with pytest.raises(Refusal) as refusal:
            await town.write(case.move, cleo, reference, to)
        assert refusal.value.key == "case.cannot_move"
    assert await town.how_often(Action.CASE_STATE_CHANGED) == 1


async def test_the_second_of_two_writers_learns_who_was_first_and_nothing_is_lost(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    reference = await a_case(town, cleo)
    await town.write(case.move, dan, reference, CaseState.INVESTIGATING, 1)
    when = town.clock.now().isoformat()
    town.pass_time(hours=1)
    with pytest.raises(Changed) as changed:
        await town.write(case.close, cleo, reference, Outcome.RESOLVED, "All done.", 1)
    assert changed.value.key == "case.changed"
    assert changed.value.values == {"reference": reference, "who": "Dan", "when": when, "version": 2}
    page = await town.write(case.open_page, cleo, reference)
    assert (page.case.state, page.case.version) == (CaseState.INVESTIGATING, 2)


async def test_a_case_closes_with_outcome_and_words_once(town: Town) -> None:
    cleo = await town.staff("Cleo")
    reference = await a_case(town, cleo)
    with pytest.raises(Refusal) as refusal:
        await town.write(case.close, cleo, reference, Outcome.RESOLVED, "  ")
    assert refusal.value.key == "case.close_needs_words"
    closed = await town.twice(case.close, cleo, reference, Outcome.WARNING_GIVEN, "A warning was given. ", 1)
    assert (closed.state, closed.outcome) == (CaseState.CLOSED, Outcome.WARNING_GIVEN)
    assert closed.closed_at == town.clock.now()
    told = town.last(Action.CASE_CLOSED)
    assert (told["outcome"], told["words"]) == ("warning_given", "A warning was given.")
    assert len(told["report_ids"]) == 1
    assert await town.how_often(Action.CASE_CLOSED) == 1
    with pytest.raises(Refusal) as again:
        await town.write(case.close, cleo, reference, Outcome.RESOLVED, "Other words.")
    assert again.value.key == "case.already_closed"
    page = await town.write(case.open_page, cleo, reference)
    assert [(m.kind, m.staff_name, m.text) for m in page.messages] == [
        (MessageKind.CLOSING, "Cleo", "A warning was given.")
    ]


async def test_a_closed_case_is_reopened_for_a_reason(town: Town) -> None:
    cleo = await town.staff("Cleo")
    reference = await a_case(town, cleo)
    with pytest.raises(Refusal) as still_open:
        await town.write(case.reopen, cleo, reference, "Again.")
    assert still_open.value.key == "case.not_closed"
    await town.write(case.close, cleo, reference, Outcome.RESOLVED, "Done.")
    dan = await town.staff("Dan")
    with pytest.raises(Refusal) as closed:
        await town.write(case.take, dan, reference)
    assert closed.value.key == "case.already_closed"
    with pytest.raises(Refusal) as no_reason:
        await town.write(case.reopen, cleo, reference, " ")
    assert no_reason.value.key == "case.reopen_needs_reason"
    again = await town.twice(case.reopen, cleo, reference, "It started again.")
    assert (again.state, again.outcome, again.closed_at) == (CaseState.REOPENED, None, None)
    assert await town.how_often(Action.CASE_REOPENED) == 1
    page = await town.write(case.open_page, cleo, reference)
    assert [(line.label, line.who, line.detail) for line in page.timeline] == [
        ("Report received", "Reporter", None),
        ("Case opened", "Cleo", None),
        ("Case closed", "Cleo", "Resolved: Done."),
        ("Case reopened", "Cleo", "It started again."),
    ]


async def test_a_page_leaves_out_what_this_person_was_not_granted(town: Town) -> None:
    hal = await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    eve = await town.staff("Eve", Role.OFFICER, Restriction.HATE, Restriction.SAFEGUARDING)
    sid = await town.staff("Sid", Role.OFFICER, Restriction.SAFEGUARDING)
    hate = await town.report(category="street.hate")
    reference = (await town.write(triage.open_case, hal, hate)).reference
    child = await town.report(category="street.safeguarding", what="About a child")
    await town.write(triage.add_to_case, eve, child, reference)
    await town.write(message.note, eve, child, "The other side of the street.")
    page = await town.write(case.open_page, hal, reference)
    assert [report.reference for report in page.reports] == [hate]
    assert page.hidden_reports == 1
    assert page.messages == ()
    assert "Note added" not in {line.label for line in page.timeline}
    with pytest.raises(NotFound) as refusal:
        await town.write(case.open_page, sid, reference)
    assert refusal.value.key == "case.not_found"
    assert (await town.write(triage.open_report, sid, child)).case_reference is None


async def test_names_are_shown_unless_the_report_is_anonymous(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident("Ada")
    named = await town.report(ada)
    reference = (await town.write(triage.open_case, cleo, named)).reference
    picture = {"kind": "document", "file_id": "f", "unique_id": "u", "name": "ada.jpg"}
    for identity in ("confidential", "anonymous"):
        more = await town.report(ada, identity=identity, evidence=[picture])
        await town.write(triage.add_to_case, cleo, more, reference)
    page = await town.write(case.open_page, cleo, reference)
    first, second, third = page.reports
    assert page.reporter_names == {first.id: "Ada", second.id: "Ada"}
    assert third.reporter_id not in {first.reporter_id, ada.id}
    assert [(file.report_id, file.name) for file in page.evidence] == [
        (second.id, "ada.jpg"),
        (third.id, None),
    ]


async def test_looking_at_a_big_case_is_recorded_and_costs_at_most_sixteen_statements(town: Town) -> None:
    cleo = await town.staff("Cleo")
    reference = await a_case(town, cleo)
    for number in range(8):
        reporter = await town.resident()
        more = await town.report(reporter)
        await town.write(triage.add_to_case, cleo, more, reference)
        await town.write(message.note, cleo, more, f"Note {number}")
        await town.write(message.add, reporter, more, f"And {number}")
    with counted() as statements:
        page = await town.write(case.open_page, cleo, reference)
    assert (len(page.reports), len(page.messages)) == (9, 16)
    assert 5 <= len(statements) <= 16, statements
    assert await town.how_often(Action.CASE_VIEWED) == 1
