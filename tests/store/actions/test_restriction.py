"""To whom a report or a case opens: upward by anybody who may open it, the rest by the granted."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from store.actions import bulk, case, case_merge, message, triage
from store.actions.restriction import restrict_case, restrict_report
from store.domain.bulk import Pick
from store.domain.case import CaseState
from store.domain.errors import Changed, NotAllowed, NotFound, Refusal
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.report import ReportState, ReportView
from store.domain.staff import By, Role
from store.queries import cases, reports
from tests.support.case_file import a_case, another_report, case_row
from tests.support.triage_factory import Town

HATE, CHILD, SOURCE = Restriction.HATE, Restriction.SAFEGUARDING, Restriction.INTELLIGENCE


async def refused(town: Town, *args: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await town.write(*args)
    return refusal.value.key


async def kept(town: Town, by: By, reference: str) -> ReportView:
    return (await town.write(triage.open_report, by, reference)).report


async def test_a_restricted_case_opens_to_the_granted_alone_and_so_do_its_reports(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, HATE)
    report = await town.report()
    reference = (await town.write(triage.open_case, cleo, report)).reference
    assert await refused(town, restrict_case, hal, reference, HATE, "") == "record.needs_reason"
    after = await town.twice(restrict_case, hal, reference, HATE, "Slurs on the wall")
    assert after is not None
    assert (after.restriction, after.officer_id) == (HATE, hal.staff.id)
    for look, what in ((case.open_page, reference), (triage.open_report, report)):
        with pytest.raises(NotFound):
            await town.write(look, cleo, what)
    page = await town.write(case.open_page, hal, reference)
    assert ("Restriction changed", "not restricted → hate: Slurs on the wall") in [
        (line.label, line.detail) for line in page.timeline
    ]
    assert town.last(Action.CASE_TAKEN)["officer_before"] == cleo.staff.id
    assert await town.how_often(Action.CASE_RESTRICTED) == 1


async def test_whoever_restricts_a_case_to_a_kind_they_lack_closes_it_to_themselves(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, HATE)
    report = await town.report()
    reference = (await town.write(triage.open_case, cleo, report)).reference
    assert await town.twice(restrict_case, cleo, reference, HATE, "Slurs") is None
    assert await town.how_often(Action.CASE_RESTRICTED) == 1
    for look, what in ((case.open_page, reference), (triage.open_report, report)):
        with pytest.raises(NotFound):
            await town.write(look, cleo, what)
    assert await town.read(cases.listing, cleo.staff, mine=True) == []
    page = await town.write(case.open_page, hal, reference)
    assert (page.case.officer_id, page.hidden_reports) == (None, 0)
    assert page.timeline[-1].label == "Case has no officer any more"
    told = town.last(Action.CASE_RELEASED)
    assert (told["officer_before"], told["officer_after"]) == (cleo.staff.id, None)
    taken = await town.write(case.take, hal, reference)
    assert taken.officer_id == hal.staff.id


async def test_two_presses_at_the_same_time_are_one(town: Town) -> None:
    cleo = await town.staff("Cleo")
    report, reference = await town.report(), await a_case(town, cleo)
    for deed, what, action in (
        (restrict_report, report, Action.REPORT_RESTRICTED),
        (restrict_case, reference, Action.CASE_RESTRICTED),
    ):
        presses = [town.write(deed, cleo, what, HATE, "Slurs", 1) for _ in range(3)]
        assert await asyncio.gather(*presses) == [None] * 3
        assert await town.how_often(action) == 1


async def test_an_officer_who_may_open_a_case_keeps_it_whoever_restricts_it(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, HATE)
    reference = await a_case(town, hal)
    assert await town.write(restrict_case, cleo, reference, HATE, "Slurs") is None
    assert (await town.read(case_row, reference))["officer_id"] == hal.staff.id
    assert await town.how_often(Action.CASE_RELEASED) == await town.how_often(Action.CASE_TAKEN) == 0


async def test_only_the_deed_that_closed_it_is_harmless_again_and_only_for_a_moment(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    report, other = await town.report(), await a_case(town, cleo)
    await town.write(restrict_report, cleo, report, HATE, "Slurs")
    await town.write(restrict_case, cleo, other, HATE, "Slurs")
    for deed, reference, unknown in (
        (restrict_report, report, "report.not_found"),
        (restrict_case, other, "case.not_found"),
    ):
        assert await refused(town, deed, dan, reference, HATE, "Slurs") == unknown
        assert await refused(town, deed, cleo, reference, CHILD, "Slurs") == unknown
        assert await refused(town, deed, cleo, reference, None, "Slurs") == unknown
        assert await refused(town, deed, cleo, "K7M-4XQ-9PC", HATE, "Slurs") == unknown
    town.pass_time(minutes=2)
    assert await refused(town, restrict_report, cleo, report, HATE, "Slurs") == "report.not_found"
    assert await refused(town, restrict_case, cleo, other, HATE, "Slurs") == "case.not_found"


async def test_a_restriction_is_lifted_by_whoever_was_granted_it(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, HATE)
    reference = await a_case(town, hal, category="street.hate")
    assert await refused(town, restrict_case, cleo, reference, None, "Open it") == "case.not_found"
    after = await town.twice(restrict_case, hal, reference, None, "It was a joke between friends")
    assert after is not None
    assert (after.restriction, after.officer_id) == (None, hal.staff.id)
    page = await town.write(case.open_page, cleo, reference)
    assert (page.reports, page.hidden_reports) == ((), 1)


async def test_stricter_takes_no_grant_and_looser_does(town: Town) -> None:
    hal, sid = await town.staff("Hal", Role.OFFICER, HATE), await town.staff("Sid", Role.OFFICER, CHILD)
    both = await town.staff("Eve", Role.OFFICER, HATE, CHILD)
    report, reference = await town.report(category="street.safeguarding"), await a_case(town, sid)
    await town.write(restrict_case, sid, reference, CHILD, "A child lives there")
    for deed, what in ((restrict_report, report), (restrict_case, reference)):
        with pytest.raises(NotAllowed) as refusal:
            await town.write(deed, sid, what, HATE, "Slurs")
        assert refusal.value.key == "record.not_granted"
        await town.write(deed, both, what, HATE, "No child, but slurs")
        assert await town.write(deed, hal, what, CHILD, "A child after all") is None
        await town.write(deed, sid, what, None, "Nothing of it is true")
    assert (await kept(town, hal, report)).restriction is None


async def test_a_report_of_another_kind_does_not_open_to_more_people(town: Town) -> None:
    both = await town.staff("Eve", Role.OFFICER, HATE, CHILD)
    sid = await town.staff("Sid", Role.OFFICER, CHILD, SOURCE)
    reference = await a_case(town, both, category="street.safeguarding")
    hidden = await another_report(town, both, reference, category="street.hate")
    await town.write(restrict_case, sid, reference, SOURCE, "From a source")
    with pytest.raises(NotFound):
        await town.write(triage.open_report, sid, hidden)
    page = await town.write(case.open_page, sid, reference)
    assert [report.restriction for report in page.reports] == [CHILD]
    assert page.hidden_reports == 1


async def test_a_report_that_waits_is_restricted_with_a_reason_at_the_version_that_was_seen(
    town: Town,
) -> None:
    ada, hal = await town.resident(), await town.staff("Hal", Role.OFFICER, HATE)
    reference = await town.report(ada)
    assert await refused(town, restrict_report, hal, reference, HATE, " ") == "record.needs_reason"
    await town.write(message.add, ada, reference, "And again")
    with pytest.raises(Changed):
        await town.write(restrict_report, hal, reference, HATE, "Slurs", 1)
    assert (await kept(town, hal, reference)).restriction is None
    after = await town.twice(restrict_report, hal, reference, HATE, "Slurs", 2)
    assert after is not None
    assert (after.restriction, after.state) == (HATE, ReportState.WAITING)
    page = await town.write(triage.open_report, hal, reference)
    line = page.timeline[-1]
    assert (line.label, line.detail) == ("Restriction of the report changed", "not restricted → hate: Slurs")
    assert await town.how_often(Action.REPORT_RESTRICTED) == 1


async def test_a_report_goes_back_to_the_queue_where_whoever_took_it_may_not_open_it(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, HATE)
    his, hers = await town.report(), await town.report()
    await town.write(triage.take, hal, his)
    await town.write(triage.take, cleo, hers)
    for reference in (his, hers):
        assert await town.twice(restrict_report, cleo, reference, HATE, "Slurs") is None
    assert await town.read(reports.taken, cleo.staff) == []
    assert (await kept(town, hal, his)).taken_by == hal.staff.id
    page = await town.write(triage.open_report, hal, hers)
    assert page.report.taken_by is None
    assert page.timeline[-1].label == "Report put back in the queue"
    assert await town.how_often(Action.REPORT_RELEASED) == 1
    assert (await town.write(triage.take, hal, hers)).taken_by == hal.staff.id


async def test_a_report_restricted_by_itself_is_hidden_in_its_case_and_the_case_stays_open(
    town: Town,
) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    hal = await town.staff("Hal", Role.OFFICER, HATE)
    first = await town.report()
    reference = (await town.write(triage.open_case, cleo, first)).reference
    second = await another_report(town, cleo, reference)
    await town.write(restrict_report, dan, first, HATE, "Slurs")
    page = await town.write(case.open_page, cleo, reference)
    assert ([report.reference for report in page.reports], page.hidden_reports) == ([second], 1)
    assert (page.case.restriction, page.case.officer_id) == (None, cleo.staff.id)
    assert len((await town.write(case.open_page, hal, reference)).reports) == 2
    assert (await kept(town, hal, first)).state is ReportState.IN_CASE


async def test_a_case_that_nobody_has_is_worked_on_by_those_who_may_open_it(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, HATE)
    reference = await a_case(town, cleo)
    await town.write(restrict_case, cleo, reference, HATE, "Slurs")
    await town.write(case.move, hal, reference, CaseState.INVESTIGATING)
    [given] = await town.write(bulk.each, hal, [Pick(reference, None)], bulk.assigning_cases(hal.staff.id))
    assert given.refusal is None
    assert (await town.read(case_row, reference))["officer_id"] == hal.staff.id


async def test_what_makes_cases_stricter_by_itself_never_leaves_them_without_an_officer(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, HATE)
    hate = await a_case(town, hal, category="street.hate")
    added, merged, moved = [await a_case(town, cleo) for _ in range(3)]
    await another_report(town, hal, added, category="street.hate")
    await town.write(case_merge.merge, hal, hate, merged)
    staying = await another_report(town, hal, added)
    strict = await another_report(town, hal, added, category="street.hate")
    await town.write(case_merge.move_report, hal, strict, moved)
    new = (await town.write(case_merge.split, hal, added, [staying])).reference
    for reference in (added, merged, moved, new):
        assert (await town.read(case_row, reference))["officer_id"] == hal.staff.id, reference
    assert await town.how_often(Action.CASE_RELEASED) == 0


@pytest.mark.parametrize("way", ["add", "move", "merge"])
async def test_what_comes_into_a_restricted_case_is_restricted_with_it(town: Town, way: str) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, HATE)
    closed = await a_case(town, hal, category="street.hate")
    report = await town.report()
    if way == "add":
        await town.write(triage.add_to_case, hal, report, closed)
    else:
        source = (await town.write(triage.open_case, hal, report)).reference
        await another_report(town, hal, source)
        deed = case_merge.merge if way == "merge" else case_merge.move_report
        await town.write(deed, hal, source if way == "merge" else report, closed)
    with pytest.raises(NotFound):
        await kept(town, cleo, report)
    assert (await kept(town, hal, report)).restriction is HATE
    moved = [action for action, _ in town.events if action == Action.REPORT_RESTRICTED]
    assert len(moved) == (2 if way == "merge" else 1)


@pytest.mark.parametrize("way", ["add", "move", "merge"])
async def test_what_makes_a_case_stricter_closes_all_that_is_in_it_and_says_so(town: Town, way: str) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, HATE)
    report = await town.report()
    case_reference = (await town.write(triage.open_case, cleo, report)).reference
    hate = await town.report(category="street.hate")
    if way == "add":
        await town.write(triage.add_to_case, hal, hate, case_reference)
    else:
        source = (await town.write(triage.open_case, hal, hate)).reference
        await another_report(town, hal, source)
        deed = case_merge.merge if way == "merge" else case_merge.move_report
        await town.write(deed, hal, source if way == "merge" else hate, case_reference)
    with pytest.raises(NotFound):
        await kept(town, cleo, report)
    told = [action for action, _ in town.events if action == Action.CASE_RESTRICTED]
    assert len(told) == 1
    page = await town.write(case.open_page, hal, case_reference)
    [line] = [line for line in page.timeline if line.label == "Restriction changed"]
    assert line.detail is not None
    assert "not restricted → hate" in line.detail
