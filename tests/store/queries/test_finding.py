from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from store.actions import case, message, triage
from store.domain.case import CaseState
from store.domain.errors import NotAllowed, Refusal
from store.domain.finding import ME, NOBODY, Filter, Kind, TargetMark, parse
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from store.queries import finding
from store.tables.case import CaseRow
from store.tables.case_file import CaseTagRow
from store.tables.report import ReportRow
from tests.support.triage_factory import MORNING, PROFILE, Town, counted

MARGATE = {
    "words": "the clock tower",
    "lat": 51.3886,
    "lon": 1.3940,
    "ward": "eastcliff",
    "area": "margate",
}


async def listed(town: Town, by: By, **narrowed: Any) -> set[str]:
    page = await town.read(finding.found_reports, by.staff, PROFILE, Filter(Kind.REPORTS, **narrowed))
    assert page.total == len(page.lines)
    return {line.reference for line in page.lines}


async def listed_cases(town: Town, by: By, **narrowed: Any) -> set[str]:
    page = await town.read(finding.found_cases, by.staff, PROFILE, Filter(Kind.CASES, **narrowed))
    assert page.total == len(page.lines)
    return {line.reference for line in page.lines}


def changed(session: Session, table: type[ReportRow | CaseRow], reference: str, /, **values: Any) -> None:
    session.execute(update(table).where(table.reference == reference).values(**values))


def tagged(session: Session, reference: str, tag: str) -> None:
    case_id = session.query(CaseRow.id).where(CaseRow.reference == reference).scalar()
    session.add(CaseTagRow(case_id=case_id, tag=tag))


