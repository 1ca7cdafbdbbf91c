from __future__ import annotations

from typing import Any

import pytest

from store.actions import case, triage
from store.actions.case_merge import merge, move_report, split
from store.domain.case import CaseState, Outcome
from store.domain.errors import Changed, Refusal
from store.domain.event import Action
from store.domain.reference import Priority, Restriction
from store.domain.staff import Role
from tests.support.case_file import a_case, another_report, file_of, filled
from tests.support.triage_factory import Town


async def refused(town: Town, *args: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await town.write(*args)
    return refusal.value.key


async def test_chosen_reports_become_a_case_of_their_own_with_the_same_officer(town: Town) -> None:
    cleo, sue = await town.staff("Cleo"), await town.staff("Sue", Role.SUPERVISOR)
    reference = await filled(town, cleo, "old")
    [first] = (await town.read(file_of, reference)).reports
    second = await another_report(town, cleo, reference, category="street.threats")
    third = await another_report(town, cleo, reference)
    town.events.clear()
    new = await town.twice(split, sue, reference, [third, second])
    assert (new.state, new.category, new.priority) == (CaseState.OPEN, "street.threats", Priority.P1)
    assert new.officer_id == cleo.staff.id
    assert (await town.read(file_of, new.reference)).reports == sorted([second, third])
    left = await town.read(file_of, reference)
    assert left.reports == [first]
    assert left.people == left.tasks == left.notes == ["old"]
    assert [(action, told["words"]) for action, told in town.events] == [
        (Action.CASE_SPLIT, f"Into {new.reference}"),
        (Action.CASE_SPLIT, f"From {reference}"),
    ]


async def test_splits_that_make_no_sense_are_refused(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    reference, other = await a_case(town, cleo), await a_case(town, cleo)
    [first] = (await town.read(file_of, reference)).reports
    second = await another_report(town, cleo, reference)
    await another_report(town, cleo, other)
    [strange, _] = (await town.read(file_of, other)).reports
    waiting = await town.report()
    [alone] = (await town.read(file_of, await a_case(town, cleo))).reports
    for chosen, key in (
        ([], "case.choose_reports"),
        ([first, second], "case.one_must_stay"),
        ([second, strange], "case.not_its_report"),
        ([strange], "case.not_its_report"),
        ([alone], "case.not_its_report"),
        ([waiting], "case.not_its_report"),
        (["K7M-4XQ-9PC"], "report.not_found"),
    ):
        assert await refused(town, split, cleo, reference, chosen) == key, chosen
    await town.write(case.move, dan, reference, CaseState.INVESTIGATING)
    with pytest.raises(Changed):
        await town.write(split, cleo, reference, [second], 1)
    await town.write(case.close, cleo, reference, Outcome.RESOLVED, "Done.")
    assert await refused(town, split, cleo, reference, [second]) == "case.already_closed"


async def test_a_restricted_part_is_a_restricted_case_with_an_officer_who_may_open_it(town: Town) -> None:
    both = await town.staff("Eve", Role.OFFICER, Restriction.HATE, Restriction.SAFEGUARDING)
    sid = await town.staff("Sid", Role.OFFICER, Restriction.SAFEGUARDING)
    reference = await a_case(town, sid, category="street.safeguarding")
    hate = await another_report(town, both, reference, category="street.hate")
    assert await refused(town, split, sid, reference, [hate]) == "report.not_found"
    new = await town.write(split, both, reference, [hate])
    assert (new.restriction, new.officer_id) == (Restriction.HATE, both.staff.id)
    page = await town.write(case.open_page, sid, reference)
    assert [line.detail for line in page.timeline if line.label == "Case split"] == [None]


async def test_a_report_moves_to_another_open_case_which_takes_its_urgency(town: Town) -> None:
    cleo = await town.staff("Cleo")
    reference, other = await a_case(town, cleo), await a_case(town, cleo)
    urgent = await another_report(town, cleo, reference, category="street.threats")
    wide = await town.twice(move_report, cleo, urgent, other)
    assert (wide.reference, wide.priority) == (other, Priority.P1)
    assert urgent in (await town.read(file_of, other)).reports
    assert await town.how_often(Action.REPORT_MOVED) == 2
    page = await town.write(case.open_page, cleo, reference)
    assert page.timeline[-1].label == "Report moved to another case"


async def test_reports_do_not_move_where_nobody_works_or_may_look(town: Town) -> None:
    cleo = await town.staff("Cleo")
    hal = await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    reference, other = await a_case(town, cleo), await a_case(town, cleo)
    hate = await a_case(town, hal, category="street.hate")
    sid = await town.staff("Sid", Role.OFFICER, Restriction.SAFEGUARDING)
    both = await town.staff("Eve", Role.OFFICER, Restriction.HATE, Restriction.SAFEGUARDING)
    child = await another_report(town, both, hate, category="street.safeguarding")
    [only] = (await town.read(file_of, other)).reports
    second = await another_report(town, cleo, reference)
    waiting = await town.report()
    for report, case_reference, key in (
        (waiting, other, "case.not_its_report"),
        (waiting, "K7M-4XQ-9PC", "case.not_found"),
        (second, hate, "case.not_found"),
        (only, reference, "case.one_must_stay"),
        ("K7M-4XQ-9PC", reference, "report.not_found"),
    ):
        assert await refused(town, move_report, cleo, report, case_reference) == key, key
    assert await refused(town, move_report, sid, child, other) == "case.not_its_report"
    await town.write(case.close, cleo, other, Outcome.RESOLVED, "Done.")
    assert await refused(town, move_report, cleo, second, other) == "case.other_closed"
    assert await refused(town, move_report, cleo, only, reference) == "case.already_closed"
    await town.write(triage.open_case, cleo, waiting)
    merged = await a_case(town, cleo)
    await town.write(merge, cleo, merged, reference)
    assert await refused(town, move_report, cleo, second, merged) == "case.merged"
