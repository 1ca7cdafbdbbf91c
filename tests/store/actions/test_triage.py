from __future__ import annotations

import asyncio
from typing import Any

import pytest

from store.actions import case, report, triage
from store.domain.case import CaseState, Outcome
from store.domain.errors import Changed, NotAllowed, NotFound, Refusal
from store.domain.event import Action
from store.domain.message import MessageKind
from store.domain.reference import Priority, Restriction
from store.domain.report import ClosedReason, ReportState
from store.domain.staff import Role
from tests.support.triage_factory import Town, counted


async def test_taking_twice_is_harmless_and_taking_from_another_is_refused_by_name(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    reference = await town.report()
    first = await town.write(triage.take, cleo, reference, 1)
    assert (first.taken_by, first.version) == (cleo.staff.id, 2)
    assert await town.write(triage.take, cleo, reference, 1) == first
    with pytest.raises(NotAllowed) as refusal:
        await town.write(triage.take, dan, reference)
    assert (refusal.value.key, refusal.value.values) == ("report.taken_by_other", {"who": "Cleo"})
    assert await town.how_often(Action.REPORT_TAKEN) == 1
    assert town.last(Action.REPORT_TAKEN)["reference"] == reference


async def test_of_two_who_take_at_once_one_gets_it(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    reference = await town.report()
    taken = await asyncio.gather(
        town.write(triage.take, cleo, reference),
        town.write(triage.take, dan, reference),
        return_exceptions=True,
    )
    assert sorted(type(result).__name__ for result in taken) == ["NotAllowed", "ReportView"]


async def test_a_report_is_put_back_by_who_took_it_or_by_a_supervisor(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    sue = await town.staff("Sue", Role.SUPERVISOR)
    reference = await town.report()
    await town.write(triage.take, cleo, reference)
    with pytest.raises(NotAllowed):
        await town.write(triage.release, dan, reference)
    assert (await town.write(triage.release, sue, reference)).taken_by is None
    await town.write(triage.release, cleo, reference)
    assert await town.how_often(Action.REPORT_RELEASED) == 1


async def test_signposting_ends_a_report_with_words_for_the_reporter(town: Town) -> None:
    cleo = await town.staff("Cleo")
    reference = await town.report()
    ended = await town.twice(
        triage.signpost, cleo, reference, ClosedReason.OTHER_SERVICE, " Ask Kent Highways. "
    )
    assert (ended.state, ended.closed_reason) == (ReportState.SIGNPOSTED, ClosedReason.OTHER_SERVICE)
    assert await town.how_often(Action.REPORT_SIGNPOSTED) == 1
    told = town.last(Action.REPORT_SIGNPOSTED)
    assert (told["reference"], told["reason"], told["words"]) == (
        reference,
        "other_service",
        "Ask Kent Highways.",
    )
    page = await town.write(triage.open_report, cleo, reference)
    assert [(m.kind, m.text) for m in page.messages] == [(MessageKind.CLOSING, "Ask Kent Highways.")]
    assert [line.detail for line in page.timeline] == [None, "For another service: Ask Kent Highways."]


async def test_rejecting_needs_a_reason_that_fits_but_no_words(town: Town) -> None:
    cleo = await town.staff("Cleo")
    reference = await town.report()
    with pytest.raises(Refusal) as refusal:
        await town.write(triage.reject, cleo, reference, ClosedReason.OTHER_SERVICE, "")
    assert refusal.value.key == "report.needs_reason"
    ended = await town.write(triage.reject, cleo, reference, ClosedReason.NOT_ASB, "")
    assert ended.state is ReportState.REJECTED
    assert await town.write(triage.reject, cleo, reference, ClosedReason.NOT_ASB, "") == ended
    for decide in (triage.take, triage.release, triage.open_case):
        with pytest.raises(Refusal) as late:
            await town.write(decide, cleo, reference)
        assert (late.value.key, late.value.values) == ("report.already_decided", {"state": "rejected"})


@pytest.mark.parametrize("end", [triage.reject, triage.signpost])
async def test_what_was_ended_by_mistake_goes_back_into_the_queue(town: Town, end: Any) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    reference = await town.report()
    await town.write(triage.take, cleo, reference)
    ended = await town.write(end, cleo, reference, ClosedReason.NOT_OUR_AREA, "Ask Dover.")
    with pytest.raises(Changed):
        await town.write(triage.reopen, dan, reference, "It is ours", ended.version - 1)
    with pytest.raises(Refusal, match=r"report\.reopen_needs_reason"):
        await town.write(triage.reopen, dan, reference, " ")
    again = await town.twice(triage.reopen, dan, reference, " It is ours ")
    assert (again.state, again.closed_reason, again.taken_by) == (ReportState.WAITING, None, None)
    assert town.last(Action.REPORT_REOPENED)["reason"] == "It is ours"
    assert (await town.write(triage.open_case, dan, reference)).officer_id == dan.staff.id


async def test_what_its_reporter_took_back_or_is_in_a_case_is_not_put_back(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    withdrawn, in_case = await town.report(ada), await town.report()
    await town.write(report.withdraw, ada, withdrawn)
    await town.write(triage.open_case, cleo, in_case)
    for reference in (withdrawn, in_case):
        with pytest.raises(Refusal, match=r"report\.not_closed"):
            await town.write(triage.reopen, cleo, reference, "Why not")


async def test_who_decides_on_an_old_version_learns_who_changed_it_and_when(town: Town) -> None:
    cleo, sue = await town.staff("Cleo"), await town.staff("Sue", Role.SUPERVISOR)
    reference = await town.report()
    await town.write(triage.take, cleo, reference, 1)
    when = town.clock.now().isoformat()
    town.pass_time(minutes=5)
    with pytest.raises(Changed) as changed:
        await town.write(triage.reject, sue, reference, ClosedReason.NOT_ASB, "No.", 1)
    assert changed.value.key == "report.changed"
    assert changed.value.values == {"reference": reference, "who": "Cleo", "when": when, "version": 2}
    assert (await town.write(triage.open_report, sue, reference)).report.state is ReportState.WAITING


async def test_opening_a_case_twice_gives_the_same_case(town: Town) -> None:
    cleo = await town.staff("Cleo")
    reference = await town.report()
    opened = await town.write(triage.open_case, cleo, reference, 1)
    assert await town.write(triage.open_case, cleo, reference, 1) == opened
    assert (opened.state, opened.officer_id, opened.version) == (CaseState.OPEN, cleo.staff.id, 1)
    report_id = await town.report_id(reference)
    told = town.last(Action.CASE_OPENED)
    assert told["case_reference"] == opened.reference
    assert told["report_ids"] == [report_id]
    assert told["reports"] == [{"id": report_id, "reference": reference}]
    assert await town.how_often(Action.CASE_OPENED) == 1
    page = await town.write(triage.open_report, cleo, reference)
    assert (page.report.state, page.case_reference) == (ReportState.IN_CASE, opened.reference)


async def test_a_report_that_a_colleague_took_is_left_to_them_but_for_a_supervisor(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    sue = await town.staff("Sue", Role.SUPERVISOR)
    reference = await town.report()
    await town.write(triage.take, cleo, reference)
    with pytest.raises(NotAllowed) as refusal:
        await town.write(triage.open_case, dan, reference)
    assert refusal.value.key == "report.taken_by_other"
    assert (await town.write(triage.open_case, sue, reference)).officer_id == sue.staff.id


async def test_a_report_added_to_a_case_raises_its_urgency(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    opened = await town.write(triage.open_case, cleo, await town.report())
    second = await town.report(category="street.threats")
    grown = await town.twice(triage.add_to_case, dan, second, opened.reference, 1)
    assert (opened.priority, grown.priority) == (Priority.P3, Priority.P1)
    assert grown.officer_id == cleo.staff.id
    assert await town.how_often(Action.REPORT_ADDED_TO_CASE) == 1
    told = town.last(Action.REPORT_ADDED_TO_CASE)
    assert (told["reference"], told["case_reference"]) == (second, opened.reference)
    page = await town.write(case.open_page, dan, opened.reference)
    assert [report.reference for report in page.reports][1:] == [second]


async def test_nothing_is_added_to_a_closed_case_and_nothing_twice(town: Town) -> None:
    cleo = await town.staff("Cleo")
    opened = await town.write(triage.open_case, cleo, await town.report())
    other = await town.write(triage.open_case, cleo, await town.report())
    second = await town.report()
    await town.write(case.close, cleo, opened.reference, Outcome.RESOLVED, "Done.")
    with pytest.raises(Refusal) as closed:
        await town.write(triage.add_to_case, cleo, second, opened.reference)
    assert closed.value.key == "case.already_closed"
    await town.write(triage.add_to_case, cleo, second, other.reference)
    with pytest.raises(Refusal) as decided:
        await town.write(triage.add_to_case, cleo, second, opened.reference)
    assert decided.value.key == "report.already_decided"


async def test_restricted_and_unknown_reports_are_equally_not_there(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    ann = await town.staff("Ann", Role.ADMINISTRATOR, Restriction.HATE)
    reference = await town.report(category="street.hate")
    for by, wanted in ((cleo, reference), (ann, reference), (hal, "K7M-4XQ-9PC")):
        for act in (triage.open_report, triage.take, triage.open_case):
            with pytest.raises(NotFound) as refusal:
                await town.write(act, by, wanted)
            assert (refusal.value.key, refusal.value.values) == ("report.not_found", {"reference": wanted})
    assert (await town.write(triage.take, hal, reference)).taken_by == hal.staff.id


async def test_an_open_case_takes_a_restriction_and_an_officer_who_may_open_it_and_keeps_them(
    town: Town,
) -> None:
    cleo = await town.staff("Cleo")
    hal = await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    eve = await town.staff("Eve", Role.OFFICER, Restriction.HATE, Restriction.SAFEGUARDING)
    opened = await town.write(triage.open_case, cleo, await town.report())
    hate = await town.report(category="street.hate")
    grown = await town.write(triage.add_to_case, hal, hate, opened.reference)
    assert (grown.restriction, grown.officer_id) == (Restriction.HATE, hal.staff.id)
    with pytest.raises(NotFound):
        await town.write(case.open_page, cleo, opened.reference)
    child = await town.report(category="street.safeguarding")
    grown = await town.write(triage.add_to_case, eve, child, opened.reference)
    assert (grown.restriction, grown.officer_id) == (Restriction.HATE, hal.staff.id)


async def test_looking_at_a_report_is_recorded_and_costs_at_most_twelve_statements(town: Town) -> None:
    cleo = await town.staff("Cleo")
    for _ in range(6):
        await town.write(triage.open_case, cleo, await town.report())
    reference = await town.report()
    with counted() as statements:
        page = await town.write(triage.open_report, cleo, reference)
    assert len(page.suggestions) == 5
    assert 5 <= len(statements) <= 12, statements
    assert await town.how_often(Action.REPORT_OPENED) == 1