async def test_each_filter_of_reports_lets_through_what_it_names(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    ada = await town.resident()
    plain = await town.report()
    urgent = await town.report(category="street.threats", where=MARGATE)
    cased, asked = await town.report(ada), await town.report(ada)
    await town.write(triage.open_case, dan, cased)
    await town.write(triage.take, cleo, asked)
    await town.write(message.add, ada, asked, "Again")
    await town.write(changed, ReportRow, plain, language="pl", source="phone", record_type="crime")
    await town.write(changed, ReportRow, urgent, contacted_at=MORNING)
    for narrowed, shown in (
        ({}, {plain, urgent, cased, asked}),
        ({"states": ("in_case",)}, {cased}),
        ({"states": ("waiting", "in_case")}, {plain, urgent, cased, asked}),
        ({"priorities": ("P1",)}, {urgent}),
        ({"areas": ("margate",)}, {urgent}),
        ({"category": "noise"}, {plain, cased, asked}),
        ({"category": "street.threats"}, {urgent}),
        ({"category": "noi"}, set()),
        ({"ward": "eastcliff"}, {urgent}),
        ({"officer": ME}, {asked}),
        ({"officer": dan.staff.id}, {cased}),
        ({"officer": NOBODY}, {plain, urgent}),
        ({"partner": "council"}, {plain, urgent, cased, asked}),
        ({"partner": "police"}, set()),
        ({"record_type": "crime"}, {plain}),
        ({"source": "phone"}, {plain}),
        ({"language": "pl"}, {plain}),
        ({"unread": True}, {asked}),
        ({"never_contacted": True}, {plain, cased, asked}),
        ({"box": (1.39, 51.38, 1.40, 51.39)}, {urgent}),
        ({"text": "clock tower", "priorities": ("P1",)}, {urgent}),
        ({"text": "clock tower", "priorities": ("P2",)}, set()),
    ):
        assert await listed(town, cleo, **narrowed) == shown, narrowed


async def test_each_filter_of_cases_lets_through_what_it_names(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    ada = await town.resident()
    told = [await town.report(ada), await town.report(where=MARGATE, category="street.threats")]
    one = (await town.write(triage.open_case, cleo, told[0])).reference
    two = (await town.write(triage.open_case, dan, told[1])).reference
    await town.write(message.add, ada, told[0], "Again")
    await town.write(case.move, dan, two, CaseState.INVESTIGATING)
    await town.write(changed, CaseRow, one, legal_hold="Court", review_on=MORNING.date(), officer_id=None)
    await town.write(
        changed, CaseRow, two, review_on=MORNING.date() + timedelta(days=1), contacted_at=MORNING
    )
    await town.write(tagged, two, "market")
    for narrowed, shown in (
        ({}, {one, two}),
        ({"states": ("investigating",)}, {two}),
        ({"officer": NOBODY}, {one}),
        ({"officer": ME}, set()),
        ({"officer": dan.staff.id}, {two}),
        ({"unread": True}, {one}),
        ({"never_contacted": True}, {one}),
        ({"legal_hold": True}, {one}),
        ({"review_due": True}, {one}),
        ({"tag": "market"}, {two}),
        ({"areas": ("margate",), "category": "street"}, {two}),
        ({"received_to": date(2026, 11, 22)}, set()),
        ({"received_from": date(2026, 11, 23)}, {one, two}),
    ):
        assert await listed_cases(town, cleo, **narrowed) == shown, narrowed


async def test_a_target_is_due_then_soon_then_missed_and_a_paused_one_never(town: Town) -> None:
    cleo = await town.staff("Cleo")
    marks = {
        "late": datetime(2026, 11, 23, 8, tzinfo=UTC),
        "soon": datetime(2026, 11, 24, 17, tzinfo=UTC),
        "far": datetime(2026, 11, 30, 17, tzinfo=UTC),
        "none": None,
    }
    told: dict[str, str] = {}
    cases: dict[str, str] = {}
    for name, target_at in marks.items():
        told[name], in_case = await town.report(), await town.report()
        cases[name] = (await town.write(triage.open_case, cleo, in_case)).reference
        await town.write(changed, ReportRow, told[name], target_at=target_at)
        await town.write(changed, ReportRow, in_case, target_at=None)
        await town.write(changed, CaseRow, cases[name], target_at=target_at)
    in_case = await town.report()
    paused = (await town.write(triage.open_case, cleo, in_case)).reference
    await town.write(changed, ReportRow, in_case, target_at=None)
    await town.write(changed, CaseRow, paused, target_at=marks["late"], target_paused_at=MORNING)
    for mark, names in (
        (TargetMark.MISSED, {"late"}),
        (TargetMark.DUE_SOON, {"soon"}),
        (TargetMark.DUE, {"soon", "far"}),
    ):
        assert await listed(town, cleo, target=mark) == {told[name] for name in names}
        assert await listed_cases(town, cleo, target=mark) == {cases[name] for name in names}


async def test_a_day_is_londons_even_when_its_clocks_change(town: Town) -> None:
    cleo = await town.staff("Cleo")
    first, last = await town.report(), await town.report()
    await town.write(changed, ReportRow, first, created_at=datetime(2026, 10, 23, 23, 0, tzinfo=UTC))
    await town.write(changed, ReportRow, last, created_at=datetime(2026, 10, 25, 23, 59, tzinfo=UTC))
    day = date(2026, 10, 24)
    assert await listed(town, cleo, received_from=day, received_to=day) == {first}
    assert await listed(town, cleo, received_from=day, received_to=date(2026, 10, 25)) == {first, last}
    assert await listed(town, cleo, received_from=date(2026, 10, 26)) == set()


@pytest.mark.parametrize("query", ["", "view=all"])
async def test_pages_neither_repeat_nor_miss_anything_while_more_comes_in(town: Town, query: str) -> None:
    cleo = await town.staff("Cleo")
    wanted = parse(Kind.REPORTS, [("view", "all")] if query else [])
    told = [await town.report(category="street.threats" if n % 3 else "noise.domestic") for n in range(45)]
    seen: list[str] = []
    after, pages = "", 0
    while pages == 0 or after:
        page = await town.read(finding.found_reports, cleo.staff, PROFILE, wanted, after)
        seen += [line.reference for line in page.lines]
        after, pages = page.more, pages + 1
        await town.report(category="street.threats")
    assert len(seen) == len(set(seen))
    assert set(told) <= set(seen)
    urgent = [reference for n, reference in enumerate(told) if n % 3]
    assert (seen[:30] == urgent) if not query else (seen == told[::-1])


async def test_a_change_during_paging_shows_no_case_twice(town: Town) -> None:
    cleo = await town.staff("Cleo")
    opened = [(await town.write(triage.open_case, cleo, await town.report())).reference for _ in range(25)]
    wanted = Filter(Kind.CASES)
    first = await town.read(finding.found_cases, cleo.staff, PROFILE, wanted)
    town.pass_time(minutes=5)
    await town.write(case.move, cleo, first.lines[-1].reference, CaseState.INVESTIGATING)
    rest = await town.read(finding.found_cases, cleo.staff, PROFILE, wanted, first.more)
    seen = [line.reference for line in (*first.lines, *rest.lines)]
    assert seen == opened[::-1]


async def test_a_count_is_exact_up_to_its_bound_and_no_further(town: Town) -> None:
    cleo = await town.staff("Cleo")
    for _ in range(4):
        await town.report()
    for most, said in ((3, 4), (2, 3), (10, 4)):
        assert await town.read(finding.count, cleo.staff, PROFILE, Filter(Kind.REPORTS), most) == said


async def test_only_those_who_work_reports_find_any(town: Town) -> None:
    analyst = await town.staff("Ann", Role.ANALYST, Restriction.HATE)
    for query in (finding.found_reports, finding.found_cases, finding.count, finding.points):
        with pytest.raises(NotAllowed):
            await town.read(query, analyst.staff, PROFILE, Filter(Kind.REPORTS))


async def test_the_officer_of_a_case_that_is_closed_to_me_stays_hidden(town: Town) -> None:
    sid = await town.staff("Sid", Role.OFFICER, Restriction.SAFEGUARDING)
    eve = await town.staff("Eve", Role.OFFICER, Restriction.HATE, Restriction.SAFEGUARDING)
    child, secret = (
        await town.report(category="street.safeguarding"),
        await town.report(category="street.hate"),
    )
    hate = (await town.write(triage.open_case, eve, secret)).reference
    await town.write(triage.add_to_case, eve, child, hate)
    assert await listed(town, sid) == {child}
    for officer in (eve.staff.id, NOBODY, ME):
        assert await listed(town, sid, officer=officer) == set()
    assert await listed(town, eve, officer=ME) == {child, secret}


async def test_a_mark_that_nobody_wrote_is_refused(town: Town) -> None:
    cleo = await town.staff("Cleo")
    with pytest.raises(Refusal, match=r"finding\.bad_value"):
        await town.read(finding.found_reports, cleo.staff, PROFILE, Filter(Kind.REPORTS), "nonsense")


async def test_a_list_costs_one_statement_however_long(town: Town) -> None:
    cleo = await town.staff("Cleo")
    for _ in range(6):
        await town.report()
    with counted() as sent:
        await listed(town, cleo, officer=ME, unread=True)
    assert len(sent) == 1, sent
