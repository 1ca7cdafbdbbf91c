from __future__ import annotations

import pytest

from store.actions import case, message, triage
from store.domain.case import CaseState
from store.domain.errors import NotAllowed
from store.domain.reference import Restriction
from store.domain.staff import Role
from store.queries import cases
from tests.support.triage_factory import Town, counted


async def test_the_latest_change_comes_first_page_by_page(town: Town) -> None:
    cleo = await town.staff("Cleo")
    opened = [(await town.write(triage.open_case, cleo, await town.report())).reference for _ in range(3)]
    town.pass_time(minutes=1)
    await town.write(case.move, cleo, opened[0], CaseState.INVESTIGATING)
    order = [opened[0], opened[2], opened[1]]
    assert [line.reference for line in await town.read(cases.listing, cleo.staff)] == order
    first = await town.read(cases.listing, cleo.staff, limit=2)
    rest = await town.read(cases.listing, cleo.staff, limit=2, after=first[-1].reference)
    assert [line.reference for line in first + rest] == order


async def test_a_page_after_a_case_that_is_not_theirs_to_see_is_the_first_one(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    old, hate, new = [
        (await town.write(triage.open_case, hal, await town.report(category=category))).reference
        for category in ("noise.domestic", "street.hate", "noise.domestic")
    ]
    lines = await town.read(cases.listing, cleo.staff, after=hate)
    assert [line.reference for line in lines] == [new, old]
    (line,) = await town.read(cases.listing, hal.staff, after=hate)
    assert line.reference == old


async def test_a_list_is_narrowed_to_a_state_or_to_my_own(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    hers = (await town.write(triage.open_case, cleo, await town.report())).reference
    his = (await town.write(triage.open_case, dan, await town.report())).reference
    await town.write(case.move, dan, his, CaseState.INVESTIGATING)
    (line,) = await town.read(cases.listing, cleo.staff, mine=True)
    assert line.reference == hers
    (line,) = await town.read(cases.listing, cleo.staff, state=CaseState.INVESTIGATING)
    assert (line.reference, line.officer_name) == (his, "Dan")


async def test_a_line_counts_reports_and_unread_words(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    report = await town.report(ada)
    reference = (await town.write(triage.open_case, cleo, report)).reference
    await town.write(triage.add_to_case, cleo, await town.report(), reference)
    await town.write(message.add, ada, report, "Again last night.")
    (line,) = await town.read(cases.listing, cleo.staff)
    assert (line.reports, line.unread, line.ward, line.area) == (2, 1, "central-harbour", "ramsgate")
    await town.write(case.open_page, cleo, reference)
    (line,) = await town.read(cases.listing, cleo.staff)
    assert line.unread == 0


async def test_restricted_cases_are_listed_only_for_those_granted_them(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    await town.write(triage.open_case, hal, await town.report(category="street.hate"))
    assert await town.read(cases.listing, cleo.staff) == []
    assert len(await town.read(cases.listing, hal.staff)) == 1
    dora = await town.staff("Dora", Role.DATA_PROTECTION_OFFICER, Restriction.HATE)
    with pytest.raises(NotAllowed):
        await town.read(cases.listing, dora.staff)


async def test_a_list_costs_at_most_three_statements_however_long(town: Town) -> None:
    cleo = await town.staff("Cleo")
    opened = [(await town.write(triage.open_case, cleo, await town.report())).reference for _ in range(6)]
    with counted() as statements:
        assert await town.read(cases.listing, cleo.staff, after=opened[-1])
    assert 1 <= len(statements) <= 3
