from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import bulk, case, triage
from store.domain.bulk import BulkResult, Pick
from store.domain.case import CaseState, Outcome
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from store.tables.case import CaseRow
from store.tables.case_file import CaseTagRow
from store.tables.report import ReportRow
from tests.support.triage_factory import Town


def why(results: tuple[BulkResult, ...]) -> dict[str, str | None]:
    return {each.reference: each.refusal.key if each.refusal else None for each in results}


def holder(session: Session, reference: str) -> str | None:
    taken = session.scalar(select(ReportRow.taken_by).where(ReportRow.reference == reference))
    return taken or session.scalar(select(CaseRow.officer_id).where(CaseRow.reference == reference))


def tags(session: Session) -> set[tuple[str, str]]:
    rows = session.execute(
        select(CaseRow.reference, CaseTagRow.tag).join(CaseRow, CaseRow.id == CaseTagRow.case_id)
    )
    return {(reference, tag) for reference, tag in rows}


async def do(town: Town, by: By, deed: bulk.Deed, *picks: tuple[str, int]) -> dict[str, str | None]:
    return why(await town.write(bulk.each, by, [Pick(*pick) for pick in picks], deed))


async def test_each_report_is_given_or_refused_on_its_own(town: Town) -> None:
    cleo, dan, eve = await town.staff("Cleo"), await town.staff("Dan"), await town.staff("Eve")
    free, held, changed, decided = [await town.report() for _ in range(4)]
    hidden = await town.report(category="street.hate")
    await town.write(triage.take, eve, held)
    await town.write(triage.take, cleo, changed)
    await town.write(triage.open_case, cleo, decided)
    picks = [(free, 1), (held, 2), (changed, 1), (decided, 2), (hidden, 1), ("K7M-4XQ-9PC", 1)]
    said = await do(town, cleo, bulk.assigning_reports(dan.staff.id), *picks)
    assert said == {
        free: None,
        held: "report.taken_by_other",
        changed: "report.changed",
        decided: "report.already_decided",
        hidden: "report.not_found",
        "K7M-4XQ-9PC": "report.not_found",
    }
    assert await town.read(holder, free) == dan.staff.id
    assert await town.read(holder, held) == eve.staff.id
    assert await town.how_often(Action.REPORT_ASSIGNED) == 1
    assert await do(town, cleo, bulk.assigning_reports(dan.staff.id), (free, 1)) == {free: None}
    assert await town.how_often(Action.REPORT_ASSIGNED) == 1


async def test_a_supervisor_gives_away_what_a_colleague_holds(town: Town) -> None:
    cleo, dan, sue = (
        await town.staff("Cleo"),
        await town.staff("Dan"),
        await town.staff("Sue", Role.SUPERVISOR),
    )
    report = await town.report()
    opened = (await town.write(triage.open_case, cleo, await town.report())).reference
    await town.write(triage.take, cleo, report)
    assert await do(town, dan, bulk.assigning_cases(dan.staff.id), (opened, 1)) == {
        opened: "case.taken_by_other"
    }
    assert await do(town, sue, bulk.assigning_reports(dan.staff.id), (report, 2)) == {report: None}
    assert await do(town, sue, bulk.assigning_cases(dan.staff.id), (opened, 1)) == {opened: None}
    assert await town.read(holder, report) == await town.read(holder, opened) == dan.staff.id
    told = town.last(Action.CASE_ASSIGNED)
    assert (told["officer_before"], told["officer_after"]) == (cleo.staff.id, dan.staff.id)


async def test_nobody_is_given_what_they_may_not_open(town: Town) -> None:
    hal, cleo = await town.staff("Hal", Role.OFFICER, Restriction.HATE), await town.staff("Cleo")
    ann = await town.staff("Ann", Role.ANALYST)
    secret, plain = await town.report(category="street.hate"), await town.report()
    for officer, reference in ((cleo, secret), (ann, plain)):
        said = await do(town, hal, bulk.assigning_reports(officer.staff.id), (reference, 1))
        assert said == {reference: "staff.may_not_open"}
    said = await do(town, hal, bulk.assigning_reports("nobody-we-know"), (plain, 1))
    assert said == {plain: "staff.not_found"}


async def test_cases_move_together_where_each_may(town: Town) -> None:
    cleo = await town.staff("Cleo")
    one, two, three = [
        (await town.write(triage.open_case, cleo, await town.report())).reference for _ in range(3)
    ]
    await town.write(case.close, cleo, three, Outcome.RESOLVED, "All quiet.")
    await town.write(case.take, await town.staff("Sue", Role.SUPERVISOR), two)
    said = await do(town, cleo, bulk.moving_cases(CaseState.INVESTIGATING), (one, 1), (two, 1), (three, 2))
    assert said == {one: None, two: "case.changed", three: "case.cannot_move"}
    assert await town.how_often(Action.CASE_STATE_CHANGED) == 1
    said = await do(town, cleo, bulk.assigning_cases("x"), (three, 2))
    assert said == {three: "case.already_closed"}


async def test_a_tag_goes_on_and_comes_off_once(town: Town) -> None:
    cleo = await town.staff("Cleo")
    one, two = [(await town.write(triage.open_case, cleo, await town.report())).reference for _ in range(2)]
    for _tap in range(2):
        on = await do(town, cleo, bulk.tagging("market", on=True), (one, 1), (two, 1))
        assert on == {one: None, two: None}
    assert await town.read(tags) == {(one, "market"), (two, "market")}
    off = await do(town, cleo, bulk.tagging("market", on=False), (one, 2), (two, 1))
    assert off == {one: None, two: "case.changed"}
    assert await town.read(tags) == {(two, "market")}
    assert await town.how_often(Action.CASE_TAGGED) == 3


async def test_trouble_in_the_middle_leaves_nothing_half_done(town: Town) -> None:
    cleo = await town.staff("Cleo")
    one, two = await town.report(), await town.report()
    seen: list[str] = []

    def breaks(session: Session, by: By, pick: Pick) -> Any:
        seen.append(pick.reference)
        if len(seen) > 1:
            raise RuntimeError("the disk is gone")
        return bulk.assigning_reports(cleo.staff.id)(session, by, pick)

    with pytest.raises(RuntimeError):
        await do(town, cleo, breaks, (one, 1), (two, 1))
    assert len(seen) == 2
    assert [await town.read(holder, reference) for reference in (one, two)] == [None, None]
    assert await town.how_often(Action.REPORT_ASSIGNED) == 0
